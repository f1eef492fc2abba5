"""One worker's day: a place of a shift, and the hands that check in, confirm and pay."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from linggong.attendance import operations as attendance
from linggong.attendance.models import Attendance
from linggong.dispatch.models import Placement
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.pay import operations as pay
from linggong.pay.models import Wage
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast


@dataclass(frozen=True)
class Day:
    """王建国 unloads for 220 yuan from 7:30 to 17:30, unless told otherwise."""

    worker: Worker
    employer: Employer
    shift: Shift
    placement: Placement

    @property
    def starts(self) -> datetime:
        return self.shift.starts

    @property
    def ends(self) -> datetime:
        return self.shift.ends

    @property
    def as_worker(self) -> Viewer:
        return cast.viewer_of_worker(self.worker)

    @property
    def as_employer(self) -> Viewer:
        return cast.viewer_of_employer(self.employer)

    def arrives(self, minutes: int = 0) -> Attendance:
        """Ticked by the employer so many minutes after the start."""
        with clock.at(self.starts + timedelta(minutes=minutes)):
            return attendance.check_in(placement=self.placement, by=self.as_employer, way="employer")

    def settled(self) -> Wage:
        """The wage of a whole day."""
        self.arrives()
        with clock.at(self.ends):
            return pay.settle(placement=self.placement, by=self.as_employer)


def a_day(
    *,
    begin: int | None = None,
    end: int | None = None,
    worker: Worker | None = None,
    shift: Shift | None = None,
    **job: Any,
) -> Day:
    """A worker with a place; `begin` and `end` in whole hours."""
    hours = {"begin": time(begin), "end": time(end)} if begin is not None and end is not None else {}
    with within(system("test")):
        cast.county()
        worker = worker or cast.worker()
        shift = shift or cast.shift(cast.employer(), **hours, **job)
        employer = Employer.objects.get(pk=shift.job.employer_id)
    return Day(worker, employer, shift, cast.placement(worker, shift))
