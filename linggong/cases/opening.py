"""How cases come about: by the worker's word, by the calendar, by what a call brought to light."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from linggong.attendance.parties import locked, require_party
from linggong.attendance.telling import tell_desk, tell_employer, tell_worker
from linggong.audit.operations import record
from linggong.cases.deadlines import settle_by
from linggong.cases.models import Case, CaseStep
from linggong.dispatch.models import Placement
from linggong.followups.calls import note_followed, to_follow
from linggong.followups.models import CallBack
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.money import Fen, yuan
from linggong.lib.text import plain
from linggong.lib.words import day_words
from linggong.pay.models import Wage
from linggong.pay.operations import dispute_receipt

GRACE = timedelta(days=3)
"""How long after its day an unpaid wage becomes a case by itself."""
BATCH = 200

Kind, State = Case.Kind, Case.State
_KIND_OF_CALL: dict[str, str] = {CallBack.Outcome.UNPAID: Kind.ARREARS, CallBack.Outcome.TROUBLE: Kind.DISPUTE}


def dispute_wage(*, wage: Wage, by: Viewer, words: str = "") -> Case:
    """The worker (or somebody for him) says the money has not come: a case of arrears, to be settled in 7 days.

    A repeat gives the open case. Raises AlreadyReceived, NotDueYet, NotAllowed.
    """
    require_party(by, "wage.dispute", wage)
    by = by.acting_for(wage.worker_name) if by.is_staff else by
    with within(by):
        placement = locked(Placement.objects.get(pk=wage.placement_id))
        known = _open_case(placement.pk, Kind.ARREARS)
        if known is not None and Wage.objects.filter(pk=wage.pk, state=Wage.State.DISPUTED).exists():
            return known
        wage = dispute_receipt(wage=wage, by=by, words=words)
        text = plain(words)[:300] or f"{wage.worker_name} 说没收到工钱。"
        return known or open_case(placement, Kind.ARREARS, text=text, claim_fen=_claim(wage), by=by)


def open_overdue() -> int:
    """Wages unpaid three days after they were due become cases, once each; return how many."""
    by = system("overdue")
    with within(by):
        ids = list(_overdue().values_list("id", flat=True)[:BATCH])
    return sum(_open_for_wage(wage_id, by) for wage_id in ids)


def follow_calls() -> int:
    """Calls that brought unpaid wages or trouble to light become cases, once each; return how many."""
    by = system("call-backs")
    with within(by):
        ids = list(to_follow().values_list("id", flat=True)[:BATCH])
    return sum(_follow(call_id, by) for call_id in ids)


def open_case(placement: Placement, kind: str, *, text: str, claim_fen: Fen, by: Viewer) -> Case:
    """Write a case down and tell all three sides; inside the caller's transaction, the placement locked."""
    case = Case(
        kind=kind,
        placement=placement,
        worker_id=placement.worker_id,
        worker_name=placement.worker_name,
        employer_id=placement.employer_id,
        employer_name=placement.shift.job.employer_name,
        division=placement.division,
        claim_fen=claim_fen,
        text=text,
        due_on=settle_by(clock.today()),
    )
    case.save(force_insert=True)
    record("case.opened", by=by, about=case, division=case.division, kind=kind, claim_fen=claim_fen)
    _tell(case, placement)
    return case


# ------------------------------------------------------------------ parts


def _open_case(placement_id: UUID, kind: str) -> Case | None:
    return Case.objects.exclude(state=State.SETTLED).filter(placement_id=placement_id, kind=kind).first()


def _claim(wage: Wage) -> Fen:
    """What is left to pay; the whole, where the employer says it is paid and the worker that it is not."""
    return wage.left_fen or wage.owed_fen


def _overdue() -> QuerySet[Wage]:
    case = Case.objects.filter(placement=OuterRef("placement"), kind=Kind.ARREARS)
    late = Wage.objects.filter(state=Wage.State.OWED, due_on__lt=clock.today() - GRACE, paid_fen__lt=F("owed_fen"))
    return late.filter(~Exists(case)).order_by("due_on")


def _open_for_wage(wage_id: UUID, by: Viewer) -> bool:
    with within(by):
        wage = Wage.objects.get(pk=wage_id)
        placement = locked(Placement.objects.get(pk=wage.placement_id))
        if not _overdue().filter(pk=wage_id).exists():
            return False
        text = f"工钱 {yuan(wage.left_fen)} 过了 {day_words(wage.due_on, clock.today())} 还没付。"
        open_case(placement, Kind.ARREARS, text=text, claim_fen=wage.left_fen, by=by)
        return True


def _follow(call_id: UUID, by: Viewer) -> bool:
    with within(by):
        call = to_follow().select_for_update(skip_locked=True).filter(pk=call_id).first()
        if call is None:
            return False
        note_followed(call)
        placement = locked(Placement.objects.get(pk=call.placement_id))
        kind, words = _KIND_OF_CALL[call.outcome], call.note or f"回访：{call.get_outcome_display()}"
        known = _open_case(placement.pk, kind)
        if known is not None:
            CaseStep(case=known, division=known.division, by_name=call.done_by, text=words).save(force_insert=True)
            return False
        _open_for_call(placement, kind, words, by)
        return True


def _open_for_call(placement: Placement, kind: str, words: str, by: Viewer) -> None:
    wage = Wage.objects.filter(placement=placement).exclude(state=Wage.State.RECEIVED).first()
    if kind == Kind.ARREARS and wage is not None:
        dispute_wage(wage=wage, by=by, words=words)
    else:
        open_case(placement, kind, text=words, claim_fen=0, by=by)


def _tell(case: Case, placement: Placement) -> None:
    title, due = placement.shift.job.title, day_words(case.due_on, clock.today())
    claim = f"，涉及 {yuan(case.claim_fen)}" if case.claim_fen else ""
    tell_worker("case.opened", f"“{title}”的事我们接手了{claim}，{due} 前给您办结。有消息就告诉您。", case)
    tell_desk(
        "case.opened",
        f"{case.get_kind_display()}：{case.worker_name}，{case.employer_name}“{title}”{claim}。{due} 前办结。",
        case,
        path=f"/desk/cases/{case.id}/",
    )
    if case.kind == Kind.ARREARS:
        text = f"{case.worker_name} 的“{title}”工钱还没结清{claim}。请马上付清，或者联系市场说明情况，{due} 前要办结。"
        tell_employer("case.opened", text, case, path=f"/employer/shifts/{placement.shift_id}/")
