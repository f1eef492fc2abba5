"""By when a wage is due: pure."""

from collections.abc import Callable
from datetime import date, timedelta

from linggong.posts.models import Job

Settlement = Job.Settlement

MONTHS_PAY_DAY = 15
"""Of the month after the work."""

_DUE: dict[str, Callable[[date, date], date]] = {
    Settlement.DAILY: lambda work_day, last_day: work_day,
    Settlement.WEEKLY: lambda work_day, last_day: work_day + timedelta(days=7),
    Settlement.MONTHLY: lambda work_day, last_day: next_month(work_day).replace(day=MONTHS_PAY_DAY),
    Settlement.ON_COMPLETION: lambda work_day, last_day: max(work_day, last_day),
}
"""日结 the day of the work, 周结 seven days after, 月结 the 15th of the next month, 干完就结 the job's last day."""


def due_on(settlement: str, work_day: date, last_day: date) -> date:
    """The day by which work of `work_day` is paid; `last_day` is the last one of the whole job."""
    return _DUE[settlement](work_day, last_day)


def next_month(day: date) -> date:
    """The first of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
