"""Working out what is owed, writing down what was paid, and the worker's word that it arrived.

Money goes one way: an employer owes and pays, a worker receives. No operation takes a sum from a worker.
"""

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linggong.attendance.hours import Period
from linggong.attendance.models import Attendance
from linggong.attendance.operations import write_work
from linggong.attendance.parties import locked, require_party
from linggong.attendance.telling import tell_desk, tell_employer, tell_worker
from linggong.audit.operations import record
from linggong.dispatch.models import Placement
from linggong.dispatch.operations import note_outcome
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.money import Fen, yuan
from linggong.lib.text import plain
from linggong.lib.words import day_words
from linggong.pay import reckoning
from linggong.pay.due import due_on
from linggong.pay.models import Payment, Wage
from linggong.pay.receipts import Upload, read_receipt
from linggong.places.queries import minimum_wage
from linggong.posts.models import Job, Shift
from linggong.workers.models import Worker

State = Wage.State


class WageFixed(Refusal):
    """Something was paid or disputed already: the hours cannot be changed any more."""

    code = "wage_fixed"


class OverPayment(Refusal):
    """More than is still to be paid."""

    code = "over_payment"


class PaymentRefused(Refusal):
    """A sum or a way that cannot be."""

    code = "payment"


class NotDueYet(Refusal):
    """The day by which it is to be paid has not come."""

    code = "not_due_yet"


class AlreadyReceived(Refusal):
    """The worker has confirmed the whole sum."""

    code = "already_received"


def settle(
    *,
    placement: Placement,
    by: Viewer,
    left_at: datetime | None = None,
    break_minutes: int | None = None,
    pieces: int | None = None,
) -> Wage:
    """Confirm the work of a placement and work out its wage. A repeat gives the same wage.

    Hours may be corrected until something is paid or disputed. Raises NotArrived, NotTheTime, WorkRefused, WageFixed,
    NotAllowed.
    """
    require_party(by, "wage.settle", placement)
    with within(by):
        placement = locked(placement)
        known = Wage.objects.select_for_update().filter(placement=placement).first()
        if known is not None and left_at is None and break_minutes is None and pieces is None:
            return known
        attendance = write_work(placement, by=by, left_at=left_at, break_minutes=break_minutes, pieces=pieces)
        reckoned = _reckon(placement.shift, attendance)
        if known is None:
            return _owe(placement, attendance, reckoned, by)
        return _correct(known, reckoned, by)


def record_payment(
    *,
    wage: Wage,
    amount_fen: Fen,
    way: str,
    reference: str = "",
    receipt: Upload | None = None,
    by: Viewer,
) -> Payment:
    """The employer (or a clerk for him) states a payment, whole or in part; `receipt` is a picture or PDF of it.

    Raises OverPayment, PaymentRefused, AlreadyReceived, ReceiptRefused, NotAllowed.
    """
    require_party(by, "wage.record_payment", wage)
    by = by.acting_for(wage.employer_name) if by.is_staff else by
    with within(by):
        wage = _locked(wage)
        _check_payment(wage, amount_fen, way)
        name, content = read_receipt(receipt) if receipt else ("", b"")
        payment = _pay(wage, amount_fen, way, plain(reference)[:60], name, by)
        _tell_paid(wage, amount_fen)
        if name:  # last, so that nothing but a lost connection leaves a file without its row
            default_storage.save(name, ContentFile(content))
        return payment


def confirm_receipt(*, wage: Wage, by: Viewer) -> Wage:
    """The worker (or a clerk for him) says it has come, whatever the employer wrote down. A repeat is harmless."""
    require_party(by, "wage.confirm_receipt", wage)
    by = by.acting_for(wage.worker_name) if by.is_staff else by
    with within(by):
        wage = _locked(wage)
        if wage.state != State.RECEIVED:
            _answer(wage, State.RECEIVED)
            record("wage.received", by=by, about=wage, division=wage.division)
            page = f"/employer/shifts/{wage.placement.shift_id}/"
            text = f"{wage.worker_name} 收到了 {yuan(wage.owed_fen)}，已经确认。"
            tell_employer("wage.received", text, wage, path=page)
        return wage


