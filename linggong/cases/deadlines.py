"""The discipline "13710": act the same day, report in 3 days, settle in 7. Pure."""

from datetime import date, timedelta

REPORT_AFTER = timedelta(days=3)
SETTLE_AFTER = timedelta(days=7)


def settle_by(opened_on: date) -> date:
    """The day by which a case is settled."""
    return opened_on + SETTLE_AFTER


def next_due(opened_on: date, *, taken: bool, reported: bool) -> date:
    """The day by which the next act is due: taking it the same day, the first report, then the settlement."""
    if not taken:
        return opened_on
    return settle_by(opened_on) if reported else opened_on + REPORT_AFTER
