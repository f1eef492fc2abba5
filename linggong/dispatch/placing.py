"""Who gets a place: accepting, confirming, booking and cancelling.

A place is taken by one conditional update of the shift's row, and a worker's time is kept free of overlaps by an
exclusion constraint; both hold under any number of concurrent requests. Locks are taken worker first, then shift.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed, require
from linggong.audit.operations import record
from linggong.dispatch import standby, wording
from linggong.dispatch.errors import AlreadyPlaced, OfferClosed, PlacesFull, TooLate
from linggong.dispatch.models import Offer, Placement
from linggong.dispatch.offers import lock_worker, make_offer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.text import plain
from linggong.notices import operations as notices
from linggong.notices.models import Notice
from linggong.posts import operations as posts
from linggong.posts.models import Job, Shift
from linggong.workers.models import Worker

CANCEL_UNTIL = timedelta(hours=2)


@dataclass(frozen=True)
class Answer:
    """What came of a yes: the offer, and the place where it was given at once (else the employer decides)."""

    offer: Offer
    placement: Placement | None


def accept(*, offer: Offer, by: Viewer) -> Answer:
    """The worker says yes. Repeating it gives the same answer.

    Raises OfferClosed, PlacesFull, AlreadyPlaced, NotEligible, NotAllowed.
    """
    _require_worker_side(by, offer)
    with within(by):
        lock_worker(offer.worker_id)
        offer = Offer.objects.select_for_update(of=("self",)).select_related("shift__job").get(pk=offer.pk)
        if offer.state == Offer.State.ACCEPTED:
            return Answer(offer, Placement.objects.get(offer=offer))
        if offer.state != Offer.State.WAITING or (offer.deadline and offer.deadline < clock.now()):
            raise OfferClosed
        if offer.shift.job.instant_confirmation or offer.origin == Offer.Origin.NAMED:
            return Answer(offer, _place(offer, by))
        return Answer(_hand_to_employer(offer, by), None)


def apply(*, shift: Shift, worker: Worker, by: Viewer) -> Answer:
    """A worker asks for a place of an open shift; it is given at once where the employer chose so.

    Repeating it gives the same answer. Raises PlacesFull, AlreadyPlaced, NotEligible, OfferClosed, NotAllowed.
    """
    if by.worker_id != worker.id:
        require(by, "placement.make")
    with within(by):
        lock_worker(worker.id)
        live = _live_offer(shift, worker)
        if live is not None and live.state == Offer.State.ACCEPTED:
            return Answer(live, Placement.objects.get(offer=live))
        if live is not None and live.state == Offer.State.APPLIED:
            return Answer(live, None)
        shift = _open_shift(shift)
        offer = live or make_offer(shift, worker, by, Offer.Origin.APPLICATION)
        if shift.job.instant_confirmation:
            return Answer(offer, _place(offer, by))
        return Answer(_hand_to_employer(offer, by), None)


def confirm(*, offer: Offer, by: Viewer) -> Placement:
    """The employer (or a clerk) takes an applicant. Raises OfferClosed, PlacesFull, AlreadyPlaced, NotAllowed."""
    posts.require_side(by, offer.shift.job)
    with within(by):
        lock_worker(offer.worker_id)
        offer = Offer.objects.select_for_update(of=("self",)).select_related("shift__job").get(pk=offer.pk)
        if offer.state == Offer.State.ACCEPTED:
            return Placement.objects.get(offer=offer)
        if offer.state != Offer.State.APPLIED:
            raise OfferClosed
        return _place(offer, by)


def place(*, shift: Shift, worker: Worker, by: Viewer) -> Placement:
    """A clerk books somebody who says yes at the window or on the telephone."""
    require(by, "placement.make")
    with within(by):
        lock_worker(worker.id)
        live = _live_offer(shift, worker)
        if live is not None and live.state == Offer.State.ACCEPTED:
            return Placement.objects.get(offer=live)
        shift = _open_shift(shift)
        offer = live or make_offer(shift, worker, by, Offer.Origin.DESK)
        return _place(offer, by.acting_for(worker.name))


def cancel_by_worker(*, placement: Placement, by: Viewer, reason: str = "") -> Placement:
    """The worker gives the place back, until two hours before the start; later only through a clerk."""
    if by.worker_id != placement.worker_id:
        require(by, "placement.make")
    elif clock.now() > may_cancel_until(placement):
        raise TooLate(_("离开工不到两小时，请打电话给用工方或者市场窗口。"))
    return _cancel(placement, by, reason, Placement.State.CANCELLED_BY_WORKER)


def cancel_by_employer(*, placement: Placement, by: Viewer, reason: str) -> Placement:
    """The employer gives up a confirmed person, with a reason that the person is told."""
    posts.require_side(by, placement.shift.job)
    if not plain(reason):
        raise Refusal(_("请写明取消的原因，工人会看到。"), field="reason", code="reason_missing")
    return _cancel(placement, by, reason, Placement.State.CANCELLED_BY_EMPLOYER)


def cancel_shift(*, shift: Shift, by: Viewer, reason: str) -> Shift:
    """A whole shift falls away; everybody confirmed or asked is told."""
    posts.require_side(by, shift.job)
    with within(by):
        held = shift.placements.filter(state=Placement.State.CONFIRMED)
        for placement in held.select_related("shift__job"):
            cancel_by_employer(placement=placement, by=by, reason=reason)
        Shift.objects.filter(pk=shift.pk).update(state=Shift.State.CANCELLED, listed=False)
        shift.refresh_from_db()
        with within(system("shift cancelled", shift.division)):
            _withdraw_waiting(shift)
        record("shift.cancelled", by=by, about=shift, division=shift.division, reason=plain(reason)[:200])
        return shift


def may_cancel_until(placement: Placement) -> datetime:
    """Until when the worker may cancel alone."""
    return placement.starts - CANCEL_UNTIL


# ------------------------------------------------------------------ parts


def _place(offer: Offer, by: Viewer) -> Placement:
    shift = offer.shift
    _require_open(shift)
    if not posts.take_place(shift):
        if not _steps_in(offer):
            raise PlacesFull
        posts.lend_place(shift)
    placement = Placement(
        worker_id=offer.worker_id,
        worker_name=offer.worker_name,
        card_number=offer.card_number,
        shift=shift,
        employer_id=offer.employer_id,
        division=offer.division,
        offer=offer,
        period=None if shift.job.kind == Job.Kind.PIECEWORK else DateTimeTZRange(shift.starts, shift.ends),
        starts=shift.starts,
    )
    try:
        with transaction.atomic():
            placement.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyPlaced from error
    offer.state, offer.answered_at = Offer.State.ACCEPTED, clock.now()
    offer.save(update_fields=["state", "answered_at"])
    record("placement.confirmed", by=by, about=placement, division=placement.division, origin=offer.origin)
    with within(system("placement", offer.division)):
        _withdraw_overlapping(placement)
        shift.refresh_from_db(fields=["taken", "filled_at"])
        if shift.taken >= shift.places:
            _withdraw_waiting(shift)
    _tell_both(placement)
    return placement


def _steps_in(offer: Offer) -> bool:
    """A called standby takes the place of somebody who is missing, before anybody has decided about that person."""
    return offer.origin == Offer.Origin.STANDBY and standby.is_somebody_missing(offer.shift)


def _cancel(placement: Placement, by: Viewer, reason: str, state: str) -> Placement:
    with within(by):
        lock_worker(placement.worker_id)
        held = Placement.objects.select_for_update(of=("self",)).select_related("shift__job")
        placement = held.get(pk=placement.pk)
        if placement.state == state:
            return placement
        if placement.state != Placement.State.CONFIRMED:
            raise OfferClosed
        placement.state, placement.cancelled_at, placement.cancel_reason = state, clock.now(), plain(reason)[:200]
        placement.save(update_fields=["state", "cancelled_at", "cancel_reason"])
        posts.free_place(placement.shift)
        record("placement.cancelled", by=by, about=placement, division=placement.division, side=state)
        _tell_cancelled(placement)
        if placement.shift.starts > clock.now():
            with within(system("standby", placement.division)):
                standby.call_standby(shift=placement.shift, by=system("standby", placement.division))
        return placement


def _require_worker_side(by: Viewer, offer: Offer) -> None:
    if by.worker_id == offer.worker_id or by.is_system:
        return
    require(by, "placement.make")
    if not by.covers(offer.division):
        raise NotAllowed(_("这张派工单不在您负责的区域。"))


def _require_open(shift: Shift) -> None:
    if shift.state != Shift.State.OPEN or not shift.listed or shift.ends <= clock.now():
        raise OfferClosed


def _open_shift(shift: Shift) -> Shift:
    """The shift as it is now. Only `take_place` decides who gets a place; this spares the work where none is left."""
    now = Shift.objects.select_related("job").get(pk=shift.pk)
    _require_open(now)
    if now.taken >= now.places:
        raise PlacesFull
    return now


def _live_offer(shift: Shift, worker: Worker) -> Offer | None:
    live = Offer.objects.filter(
        shift=shift, worker=worker, state__in=[Offer.State.WAITING, Offer.State.APPLIED, Offer.State.ACCEPTED]
    )
    offer = live.select_for_update(of=("self",)).select_related("shift__job").first()
    if offer is not None and offer.state == Offer.State.WAITING and offer.deadline and offer.deadline < clock.now():
        offer.state = Offer.State.EXPIRED
        offer.save(update_fields=["state"])
        return None
    return offer


def _hand_to_employer(offer: Offer, by: Viewer) -> Offer:
    offer.state, offer.answered_at = Offer.State.APPLIED, clock.now()
    offer.save(update_fields=["state", "answered_at"])
    record("offer.applied", by=by, about=offer, division=offer.division)
    notices.send(
        "application",
        _t("%(name)s 想来“%(title)s”，请确认。") % {"name": offer.worker_name, "title": offer.shift.job.title},
        recipient=Notice.Recipient.EMPLOYER,
        recipient_id=offer.employer_id,
        division=offer.division,
        about_id=offer.id,
        path=f"/employer/shifts/{offer.shift_id}/",
    )
    return offer


def _withdraw_overlapping(placement: Placement) -> None:
    if placement.period is None:
        return
    others = Offer.objects.filter(worker_id=placement.worker_id, state=Offer.State.WAITING)
    clashing = others.filter(
        Q(shift__starts__lt=placement.period.upper) & Q(shift__ends__gt=placement.period.lower)
    ).exclude(shift__job__kind=Job.Kind.PIECEWORK)
    _withdraw(list(clashing))


def _withdraw_waiting(shift: Shift) -> None:
    _withdraw(list(Offer.objects.filter(shift=shift, state=Offer.State.WAITING)))


def _withdraw(offers: list[Offer]) -> None:
    Offer.objects.filter(pk__in=[o.pk for o in offers]).update(state=Offer.State.WITHDRAWN, answered_at=clock.now())
    for offer in offers:
        notices.withdraw(offer.id, topic="offer")


def _tell_both(placement: Placement) -> None:
    shift = placement.shift
    notices.withdraw(placement.offer_id, topic="offer")
    notices.send(
        "placement",
        _t("定好了：%(when)s，%(title)s，%(pay)s，在%(place)s，找%(contact)s。")
        % {
            "when": wording.when(shift),
            "title": shift.job.title,
            "pay": wording.pay(shift.job),
            "place": shift.job.place_name,
            "contact": shift.job.contact_name,
        },
        recipient=Notice.Recipient.WORKER,
        recipient_id=placement.worker_id,
        division=placement.division,
        about_id=placement.id,
        path=f"/worker/shifts/{placement.id}/",
    )
    notices.send(
        "placement",
        _t("%(name)s 确认来“%(title)s”，已定 %(taken)s/%(places)s 人。")
        % {
            "name": placement.worker_name,
            "title": shift.job.title,
            "taken": shift.taken,
            "places": shift.places,
        },
        recipient=Notice.Recipient.EMPLOYER,
        recipient_id=placement.employer_id,
        division=placement.division,
        channels=(Notice.Channel.APP,) if shift.taken < shift.places else (Notice.Channel.APP, Notice.Channel.SMS),
        about_id=placement.id,
        path=f"/employer/shifts/{shift.id}/",
    )


def _tell_cancelled(placement: Placement) -> None:
    by_worker = placement.state == Placement.State.CANCELLED_BY_WORKER
    named = {"name": placement.worker_name, "title": placement.shift.job.title, "why": placement.cancel_reason or "—"}
    if by_worker:
        text = _t("%(name)s 来不了“%(title)s”了：%(why)s。我们正在补人。") % named
    else:
        text = _t("“%(title)s”取消了，不用去了。原因：%(why)s。我们再帮您找。") % named
    notices.send(
        "cancelled",
        text,
        recipient=Notice.Recipient.EMPLOYER if by_worker else Notice.Recipient.WORKER,
        recipient_id=placement.employer_id if by_worker else placement.worker_id,
        division=placement.division,
        about_id=placement.id,
        path=f"/employer/shifts/{placement.shift_id}/" if by_worker else f"/worker/shifts/{placement.id}/",
    )