def dispute_receipt(*, wage: Wage, by: Viewer, words: str) -> Wage:
    """The worker (or somebody for him) says the money has not come; `cases` opens what follows from it.

    Before its day only a member of staff may, who has heard why. Raises AlreadyReceived, NotDueYet, NotAllowed.
    """
    require_party(by, "wage.dispute", wage)
    with within(by):
        wage = _locked(wage)
        if wage.state == State.RECEIVED:
            raise AlreadyReceived(_("这笔工钱您已经确认收到了。要是按错了，请给市场打个电话。"))
        if by.worker_id and wage.state == State.OWED and wage.due_on > clock.today():
            due = {"day": day_words(wage.due_on, clock.today(), get_language() or "zh")}
            raise NotDueYet(_("这笔工钱约好 %(day)s 前付，日子还没到。到时候没付，再来告诉我们。") % due)
        _answer(wage, State.DISPUTED, dispute=plain(words)[:300])
        record("wage.disputed", by=by, about=wage, division=wage.division)
        return wage


def close_recovered(*, wage: Wage, by: Viewer) -> Wage:
    """A rights officer has got the whole sum for the worker. Raises NotAllowed."""
    require_party(by, "case.handle", wage)
    with within(by):
        wage = _locked(wage)
        _answer(wage, State.RECEIVED)
        record("wage.recovered", by=by, about=wage, division=wage.division)
        return wage


# ------------------------------------------------------------------ what is owed


def _reckon(shift: Shift, attendance: Attendance) -> reckoning.Wage:
    job = shift.job
    minimum = minimum_wage(job.division, _work_day(shift))
    terms = reckoning.Terms(
        pay_fen=job.pay_fen,
        unit=job.pay_unit,
        planned_minutes=Period(shift.starts, shift.ends).minutes,
        break_minutes=attendance.break_minutes,
        minimum_hourly_fen=minimum.hourly_fen if minimum else 0,
    )
    work = reckoning.Work(
        minutes=attendance.minutes or 0,
        night_minutes=attendance.night_minutes or 0,
        pieces=attendance.pieces,
        days=Decimal(1) if job.kind == Job.Kind.PIECEWORK else None,
    )
    return reckoning.reckon(terms, work)


def _owe(placement: Placement, attendance: Attendance, reckoned: reckoning.Wage, by: Viewer) -> Wage:
    job = placement.shift.job
    wage = Wage(
        placement=placement,
        worker_id=placement.worker_id,
        worker_name=placement.worker_name,
        employer_id=placement.employer_id,
        employer_name=job.employer_name,
        division=placement.division,
        due_on=due_on(job.settlement, _work_day(placement.shift), _last_day(job)),
        **_sums(reckoned),
    )
    wage.save(force_insert=True)
    _finish(placement)
    record("wage.settled", by=by, about=wage, division=wage.division, owed_fen=wage.owed_fen)
    _tell_owed(wage)
    return wage


def _correct(wage: Wage, reckoned: reckoning.Wage, by: Viewer) -> Wage:
    before, sums = wage.owed_fen, _sums(reckoned)
    if all(getattr(wage, name) == value for name, value in sums.items()):
        return wage
    if wage.state != State.OWED or wage.paid_fen:
        raise WageFixed(_("这笔工钱已经付过或者有争议，工时不能再改。请找窗口处理。"))
    for name, value in sums.items():
        setattr(wage, name, value)
    wage.save(update_fields=list(sums))
    record("wage.corrected", by=by, about=wage, division=wage.division, before_fen=before, owed_fen=wage.owed_fen)
    _tell_owed(wage, f"（改过，原来是 {yuan(before)}）")
    return wage


