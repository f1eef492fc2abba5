"""The day's figures of a division, counted from its rows. Words that count different things are kept apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import ExtractHour

from linggong.attendance.models import Attendance
from linggong.dispatch.models import Placement
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.posts.models import Shift
from linggong.posts.queries import open_shifts
from linggong.workers.models import Worker

HOURS = range(24)


@dataclass(frozen=True)
class Figures:
    """Today so far: persons registered, employers who seek people, places nobody has, intentions, arrivals of these."""

    registered: int
    employers: int
    open_places: int
    confirmed: int
    arrived: int


@dataclass(frozen=True)
class Day:
    """The figures, and how registrations and arrivals spread over the 24 hours."""

    figures: Figures
    registered: tuple[int, ...]
    arrived: tuple[int, ...]


def day(division: str) -> Day:
    """Today in a division, counted by the market itself: five queries, no names."""
    with within(system("hall", division)):
        registered = _by_hour("created_at", Worker.objects.filter(**_below(division)))
        of_today = Attendance.objects.filter(placement__starts__gte=_midnight(), **_below(division))
        arrived = _by_hour("arrived_at", of_today)
        confirmed = _starting_today(division).count()
        wanted = open_in(division).aggregate(
            places=Sum(F("places") - F("taken"), default=0), employers=Count("job__employer_id", distinct=True)
        )
    counted = Figures(sum(registered), wanted["employers"], wanted["places"], confirmed, sum(arrived))
    return Day(counted, registered, arrived)


def open_in(division: str) -> QuerySet[Shift]:
    """The open shifts of a division and all below it."""
    return open_shifts().filter(**_below(division))


def _starting_today(division: str) -> QuerySet[Placement]:
    """Everybody who agreed on a shift of today and has not cancelled."""
    today = _midnight()
    rows = Placement.objects.filter(starts__gte=today, starts__lt=today + timedelta(days=1), **_below(division))
    return rows.exclude(state__startswith="cancelled")


def _by_hour(field: str, rows: "QuerySet[Worker] | QuerySet[Attendance]") -> tuple[int, ...]:
    """How many of today's rows fall into each hour of the day in China."""
    today = rows.filter(**{f"{field}__gte": _midnight()}).order_by()
    hours: Iterable[tuple[int, int]] = (
        today.annotate(hour=ExtractHour(field, tzinfo=clock.SHANGHAI)).values_list("hour").annotate(Count("id"))
    )
    counts = dict(hours)
    return tuple(counts.get(hour, 0) for hour in HOURS)


def _below(division: str) -> dict[str, str]:
    """A range of keys, which the index can answer under row-level security."""
    return {"division__gte": division, "division__lt": division + "~"}


def _midnight() -> datetime:
    return datetime.combine(clock.today(), time(), clock.SHANGHAI)
