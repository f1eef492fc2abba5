"""回访: which calls are due, and what comes of them."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed, require
from linggong.attendance.models import Attendance
from linggong.audit.operations import record
from linggong.followups.models import CallBack
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.text import plain
from linggong.workers import operations as workers
from linggong.workers.models import Worker

CALLS_BEGIN = time(9)
WEEK = timedelta(days=7)
LOOK_BACK = timedelta(days=3)
"""An arrival that no call followed within this time is not called about any more."""
AGAIN_AFTER = timedelta(hours=3)
MOST_ATTEMPTS = 3
BATCH = 500

Kind, Outcome = CallBack.Kind, CallBack.Outcome

_NEXT_STATE: dict[str, str] = {Outcome.OUT_OF_WORK: Worker.State.ACTIVE, Outcome.NOT_LOOKING: Worker.State.PAUSED}
"""What a worker says about looking for work is written into their record."""


class CallClosed(Refusal):
    """The call has been made already, or was given up."""

    code = "call_closed"


class OutcomeUnknown(Refusal):
    """Not one of the outcomes."""

    code = "outcome"


# ------------------------------------------------------------------ planning


def plan_call_backs() -> int:
    """Write down the calls that follow from arrivals; return how many. Safe to repeat.

    A first-day call the morning after somebody first works on a job; a week's call seven days after, at most one a
    worker and week. Nobody is called who does not want to be.
    """
    with within(system("call-backs")):
        first = {(a.worker_id, a.placement.shift.job_id): a for a in _arrivals_without(_same_job())}
        week = {a.worker_id: a for a in _arrivals_without(_week_ahead())}
        calls = [_call(a, Kind.FIRST_DAY, days=1) for a in first.values()]
        calls += [_call(a, Kind.WEEK, days=7) for a in week.values()]
        CallBack.objects.bulk_create(calls, ignore_conflicts=True)
        return len(calls)


def _arrivals_without(calls: QuerySet[CallBack]) -> list[Attendance]:
    """Recent arrivals that no such call follows, the latest first, so that the earliest of several stays."""
    recent = Attendance.objects.filter(arrived_at__gt=clock.now() - LOOK_BACK, worker__may_be_contacted=True)
    rows = recent.filter(~Exists(calls)).select_related("worker", "placement__shift__job")
    return list(reversed(rows.order_by("arrived_at")[:BATCH]))


def _same_job() -> QuerySet[CallBack]:
    job = OuterRef("placement__shift__job")
    return CallBack.objects.filter(kind=Kind.FIRST_DAY, worker=OuterRef("worker"), placement__shift__job=job)


def _week_ahead() -> QuerySet[CallBack]:
    return CallBack.objects.filter(kind=Kind.WEEK, worker=OuterRef("worker"), due_at__gt=OuterRef("arrived_at"))


def _call(arrival: Attendance, kind: str, *, days: int) -> CallBack:
    worker, job, worked_on = arrival.worker, arrival.placement.shift.job, clock.local(arrival.arrived_at).date()
    return CallBack(
        placement=arrival.placement,
        worker=worker,
        worker_name=worker.name,
        card_number=worker.card_number,
        job_title=job.title,
        employer_name=job.employer_name,
        worked_on=worked_on,
        division=worker.division,
        kind=kind,
        due_at=datetime.combine(worked_on + timedelta(days=days), CALLS_BEGIN, clock.SHANGHAI),
    )


# ------------------------------------------------------------------ calling


def record_call(*, call_back: CallBack, outcome: str, note: str = "", by: Viewer) -> CallBack:
    """What came of a call. Unanswered it is due again three hours later, and given up after the third time.

    Raises CallClosed, OutcomeUnknown, NotAllowed.
    """
    require(by, "call_back.record")
    if outcome not in Outcome.values:
        raise OutcomeUnknown(_("请选择这次回访的结果。"), field="outcome")
    with within(by):
        call = CallBack.objects.select_for_update().filter(pk=call_back.pk).first()
        if call is None:
            raise NotAllowed(_("这位工友不在您负责的区域。"))
        if call.state != CallBack.State.DUE:
            raise CallClosed(_("这次回访已经做过了。"))
        _note(call, outcome, plain(note)[:300], by)
        record("call_back.recorded", by=by, about=call, division=call.division, outcome=outcome)
        if outcome in _NEXT_STATE:
            workers.set_state(worker=Worker(pk=call.worker_id), state=_NEXT_STATE[outcome], by=by)
        return call


def to_follow() -> QuerySet[CallBack]:
    """Calls that brought unpaid wages or trouble to light, which nobody has taken up yet."""
    alarming = CallBack.objects.filter(outcome__in=[Outcome.UNPAID, Outcome.TROUBLE], followed_at=None)
    return alarming.filter(state=CallBack.State.DONE).order_by("done_at")


def note_followed(call: CallBack) -> None:
    """What this call brought to light has been taken up; inside the transaction that does so."""
    CallBack.objects.filter(pk=call.pk).update(followed_at=clock.now())


def _note(call: CallBack, outcome: str, note: str, by: Viewer) -> None:
    now = clock.now()
    call.attempts += 1
    call.outcome, call.note, call.done_by = outcome, note, by.name
    if outcome == Outcome.NO_ANSWER and call.attempts < MOST_ATTEMPTS:
        call.due_at = now + AGAIN_AFTER
    else:
        call.state = CallBack.State.GIVEN_UP if outcome == Outcome.NO_ANSWER else CallBack.State.DONE
        call.done_at = now
    call.save(update_fields=["attempts", "outcome", "note", "done_by", "due_at", "state", "done_at"])
