"""Checking in and out, and confirming what was worked. `missing` holds what happens when somebody does not come."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed
from linggong.attendance import hours
from linggong.attendance.arrivals import arrive, read_position
from linggong.attendance.codes import EARLIEST, code_fits, site_code
from linggong.attendance.missing import contest, decide_contest, decide_missing, raise_missing
from linggong.attendance.models import Attendance
from linggong.attendance.parties import locked, require_party
from linggong.audit.operations import record
from linggong.dispatch.models import Placement
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.words import time_words
from linggong.posts.models import Job, Shift
from linggong.workers.models import PayUnit

__all__ = [
    "check_in",
    "check_in_by_code",
    "check_out",
    "confirm_work",
    "contest",
    "decide_contest",
    "decide_missing",
    "raise_missing",
    "site_code",
]

ROLL_CALL = timedelta(hours=1)
"""A roll-call says who came, not when: who is ticked within this time after the start counts as on time."""


class NotExpected(Refusal):
    """The placement is not one that somebody arrives for: cancelled, marked as a no-show."""

    code = "not_expected"


class NotTheTime(Refusal):
    """Too early or too late."""

    code = "not_the_time"


class CodeRefused(Refusal):
    """The scanned code is not the one of this place and day."""

    code = "site_code"


class NotArrived(Refusal):
    """Nobody is known to have come, so there is nothing to confirm."""

    code = "not_arrived"


class WorkRefused(Refusal):
    """Hours or pieces that cannot be."""

    code = "work"


class AlreadySettled(Refusal):
    """The wage has been worked out from these hours; a correction goes through the wage."""

    code = "already_settled"


def check_in(
    *,
    placement: Placement,
    by: Viewer,
    way: str,
    latitude: float | None = None,
    longitude: float | None = None,
    code: str = "",
) -> Attendance:
    """Somebody arrives: a worker needs the site's code, employers and clerks tick who they see. A repeat is harmless.

    Raises NotExpected, NotTheTime, CodeRefused, PositionRefused, NotAllowed.
    """
    require_party(by, "attendance.check_in", placement)
    position = read_position(latitude, longitude)
    with within(by):
        placement = locked(placement)
        known = Attendance.objects.filter(placement=placement).first()
        if known is not None:
            return known
        _require_way(by, way)
        _require_expected(placement)
        if by.worker_id and not code_fits(placement.shift, code):
            raise CodeRefused(_("这个码不是今天这个活的。请扫现场的码，或者请用工方点名。"))
        return arrive(placement, way=way, at=_arrived_at(placement.shift, way), by=by, position=position)


def check_in_by_code(
    *, shift_id: UUID, code: str, by: Viewer, latitude: float | None = None, longitude: float | None = None
) -> Attendance:
    """The worker scans the code at the site. Raises NotExpected where he has no place there, and as `check_in`."""
    with within(by):
        own = Placement.objects.filter(worker=by.worker_id, shift_id=shift_id)
        placement = own.filter(state__in=Placement.HOLDS_TIME).first() or own.first()
        if placement is None:
            raise NotExpected(_("您没有约这个活。请看看是不是走错了地方，或者给市场打个电话。"))
        return check_in(
            placement=placement,
            by=by,
            way=Attendance.Way.CODE,
            latitude=latitude,
            longitude=longitude,
            code=code,
        )


def check_out(*, placement: Placement, by: Viewer) -> Attendance:
    """Somebody leaves now. A repeat changes nothing. Raises NotArrived, NotAllowed."""
    require_party(by, "attendance.check_out", placement)
    with within(by):
        placement = locked(placement)
        attendance = _attendance(placement)
        if attendance.left_at is None and attendance.confirmed_at is None:
            attendance.left_at = max(clock.now(), attendance.arrived_at)
            attendance.save(update_fields=["left_at"])
            record("attendance.left", by=by, about=placement, division=placement.division)
        return attendance


def confirm_work(
    *,
    placement: Placement,
    by: Viewer,
    left_at: datetime | None = None,
    break_minutes: int | None = None,
    pieces: int | None = None,
) -> Attendance:
    """The employer or a clerk says what was worked; what is not given stays as checked out or as agreed in the job.

    Raises NotArrived, NotTheTime, WorkRefused, AlreadySettled, NotAllowed.
    """
    require_party(by, "attendance.confirm", placement)
    with within(by):
        placement = locked(placement)
        if placement.state == Placement.State.FINISHED:
            raise AlreadySettled(_("这个活已经结算。工时要改，请在结算里改。"))
        return write_work(placement, by=by, left_at=left_at, break_minutes=break_minutes, pieces=pieces)


def write_work(
    placement: Placement, *, by: Viewer, left_at: datetime | None, break_minutes: int | None, pieces: int | None
) -> Attendance:
    """The work of a locked placement, checked and written; for `confirm_work` and for the wage that follows from it."""
    attendance, shift = _attendance(placement), placement.shift
    if clock.now() < shift.starts:
        raise NotTheTime(_("活还没开始，开始以后再确认工时。"))
    attendance.left_at = _read_left_at(left_at, attendance)
    attendance.break_minutes = _read_break(break_minutes, attendance, shift)
    attendance.pieces = _read_pieces(pieces, attendance, shift.job)
    attendance.minutes, attendance.night_minutes = _worked(attendance, shift)
    attendance.confirmed_at, attendance.confirmed_by = clock.now(), by.name
    attendance.save()
    record(
        "attendance.confirmed",
        by=by,
        about=placement,
        division=placement.division,
        minutes=attendance.minutes,
        pieces=attendance.pieces,
    )
    return attendance


# ------------------------------------------------------------------ parts


def _require_way(by: Viewer, way: str) -> None:
    """Nobody claims to have been seen by somebody else."""
    clerk = not (by.worker_id or by.employer_id or by.is_system)
    forbidden = (
        (by.worker_id and way != Attendance.Way.CODE)
        or (by.employer_id and way != Attendance.Way.EMPLOYER)
        or (clerk and way == Attendance.Way.EMPLOYER)
    )
    if forbidden or way not in Attendance.Way.values:
        raise NotAllowed(_("不能用这种方式签到。请扫现场的码，或者请用工方点名。"))


def _require_expected(placement: Placement) -> None:
    """Between two hours before the start and the end, with a place that still stands."""
    if placement.state != Placement.State.CONFIRMED:
        raise NotExpected(_("这个活不用签到：%(state)s。") % {"state": placement.get_state_display()})
    shift = placement.shift
    if clock.now() < shift.starts - EARLIEST:
        opens = time_words(shift.starts - EARLIEST)
        raise NotTheTime(_("还早，%(time)s 起可以签到。") % {"time": opens})
    if clock.now() > shift.ends:
        raise NotTheTime(_("这个活已经结束，不能再签到。如果您干了活，请给市场打个电话。"))


def _arrived_at(shift: Shift, way: str) -> datetime:
    now = clock.now()
    roll_call = way != Attendance.Way.CODE and shift.starts < now <= shift.starts + ROLL_CALL
    return shift.starts if roll_call else now


def _attendance(placement: Placement) -> Attendance:
    found = Attendance.objects.filter(placement=placement).first()
    if found is None:
        raise NotArrived(_("%(name)s 还没有签到，请先点名。") % {"name": placement.worker_name})
    return found


def _read_left_at(left_at: datetime | None, attendance: Attendance) -> datetime | None:
    if left_at is None:
        return attendance.left_at
    if left_at < attendance.arrived_at:
        raise WorkRefused(_("离开的时间比到的时间早，请核对。"), field="left_at")
    if left_at > clock.now():
        raise WorkRefused(_("离开的时间还没到，请核对。"), field="left_at")
    return left_at


def _read_break(break_minutes: int | None, attendance: Attendance, shift: Shift) -> int:
    if break_minutes is None:
        return attendance.break_minutes if attendance.confirmed_at else shift.job.break_minutes
    if not 0 <= break_minutes <= hours.Period(shift.starts, shift.ends).minutes:
        raise WorkRefused(_("休息时间比整个班还长，请核对。"), field="break_minutes")
    return break_minutes


def _read_pieces(pieces: int | None, attendance: Attendance, job: Job) -> int | None:
    found = attendance.pieces if pieces is None else pieces
    if found is None and job.pay_unit == PayUnit.PIECE:
        raise WorkRefused(_("这个活按件算钱，请填写做了多少件。"), field="pieces")
    if found is not None and not 0 <= found <= 1_000_000:
        raise WorkRefused(_("件数不对，请核对。"), field="pieces")
    return found


def _worked(attendance: Attendance, shift: Shift) -> tuple[int, int]:
    """(paid minutes, those of them at night); work taken home is not counted in hours."""
    if shift.job.kind == Job.Kind.PIECEWORK:
        return 0, 0
    planned = hours.Period(shift.starts, shift.ends)
    worked = hours.worked_period(planned, attendance.arrived_at, attendance.left_at)
    minutes = hours.worked_minutes(planned, attendance.arrived_at, attendance.left_at, attendance.break_minutes)
    return minutes, hours.night_minutes(worked.starts, worked.ends)
