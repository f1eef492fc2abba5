"""The discipline "13710": act the same day, report in 3 days, settle in 7. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

REPORT_AFTER = timedelta(days=3)
SETTLE_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Deadlines:
    """The days by which a case is taken, reported on and settled."""

    act_on: date
    report_on: date
    settle_on: date


def deadlines(opened_on: date) -> Deadlines:
    """Those of a case opened on a day."""
    return Deadlines(opened_on, opened_on + REPORT_AFTER, opened_on + SETTLE_AFTER)
