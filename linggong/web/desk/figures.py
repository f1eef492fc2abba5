"""The day's figures and the rows behind them, within the viewer's reach."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import QuerySet

from linggong.attendance.models import Attendance
from linggong.dispatch.models import Placement
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.posts import queries as posts
from linggong.posts.models import Job, Shift
from linggong.web.desk.acts import reach
from linggong.workers.models import Worker

AHEAD = timedelta(hours=36)


@dataclass(frozen=True)
class Figures:
    """People registered today, places open until tomorrow evening, and of today's confirmed people who has come."""

    registered: int
    open_places: int
    expected: int
    arrived: int


def figures(viewer: Viewer) -> Figures:
    return Figures(
        registered=registered_today().count(),
        open_places=sum(shift.places - shift.taken for shift in open_shifts(viewer)),
        expected=expected_today().count(),
        arrived=arrived_today().count(),
    )


def registered_today() -> QuerySet[Worker]:
    return Worker.objects.filter(created_at__gte=midnight())


def expected_today() -> QuerySet[Placement]:
    """Everybody whose shift starts today and who has not cancelled."""
    rows = Placement.objects.filter(starts__gte=midnight(), starts__lt=midnight() + timedelta(days=1))
    return rows.exclude(state__startswith="cancelled")


def arrived_today() -> QuerySet[Attendance]:
    """Of those expected today, who has come; piecework fetched on a later day than it begins is no arrival."""
    return Attendance.objects.filter(placement__in=expected_today())


def open_shifts(viewer: Viewer, limit: int = 300) -> list[Shift]:
    """Shifts that start until tomorrow evening and have places left, the most urgent first."""
    near = posts.open_shifts().filter(starts__lt=clock.now() + AHEAD, division__startswith=reach(viewer))
    return list(near.exclude(job__kind=Job.Kind.PIECEWORK).order_by("starts", "id")[:limit])


def midnight() -> datetime:
    """When today began in China."""
    return datetime.combine(clock.today(), time(), clock.SHANGHAI)
