"""Somebody does not come: the clock raises it, a person decides, the worker may contest."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from linggong.attendance.arrivals import MISSING, arrive
from linggong.attendance.codes import EARLIEST
from linggong.attendance.models import Attendance, MissingArrival
from linggong.attendance.parties import locked, require_party
from linggong.attendance.telling import tell_desk, tell_employer, tell_worker
from linggong.audit.operations import record
from linggong.dispatch.models import Placement
from linggong.dispatch.operations import call_standby, note_outcome
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.text import plain
from linggong.lib.words import time_words
from linggong.posts.models import Shift
from linggong.posts.operations import free_place

GRACE = timedelta(minutes=15)
CONTEST_WITHIN = timedelta(days=7)
BATCH = 200

State = MissingArrival.State


class AlreadyDecided(Refusal):
    """Somebody has decided this before."""

    code = "already_decided"


class ReasonMissing(Refusal):
    """What counts for or against a person needs a reason."""

    code = "reason_missing"


class ContestTooLate(Refusal):
    """A no-show can be contested for seven days."""

    code = "contest_too_late"


class ElsewhereThen(Refusal):
    """The worker is known to have worked elsewhere at that time."""

    code = "elsewhere_then"


# ------------------------------------------------------------------ raised by the clock


def raise_missing(now: datetime) -> int:
    """Alert everybody who can act about each worker who has not come 15 minutes after the start; return how many."""
    with within(system("missing")):
        ids = list(_not_here(now).values_list("id", flat=True)[:BATCH])
    return sum(_raise(placement_id) for placement_id in ids)


def _not_here(now: datetime) -> QuerySet[Placement]:
    raised = MissingArrival.objects.filter(placement=OuterRef("pk"))
    expected = Placement.objects.filter(
        state=Placement.State.CONFIRMED, period__isnull=False, starts__lte=now - GRACE, shift__state=Shift.State.OPEN
    )
    return expected.filter(~Exists(raised)).order_by("starts")


def _raise(placement_id: UUID) -> bool:
    by = system("missing")
    with within(by):
        placement = locked(Placement.objects.get(pk=placement_id))
        if placement.state != Placement.State.CONFIRMED or hasattr(placement, "missing"):
            return False
        _call_standby(placement.shift, by)
        _open(placement, by)
        return True


def _call_standby(shift: Shift, by: Viewer) -> None:
    try:
        call_standby(shift=shift, by=by)
    except Refusal:  # nobody can be called any more; the people who are alerted must know all the same
        return


def _open(placement: Placement, by: Viewer) -> None:
    MissingArrival(
        placement=placement,
        worker_id=placement.worker_id,
        employer_id=placement.employer_id,
        division=placement.division,
    ).save(force_insert=True)
    record("attendance.missing", by=by, about=placement, division=placement.division)
    title, starts, name = placement.shift.job.title, time_words(placement.starts), placement.worker_name
    tell_worker(
        MISSING,
        f"您 {starts} 的活“{title}”还没签到。到了请扫现场的码，或者请用工方点名；去不了请马上告诉我们。",
        placement,
        path=worker_page(placement),
    )
    tell_employer(
        MISSING,
        f"{name} {starts} 还没到“{title}”。我们正在联系，也在叫候补。人到了请点一下名。",
        placement,
        path=f"/employer/shifts/{placement.shift_id}/",
    )
    tell_desk(
        MISSING,
        f"{name} {starts} 没到“{title}”（{placement.shift.job.employer_name}），请打电话问一下。",
        placement,
        path="/desk/arrivals/?show=absent",
    )


def worker_page(placement: Placement) -> str:
    """Where the worker says what happened."""
    return f"/worker/shifts/{placement.pk}/"


# ------------------------------------------------------------------ decided by a person


def decide_missing(
    *, missing: MissingArrival, decision: str, by: Viewer, reason: str = "", arrived_at: datetime | None = None
) -> MissingArrival:
    """ "arrived" (when: now, unless said), "excused" or "no_show"; the last two free the place and need a reason.

    Raises AlreadyDecided, ReasonMissing, NotAllowed.
    """
    require_party(by, "missing.decide", missing)
    decide = _DECISIONS.get(decision)
    if decide is None:
        raise Refusal(_("请选择：到了、有正当理由，或者没到。"), field="decision", code="decision")
    with within(by):
        missing = _locked(missing)
        if missing.state != State.OPEN:
            raise AlreadyDecided(_("已经处理过了：%(state)s。") % {"state": missing.get_state_display()})
        decide(missing, by, plain(reason)[:200], arrived_at)
        record(f"missing.{decision}", by=by, about=missing, division=missing.division)
        return missing


def _decide_arrived(missing: MissingArrival, by: Viewer, reason: str, arrived_at: datetime | None) -> None:
    placement = missing.placement
    arrive(placement, way=Attendance.Way.CLERK, at=_moment_of(placement, arrived_at), by=by)
    _decide(missing, State.ARRIVED, by, reason)


def _decide_excused(missing: MissingArrival, by: Viewer, reason: str, _at: datetime | None) -> None:
    _require_reason(reason)
    _release(missing.placement, Placement.State.CANCELLED_BY_WORKER, reason)
    _decide(missing, State.EXCUSED, by, reason)
    tell_worker(
        "attendance.excused", f"“{missing.placement.shift.job.title}”您没去成，我们记下了原因，不算失约。", missing
    )


def _decide_no_show(missing: MissingArrival, by: Viewer, reason: str, _at: datetime | None) -> None:
    _require_reason(reason)
    placement = missing.placement
    _release(placement, Placement.State.NO_SHOW, reason)
    note_outcome(placement.worker_id, placement.division, missed=1)
    _decide(missing, State.NO_SHOW, by, reason)
    days = CONTEST_WITHIN.days
    text = (
        f"“{placement.shift.job.title}”记为没到岗，原因：{reason}。您要是不同意，{days} 天内可以申诉，窗口也能帮您办。"
    )
    tell_worker("attendance.no_show", text, missing, path=worker_page(placement))


_DECISIONS: dict[str, Callable[[MissingArrival, Viewer, str, datetime | None], None]] = {
    State.ARRIVED: _decide_arrived,
    State.EXCUSED: _decide_excused,
    State.NO_SHOW: _decide_no_show,
}


# ------------------------------------------------------------------ contested by the worker


def contest(*, missing: MissingArrival, by: Viewer, words: str) -> MissingArrival:
    """The worker does not agree with a no-show. Raises AlreadyDecided, ContestTooLate, ReasonMissing, NotAllowed."""
    require_party(by, "missing.contest", missing)
    _require_reason(words)
    with within(by):
        missing = _locked(missing)
        if missing.state != State.NO_SHOW or missing.contest_decided_at is not None:
            raise AlreadyDecided(_("这件事现在不能申诉：%(state)s。") % {"state": missing.get_state_display()})
        if missing.decided_at is None or clock.now() > missing.decided_at + CONTEST_WITHIN:
            raise ContestTooLate(_("申诉要在 7 天内提出，现在过了。可以到窗口再说说情况。"))
        missing.state, missing.contest, missing.contested_at = State.CONTESTED, plain(words)[:300], clock.now()
        missing.save(update_fields=["state", "contest", "contested_at"])
        record("missing.contested", by=by, about=missing, division=missing.division)
        name, title = missing.placement.worker_name, missing.placement.shift.job.title
        tell_desk("attendance.contested", f"{name} 对“{title}”记为没到岗有不同意见，请核实。", missing)
        return missing


def decide_contest(
    *, missing: MissingArrival, upheld: bool, by: Viewer, reason: str, came: bool = False
) -> MissingArrival:
    """Upheld, the no-show leaves the worker's record: he was excused, or (`came`) he was there and is paid for it.

    The first decision and the contest stay written. Raises AlreadyDecided, ReasonMissing, ElsewhereThen, NotAllowed.
    """
    require_party(by, "missing.decide_contest", missing)
    _require_reason(reason)
    with within(by):
        missing = _locked(missing)
        if missing.state != State.CONTESTED:
            raise AlreadyDecided(_("这个申诉已经处理过了。"))
        missing.state = _after_contest(missing, upheld, came, by)
        missing.contest_decided_by, missing.contest_decided_at = by.name, clock.now()
        missing.contest_reason = plain(reason)[:200]
        missing.save()
        record("missing.contest_decided", by=by, about=missing, division=missing.division, state=missing.state)
        outcome = "成立，失约记录已经去掉" if upheld else f"没有成立：{missing.contest_reason}"
        tell_worker(
            "attendance.contest_decided", f"您对“{missing.placement.shift.job.title}”的申诉{outcome}。", missing
        )
        return missing


def _after_contest(missing: MissingArrival, upheld: bool, came: bool, by: Viewer) -> str:
    if not upheld:
        return State.NO_SHOW
    placement = missing.placement
    note_outcome(placement.worker_id, placement.division, missed=-1)
    if came:
        _restore(placement, by)
        return State.ARRIVED
    placement.state = Placement.State.CANCELLED_BY_WORKER
    placement.save(update_fields=["state"])
    return State.EXCUSED


def _restore(placement: Placement, by: Viewer) -> None:
    """He was there: the shift had one more person than the books said, even where a standby took the place."""
    held = Placement.objects.filter(worker_id=placement.worker_id, state__in=Placement.HOLDS_TIME)
    if held.filter(period__overlap=placement.period).exists():
        raise ElsewhereThen(_("那段时间他在另一个活上签了到，请先核实。"))
    shift = Shift.objects.select_for_update().get(pk=placement.shift_id)
    shift.taken += 1
    shift.places = max(shift.places, shift.taken)
    shift.save(update_fields=["taken", "places"])
    placement.cancelled_at, placement.cancel_reason = None, ""
    placement.save(update_fields=["cancelled_at", "cancel_reason"])
    arrive(placement, way=Attendance.Way.CLERK, at=placement.starts, by=by)


# ------------------------------------------------------------------ parts


def _locked(missing: MissingArrival) -> MissingArrival:
    """The row as it is now, its placement locked before it."""
    placement = locked(Placement.objects.get(pk=missing.placement_id))
    found = MissingArrival.objects.select_for_update().get(pk=missing.pk)
    found.placement = placement
    return found


def _release(placement: Placement, state: str, reason: str) -> None:
    placement.state, placement.cancelled_at, placement.cancel_reason = state, clock.now(), reason
    placement.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    free_place(placement.shift)
    _call_standby(placement.shift, system("missing"))


def _decide(missing: MissingArrival, state: str, by: Viewer, reason: str) -> None:
    missing.state, missing.decided_by, missing.decided_at, missing.reason = state, by.name, clock.now(), reason
    missing.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def _moment_of(placement: Placement, arrived_at: datetime | None) -> datetime:
    """When he came: as said, else now; after the end only the start is a fair guess."""
    shift, now = placement.shift, clock.now()
    if arrived_at is None:
        return now if now < shift.ends else shift.starts
    if not shift.starts - EARLIEST <= arrived_at <= min(now, shift.ends):
        raise Refusal(_("到的时间不在这个班里，请核对。"), field="arrived_at", code="arrived_at")
    return arrived_at


def _require_reason(reason: str) -> None:
    if not plain(reason):
        raise ReasonMissing(_("请写一句原因，本人会看到。"), field="reason")
