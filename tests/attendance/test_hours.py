"""Minutes that count, from check-in and check-out against the planned shift."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linggong.attendance.hours import Period, day_share, night_minutes, worked_minutes, worked_period
from linggong.lib.clock import SHANGHAI


def at(clock: str, day: int = 22) -> datetime:
    """'7:30' on a day of November 2026 in China, as it is stored."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


DAY = Period(at("7:30"), at("17:30"))
NIGHT = Period(at("22:00"), at("6:00", 23))
BREAK = 120

minutes = st.integers(-300, 1500).map(lambda shift: at("7:30") + timedelta(minutes=shift))


@pytest.mark.parametrize(
    ("arrived", "left", "worked"),
    [
        ("7:30", "17:30", 480),
        ("7:00", "18:00", 480),
        ("7:40", "17:20", 480),
        ("7:41", "17:30", 469),
        ("7:30", "17:19", 469),
        ("7:30", "11:30", 240),
        ("13:30", "17:30", 240),
        ("7:30", "12:30", 240),
        ("7:30", "13:30", 240),
        ("7:30", "14:30", 300),
        ("11:30", "13:30", 0),
        ("17:30", "17:40", 0),
        ("18:00", "19:00", 0),
        ("6:00", "7:00", 0),
        ("9:00", "8:00", 0),
    ],
)
def test_minutes_of_a_day_shift_with_two_hours_at_noon(arrived: str, left: str, worked: int) -> None:
    assert worked_minutes(DAY, at(arrived), at(left), BREAK) == worked


def test_who_never_arrived_worked_nothing() -> None:
    assert worked_minutes(DAY, None, None, BREAK) == 0
    assert worked_minutes(DAY, None, at("17:30"), BREAK) == 0


def test_a_forgotten_check_out_counts_as_leaving_on_time() -> None:
    assert worked_minutes(DAY, at("7:35"), None, BREAK) == 480
    assert worked_minutes(DAY, at("8:30"), None, BREAK) == 420


def test_a_shift_over_midnight_counts_across_the_date() -> None:
    assert worked_minutes(NIGHT, at("21:55"), at("6:05", 23), 60) == 420
    assert worked_minutes(NIGHT, at("22:00"), at("0:30", 23), 60) == 150


def test_the_grace_can_be_none() -> None:
    assert worked_minutes(DAY, at("7:31"), at("17:29"), 0, grace_minutes=0) == 598


def test_seconds_never_add_up_to_a_minute_that_was_not_worked() -> None:
    assert worked_minutes(DAY, at("8:00") + timedelta(seconds=1), at("10:00"), 0) == 119


@given(minutes, minutes, st.integers(0, 240), st.integers(0, 30))
def test_nobody_works_less_than_nothing_or_more_than_the_shift(
    arrived: datetime, left: datetime, rest: int, grace: int
) -> None:
    worked = worked_minutes(DAY, arrived, left, rest, grace_minutes=grace)
    assert 0 <= worked <= DAY.minutes - rest


@given(minutes, minutes, st.integers(0, 600))
def test_staying_longer_never_counts_less(arrived: datetime, left: datetime, more: int) -> None:
    longer = left + timedelta(minutes=more)
    assert worked_minutes(DAY, arrived, left, BREAK) <= worked_minutes(DAY, arrived, longer, BREAK)


@pytest.mark.parametrize(
    ("starts", "ends", "night"),
    [
        (at("7:30"), at("17:30"), 0),
        (at("22:00"), at("6:00", 23), 480),
        (at("20:00"), at("23:00"), 60),
        (at("5:00"), at("9:00"), 60),
        (at("0:00"), at("6:00"), 360),
        (at("21:00"), at("7:00", 23), 480),
        (at("21:00"), at("7:00", 24), 960),
        (at("22:00"), at("22:00"), 0),
        (at("23:00"), at("22:00"), 0),
    ],
)
def test_night_is_from_ten_to_six_in_china(starts: datetime, ends: datetime, night: int) -> None:
    assert night_minutes(starts, ends) == night


def test_the_worked_part_of_a_shift_tells_its_night() -> None:
    worked = worked_period(NIGHT, at("23:00"), at("5:00", 23))
    assert night_minutes(worked.starts, worked.ends) == 360


@given(minutes, minutes, minutes)
def test_night_of_two_parts_is_the_night_of_the_whole(first: datetime, second: datetime, third: datetime) -> None:
    starts, middle, ends = sorted((first, second, third))
    assert night_minutes(starts, middle) + night_minutes(middle, ends) == night_minutes(starts, ends)


@pytest.mark.parametrize(
    ("worked", "share"),
    [
        (0, Fraction(0)),
        (120, Fraction(1, 4)),
        (239, Fraction(239, 480)),
        (240, Fraction(1, 2)),
        (419, Fraction(419, 480)),
        (420, Fraction(1)),
        (480, Fraction(1)),
        (600, Fraction(1)),
    ],
)
def test_what_part_of_a_day_counts(worked: int, share: Fraction) -> None:
    assert day_share(worked, 480) == share


def test_a_shift_without_planned_minutes_is_a_day_once_it_is_worked() -> None:
    assert (day_share(30, 0), day_share(0, 0)) == (Fraction(1), Fraction(0))
