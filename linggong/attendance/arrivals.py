"""An arrival is written down in one way, whoever saw it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from linggong.attendance.models import Attendance, MissingArrival
from linggong.attendance.telling import tell_desk, tell_employer
from linggong.audit.operations import record
from linggong.dispatch.models import Placement
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.words import time_words
from linggong.notices import operations as notices

MISSING = "attendance.missing"
"""Topic of the messages about somebody who has not come; they stop when he does."""

Position = tuple[float, float] | None


class PositionRefused(Refusal):
    """Latitude and longitude come together, in degrees."""

    code = "position"


def read_position(latitude: float | None, longitude: float | None) -> Position:
    """(latitude, longitude), or None where no position was given. Raises PositionRefused."""
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise PositionRefused(_("没有看懂您的位置，不带位置再签一次就行。"))
    return latitude, longitude


def arrive(placement: Placement, *, way: str, at: datetime, by: Viewer, position: Position = None) -> Attendance:
    """Write down that the worker of a locked placement came; who was missing is not any more."""
    latitude, longitude = position or (None, None)
    attendance = Attendance(
        placement=placement,
        worker_id=placement.worker_id,
        employer_id=placement.employer_id,
        division=placement.division,
        arrived_at=at,
        arrived_way=way,
        latitude=latitude,
        longitude=longitude,
    )
    attendance.save(force_insert=True)
    placement.state = Placement.State.ARRIVED
    placement.save(update_fields=["state"])
    record("attendance.arrived", by=by, about=placement, division=placement.division, way=way)
    _end_search(placement, by)
    return attendance


def _end_search(placement: Placement, by: Viewer) -> None:
    missing = MissingArrival.objects.filter(placement=placement, state=MissingArrival.State.OPEN)
    if not missing.update(state=MissingArrival.State.ARRIVED, decided_by=by.name, decided_at=clock.now()):
        return
    with within(system("arrival")):  # the messages to the other side are out of this one's scope
        notices.withdraw(placement.id, topic=MISSING)
    text = f"{placement.worker_name} {time_words(clock.now())} 到了“{placement.shift.job.title}”，已经签到。"
    if not by.employer_id:
        tell_employer("attendance.came_late", text, placement, path=f"/employer/shifts/{placement.shift_id}/")
    tell_desk("attendance.came_late", text, placement)
