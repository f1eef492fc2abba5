"""By when a wage is due."""

from datetime import date

import pytest

from linggong.pay.due import due_on

WORK_DAY, LAST_DAY = date(2026, 12, 30), date(2027, 1, 8)


@pytest.mark.parametrize(
    ("settlement", "due"),
    [
        ("daily", date(2026, 12, 30)),
        ("weekly", date(2027, 1, 6)),
        ("monthly", date(2027, 1, 15)),
        ("on_completion", date(2027, 1, 8)),
    ],
)
def test_each_settlement_has_its_day(settlement: str, due: date) -> None:
    assert due_on(settlement, WORK_DAY, LAST_DAY) == due


def test_a_month_is_paid_in_the_next_one_from_its_first_day_to_its_last() -> None:
    assert due_on("monthly", date(2027, 1, 1), LAST_DAY) == date(2027, 2, 15)
    assert due_on("monthly", date(2027, 1, 31), LAST_DAY) == date(2027, 2, 15)


def test_work_after_the_last_planned_day_is_due_on_its_own() -> None:
    assert due_on("on_completion", date(2027, 1, 9), LAST_DAY) == date(2027, 1, 9)