def _sums(reckoned: reckoning.Wage) -> dict[str, object]:
    lines = [asdict(line) | {"count": str(line.count)} for line in reckoned.lines]
    return {"owed_fen": reckoned.fen, "lines": lines, "under_minimum": reckoned.under_minimum}


def _finish(placement: Placement) -> None:
    placement.state = Placement.State.FINISHED
    placement.save(update_fields=["state"])
    note_outcome(placement.worker_id, placement.division, kept=1)
    with within(system("settled")):  # an employer does not reach the worker's record
        Worker.objects.filter(pk=placement.worker_id).update(last_worked_on=_work_day(placement.shift))


def _work_day(shift: Shift) -> date:
    """The day on which the work ends: a night shift's is the morning after, work at home may be handed in early."""
    return clock.local(min(shift.ends, clock.now())).date()


def _last_day(job: Job) -> date:
    last: datetime = job.shifts.filter(state=Shift.State.OPEN).aggregate(last=Max("ends"))["last"] or clock.now()
    return clock.local(last).date()


def _tell_owed(wage: Wage, remark: str = "") -> None:
    title, due = wage.placement.shift.job.title, day_words(wage.due_on, clock.today())
    text = f"“{title}”工钱 {yuan(wage.owed_fen)}{remark}，{due} 前付给您。付了请您确认一下。"
    tell_worker("wage.owed", text, wage, path=worker_page(wage))
    if wage.under_minimum:
        tell_desk("wage.under_minimum", f"{wage.employer_name}“{title}”的工钱低于最低工资，请核实。", wage)


# ------------------------------------------------------------------ what is paid


def _check_payment(wage: Wage, amount_fen: Fen, way: str) -> None:
    if wage.state == State.RECEIVED:
        raise AlreadyReceived(_("本人已经确认收到，不用再登记。"))
    if way not in Payment.Way.values:
        raise PaymentRefused(_("请选择付款方式。"), field="way")
    if amount_fen <= 0:
        raise PaymentRefused(_("金额要大于零。"), field="amount_fen")
    if amount_fen > wage.left_fen:
        left = {"left": yuan(wage.left_fen, get_language() or "zh")}
        raise OverPayment(_("只差 %(left)s，登记的多了，请核对。") % left, field="amount_fen")


def _pay(wage: Wage, amount_fen: Fen, way: str, reference: str, receipt: str, by: Viewer) -> Payment:
    payment = Payment(
        wage=wage,
        worker_id=wage.worker_id,
        employer_id=wage.employer_id,
        division=wage.division,
        amount_fen=amount_fen,
        way=way,
        reference=reference,
        receipt=receipt,
        recorded_by=by.name,
    )
    payment.save(force_insert=True)
    wage.paid_fen += amount_fen
    wage.state = wage.state if wage.left_fen else State.PAID
    wage.save(update_fields=["paid_fen", "state"])
    record("wage.paid", by=by, about=wage, division=wage.division, amount_fen=amount_fen, way=way)
    return payment


def _tell_paid(wage: Wage, amount_fen: Fen) -> None:
    if wage.left_fen:
        text = f"{wage.employer_name} 说付了您 {yuan(amount_fen)}，还差 {yuan(wage.left_fen)}。"
    else:
        text = f"{wage.employer_name} 说 {yuan(wage.owed_fen)} 已经付给您了。收到了吗？请您确认。"
    tell_worker("wage.paid", text, wage, path=worker_page(wage))


# ------------------------------------------------------------------ parts


def worker_page(wage: Wage) -> str:
    """Where the worker answers whether it came."""
    return f"/worker/pay/{wage.id}/"


def _locked(wage: Wage) -> Wage:
    return Wage.objects.select_for_update().get(pk=wage.pk)


def _answer(wage: Wage, state: str, dispute: str | None = None) -> None:
    wage.state, wage.answered_at = state, clock.now()
    wage.dispute = wage.dispute if dispute is None else dispute
    wage.save(update_fields=["state", "answered_at", "dispute"])
