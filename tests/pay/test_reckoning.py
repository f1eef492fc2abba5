"""Wages from terms and work, in fen."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linggong.lib.money import PAY_UNITS
from linggong.pay.reckoning import Line, Terms, Work, reckon


def terms(yuan: int, unit: str, *, night: int = 0, minimum: int = 0, planned: int = 600, rest: int = 120) -> Terms:
    return Terms(yuan * 100, unit, planned, rest, night_bonus_percent=night, minimum_hourly_fen=minimum)


@pytest.mark.parametrize(
    ("agreed", "done", "fen"),
    [
        (terms(25, "hour"), Work(480, 0), 20000),
        (terms(25, "hour"), Work(1, 0), 42),
        (terms(20, "hour"), Work(100, 0), 3333),
        (terms(21, "hour"), Work(90, 0), 3150),
        (terms(25, "hour"), Work(0, 0), 0),
        (terms(220, "day"), Work(480, 0), 22000),
        (terms(220, "day"), Work(420, 0), 22000),
        (terms(220, "day"), Work(419, 0), 19204),
        (terms(220, "day"), Work(240, 0), 11000),
        (terms(220, "day"), Work(120, 0), 5500),
        (terms(220, "day"), Work(600, 0), 22000),
        (terms(220, "day"), Work(0, 0), 0),
        (terms(220, "day"), Work(960, 0, days=Decimal("1.5")), 33000),
        (terms(4350, "month"), Work(480, 0), 20000),
        (terms(4350, "month"), Work(240, 0), 10000),
        (terms(4350, "month"), Work(10440, 0, days=Decimal("21.75")), 435000),
        (terms(5000, "month"), Work(480, 0), 22989),
        (terms(3, "piece"), Work(480, 0, pieces=70), 21000),
        (terms(3, "piece"), Work(480, 0), 0),
        (terms(800, "job"), Work(300, 0), 80000),
        (terms(800, "job"), Work(0, 0, days=Decimal(1)), 80000),
        (terms(800, "job"), Work(0, 0), 0),
        (terms(240, "day", planned=480, rest=0), Work(480, 0), 24000),
        (terms(240, "day", planned=60, rest=60), Work(30, 0), 24000),
    ],
)
def test_the_wage_of_each_way_to_be_paid(agreed: Terms, done: Work, fen: int) -> None:
    assert reckon(agreed, done).fen == fen


@pytest.mark.parametrize(
    ("agreed", "done", "fen"),
    [
        (terms(30, "hour", night=20, planned=480, rest=60), Work(420, 420), 21000 + 4200),
        (terms(30, "hour", night=20), Work(480, 120), 24000 + 1200),
        (terms(30, "hour", night=20), Work(480, 0), 24000),
        (terms(240, "day", night=50), Work(480, 240), 24000 + 6000),
        (terms(2, "piece", night=10), Work(300, 300, pieces=100), 20000 + 2000),
        (terms(30, "hour", night=20), Work(420, 480), 21000 + 4200),
        (terms(30, "hour", night=20), Work(0, 60), 0),
    ],
)
def test_the_night_bonus_comes_on_top_for_the_minutes_at_night(agreed: Terms, done: Work, fen: int) -> None:
    assert reckon(agreed, done).fen == fen


def test_a_slip_shows_what_the_wage_is_made_of() -> None:
    wage = reckon(terms(30, "hour", night=20), Work(470, 120))
    assert wage.lines == (
        Line("工时", "Hours", 23500, Decimal("7.83"), 3000),
        Line("夜班补贴", "Night bonus", 1200, Decimal("2.00"), 600),
    )


def test_a_day_of_a_month_is_shown_with_its_rate() -> None:
    (line,) = reckon(terms(5000, "month"), Work(480, 0)).lines
    assert (line.label_zh, line.count, line.unit_fen) == ("月薪折算天数", Decimal("1.00"), 22989)


@pytest.mark.parametrize(
    ("agreed", "done", "under"),
    [
        (terms(20, "hour", minimum=2000), Work(480, 0), False),
        (terms(19, "hour", minimum=2000), Work(480, 0), True),
        (terms(19, "hour", night=20, minimum=2000), Work(480, 480), False),
        (terms(159, "day", minimum=2000), Work(480, 0), True),
        (terms(160, "day", minimum=2000), Work(480, 0), False),
        (terms(3, "piece", minimum=2000), Work(480, 0, pieces=50), True),
        (terms(3, "piece", minimum=2000), Work(480, 0), True),
        (terms(1, "hour", minimum=0), Work(480, 0), False),
        (terms(19, "hour", minimum=2000), Work(0, 0), False),
    ],
)
def test_pay_under_the_legal_minimum_is_told(agreed: Terms, done: Work, under: bool) -> None:
    assert reckon(agreed, done).under_minimum is under


any_terms = st.builds(
    Terms,
    pay_fen=st.integers(0, 10**8),
    unit=st.sampled_from(sorted(PAY_UNITS)),
    planned_minutes=st.integers(0, 1440),
    break_minutes=st.integers(0, 240),
    night_bonus_percent=st.integers(0, 300),
    minimum_hourly_fen=st.integers(0, 5000),
)
any_work = st.builds(
    Work,
    minutes=st.integers(0, 1440),
    night_minutes=st.integers(0, 1440),
    pieces=st.none() | st.integers(0, 10**4),
    days=st.none() | st.decimals(0, 31, places=2),
)


@given(any_terms, any_work)
def test_a_wage_is_the_sum_of_its_lines_and_never_negative(agreed: Terms, done: Work) -> None:
    wage = reckon(agreed, done)
    assert wage.fen == sum(line.fen for line in wage.lines)
    assert all(line.fen >= 0 for line in wage.lines)


@given(st.sampled_from(["hour", "day", "month"]), st.integers(0, 600), st.integers(0, 600))
def test_more_work_never_earns_less(unit: str, worked: int, more: int) -> None:
    agreed = terms(220, unit)
    assert reckon(agreed, Work(worked, 0)).fen <= reckon(agreed, Work(worked + more, 0)).fen
