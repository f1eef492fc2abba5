"""Dates and times as people say them, on a wall clock in China."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linggong.lib.clock import SHANGHAI
from linggong.lib.words import day_words, duration_words, period_words, time_words

TODAY = date(2026, 11, 22)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in China, as it is stored."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (-3, "11月19日 周四", "Thu 19 Nov"),
        (-2, "前天 周五 11月20日", "the day before yesterday, Fri 20 Nov"),
        (-1, "昨天 周六 11月21日", "yesterday, Sat 21 Nov"),
        (0, "今天 周日 11月22日", "today, Sun 22 Nov"),
        (1, "明天 周一 11月23日", "tomorrow, Mon 23 Nov"),
        (2, "后天 周二 11月24日", "the day after tomorrow, Tue 24 Nov"),
        (11, "12月3日 周四", "Thu 3 Dec"),
        (42, "2027年1月3日 周日", "Sun 3 Jan 2027"),
    ],
)
def test_a_day_is_named_by_how_near_it_is(days: int, zh: str, en: str) -> None:
    day = TODAY + timedelta(days=days)
    assert (day_words(day, TODAY), day_words(day, TODAY, "en")) == (zh, en)


def test_tomorrow_needs_no_year_even_if_it_is_the_new_one() -> None:
    assert day_words(date(2027, 1, 1), date(2026, 12, 31)) == "明天 周五 1月1日"


def test_a_time_is_shown_as_on_a_clock_in_china() -> None:
    assert time_words(datetime(2026, 11, 22, 23, 5, tzinfo=UTC)) == "7:05"


@pytest.mark.parametrize(
    ("starts", "ends", "zh", "en"),
    [
        (at(23, 7, 30), at(23, 17, 30), "明天 周一 11月23日 7:30 到 17:30", "tomorrow, Mon 23 Nov 7:30 to 17:30"),
        (
            at(22, 22),
            at(23, 6),
            "今天 周日 11月22日 22:00 到第二天 6:00",
            "today, Sun 22 Nov 22:00 to 6:00 the next day",
        ),
        (
            at(22, 8),
            at(26, 18),
            "今天 周日 11月22日 8:00 到 11月26日 周四 18:00",
            "today, Sun 22 Nov 8:00 to Thu 26 Nov 18:00",
        ),
    ],
)
def test_a_shift_is_said_from_when_to_when(starts: datetime, ends: datetime, zh: str, en: str) -> None:
    assert (period_words(starts, ends, TODAY), period_words(starts, ends, TODAY, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (0, "0 分", "0 min"),
        (45, "45 分", "45 min"),
        (60, "1 小时", "1 h"),
        (80, "1 小时 20 分", "1 h 20 min"),
        (1500, "25 小时", "25 h"),
    ],
)
def test_a_duration_is_said_in_hours_and_minutes(minutes: int, zh: str, en: str) -> None:
    assert (duration_words(minutes), duration_words(minutes, "en")) == (zh, en)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_every_day_is_said_with_its_month_and_day(day: date, today: date) -> None:
    assert f"{day.month}月{day.day}日" in day_words(day, today)
