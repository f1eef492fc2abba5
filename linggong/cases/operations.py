"""Taking a case, working on it, settling it. How cases come about is in `opening`."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linggong.attendance.parties import require_party
from linggong.attendance.telling import tell_employer, tell_worker
from linggong.audit.operations import record
from linggong.cases.models import Case, CaseStep
from linggong.cases.opening import dispute_wage, follow_calls, open_overdue
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.money import Fen, yuan
from linggong.lib.text import plain
from linggong.pay.models import Wage
from linggong.pay.operations import close_recovered

__all__ = [
    "CaseClosed",
    "StepRefused",
    "add_step",
    "dispute_wage",
    "follow_calls",
    "open_overdue",
    "settle",
    "take",
]

State = Case.State


class CaseClosed(Refusal):
    """The case has been settled."""

    code = "case_closed"


class StepRefused(Refusal):
    """A step without words, or a sum that cannot be."""

    code = "step"


def take(*, case: Case, by: Viewer) -> Case:
    """Somebody takes the case on; taking it again hands it over. Raises CaseClosed, NotAllowed."""
    require_party(by, "case.handle", case)
    with within(by):
        case = _locked(case)
        if case.state == State.WORKING and case.handler == by.name:
            return case
        case.state, case.handler, case.taken_at = State.WORKING, by.name, case.taken_at or clock.now()
        case.save(update_fields=["state", "handler", "taken_at"])
        _step(case, by, f"{by.name} 受理。")
        record("case.taken", by=by, about=case, division=case.division)
        tell_worker("case.taken", f"您的事 {by.name} 已经受理，正在办。", case)
        return case


def add_step(*, case: Case, by: Viewer, text: str) -> CaseStep:
    """What was done; the first after the case was taken is its report.

    Raises StepRefused, CaseClosed, NotAllowed.
    """
    require_party(by, "case.handle", case)
    with within(by):
        case = _locked(case)
        step = _step(case, by, _read(text))
        if case.state == State.WORKING and case.reported_at is None:
            case.reported_at = clock.now()
            case.save(update_fields=["reported_at"])
        record("case.step", by=by, about=case, division=case.division)
        return step


def settle(*, case: Case, by: Viewer, recovered_fen: Fen = 0, text: str) -> Case:
    """The case ends, with what was got back; the wage counts as received when that is all of it.

    Raises StepRefused, CaseClosed, NotAllowed.
    """
    require_party(by, "case.handle", case)
    with within(by):
        case = _locked(case)
        if not 0 <= recovered_fen <= case.claim_fen:
            most = {"most": yuan(case.claim_fen, get_language() or "zh")}
            raise StepRefused(_("追回的钱在 0 到 %(most)s 之间，请核对。") % most, field="recovered_fen")
        step = _step(case, by, _read(text))
        case.state, case.settled_at, case.recovered_fen = State.SETTLED, clock.now(), recovered_fen
        case.save(update_fields=["state", "settled_at", "recovered_fen"])
        record("case.settled", by=by, about=case, division=case.division, recovered_fen=recovered_fen)
        _close_wage(case, by)
        _tell_settled(case, step.text)
        return case


# ------------------------------------------------------------------ parts


def _locked(case: Case) -> Case:
    found = Case.objects.select_for_update().get(pk=case.pk)
    if found.state == State.SETTLED:
        raise CaseClosed(_("这件事已经办结。"))
    return found


def _read(text: str) -> str:
    found = plain(text)[:500]
    if not found:
        raise StepRefused(_("请写一句做了什么、结果怎样。"), field="text")
    return found


def _step(case: Case, by: Viewer, text: str) -> CaseStep:
    step = CaseStep(case=case, division=case.division, by_name=by.name, text=text)
    step.save(force_insert=True)
    return step


def _close_wage(case: Case, by: Viewer) -> None:
    if case.kind != Case.Kind.ARREARS or not case.claim_fen or case.recovered_fen < case.claim_fen:
        return
    wage = Wage.objects.filter(placement_id=case.placement_id).exclude(state=Wage.State.RECEIVED).first()
    if wage is not None:
        close_recovered(wage=wage, by=by)


def _tell_settled(case: Case, text: str) -> None:
    got = f"追回 {yuan(case.recovered_fen)}。" if case.recovered_fen else ""
    tell_worker("case.settled", f"您的事办结了。{got}{text} 有不同意见请到窗口说。", case)
    if case.kind == Case.Kind.ARREARS:
        tell_employer("case.settled", f"{case.worker_name} 的工钱一事已经办结。", case)
