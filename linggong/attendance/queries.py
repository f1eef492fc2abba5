"""Who has come, who has not, and what starts soon."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from linggong.attendance.models import Attendance, MissingArrival
from linggong.dispatch.models import Placement
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.posts.models import Shift

EXPECTED = [*Placement.HOLDS_TIME, Placement.State.NO_SHOW]
CAME = [Placement.State.ARRIVED, Placement.State.FINISHED]


class MissingNotFound(Refusal):
    """There is no such alarm, or not for this viewer."""

    code = "missing_not_found"


@dataclass(frozen=True)
class Starting:
    """A shift about to start: how many are expected, how many of them have come."""

    shift: Shift
    expected: int
    arrived: int


def arrivals(shift: Shift, *, viewer: Viewer) -> list[Placement]:
    """Who is expected at a shift, by card number, with `attendance` and `missing` where there are."""
    rows = Placement.objects.filter(shift=shift, state__in=EXPECTED).select_related("attendance", "missing")
    return list(rows.order_by("card_number"))


def attendance_of(placement: Placement, *, viewer: Viewer) -> Attendance | None:
    """The arrival of one placement, where it is known."""
    return Attendance.objects.filter(placement=placement).first()


def missing(missing_id: UUID, *, viewer: Viewer) -> MissingArrival:
    """One alarm with its shift and job. Raises MissingNotFound."""
    found = MissingArrival.objects.select_related("placement__shift__job").filter(pk=missing_id).first()
    if found is None:
        raise MissingNotFound(_("没有找到这条未到岗记录。"))
    return found


def missing_now(*, viewer: Viewer, limit: int = 50) -> list[MissingArrival]:
    """Who has not come and nobody has decided about yet, the latest start first."""
    return _waiting(MissingArrival.State.OPEN, limit)


def contested(*, viewer: Viewer, limit: int = 50) -> list[MissingArrival]:
    """No-shows with which the worker does not agree, and which wait for a decision."""
    return _waiting(MissingArrival.State.CONTESTED, limit)


def starts_soon(*, viewer: Viewer, hours: int = 2) -> list[Starting]:
    """Shifts of the viewer's scope that start within some hours, or started in the last one, the earliest first."""
    now = clock.now()
    near = Placement.objects.filter(starts__gt=now - timedelta(hours=1), starts__lte=now + timedelta(hours=hours))
    counts = near.filter(state__in=EXPECTED).values("shift_id").order_by("starts", "shift_id")
    rows = counts.annotate(expected=Count("id"), arrived=Count("id", filter=Q(state__in=CAME)))
    found = list(rows.values_list("shift_id", "expected", "arrived"))
    shifts = Shift.objects.select_related("job").in_bulk([shift_id for shift_id, *_counts in found])
    return [Starting(shifts[shift_id], expected, arrived) for shift_id, expected, arrived in found]


def _waiting(state: str, limit: int) -> list[MissingArrival]:
    rows = MissingArrival.objects.filter(state=state).select_related("placement__shift__job")
    return list(rows.order_by("-created_at")[:limit])
