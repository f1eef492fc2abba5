"""Hours from check-in and check-out: pure, so that every wage can be worked out again from its evidence."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction

from linggong.lib import clock

NIGHT_BEGINS = time(22)
NIGHT_ENDS = time(6)

FULL_DAY_FROM = Fraction(7, 8)
"""From this part of the planned minutes on it is a whole day; below, the day is paid to the minute, so that half a
day is half the pay and nobody who worked seven hours of eight loses four."""


@dataclass(frozen=True)
class Period:
    """From `starts` up to `ends`, both aware."""

    starts: datetime
    ends: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes, none when it ends before it starts."""
        return max(0, int((self.ends - self.starts).total_seconds() // 60))

    def within(self, other: "Period") -> "Period":
        """The part that lies in `other` as well, empty (0 minutes) when they are apart."""
        return Period(max(self.starts, other.starts), min(self.ends, other.ends))


def worked_period(
    planned: Period, arrived: datetime | None, left: datetime | None, *, grace_minutes: int = 10
) -> Period:
    """What counts of the planned shift, the break included; empty for somebody who never arrived.

    Up to `grace_minutes` late or early count as on time. No check-out counts as leaving on time: a forgotten tap must
    not cost a wage, and the employer confirms the hours anyway. Time outside the shift counts only when the shift
    itself is moved.
    """
    if arrived is None:
        return Period(planned.starts, planned.starts)
    grace = timedelta(minutes=grace_minutes)
    starts = planned.starts if arrived <= planned.starts + grace else arrived
    ends = planned.ends if left is None or left >= planned.ends - grace else left
    return Period(starts, ends).within(planned)


def worked_minutes(
    planned: Period, arrived: datetime | None, left: datetime | None, break_minutes: int, *, grace_minutes: int = 10
) -> int:
    """Paid minutes of a shift. The break lies in its middle, so who works only half of it loses no break."""
    worked = worked_period(planned, arrived, left, grace_minutes=grace_minutes)
    return max(0, worked.minutes - worked.within(_break(planned, break_minutes)).minutes)


def night_minutes(starts: datetime, ends: datetime) -> int:
    """Minutes between 22:00 and 6:00 in China, a break at that time included."""
    period = Period(starts, ends)
    first, last = clock.local(starts).date() - timedelta(days=1), clock.local(ends).date()
    evenings = (first + timedelta(days=day) for day in range((last - first).days + 1))
    nights = (
        Period(
            datetime.combine(evening, NIGHT_BEGINS, clock.SHANGHAI),
            datetime.combine(evening + timedelta(days=1), NIGHT_ENDS, clock.SHANGHAI),
        )
        for evening in evenings
    )
    return sum(period.within(night).minutes for night in nights)


def day_share(minutes: int, planned_minutes: int) -> Fraction:
    """What part of a day `minutes` count as, out of the planned paid minutes."""
    if minutes <= 0:
        return Fraction(0)
    part = Fraction(minutes, planned_minutes) if planned_minutes > 0 else Fraction(1)
    return Fraction(1) if part >= FULL_DAY_FROM else part


def _break(planned: Period, minutes: int) -> Period:
    middle = planned.starts + (planned.ends - planned.starts) / 2
    half = timedelta(minutes=minutes) / 2
    return Period(middle - half, middle + half)
