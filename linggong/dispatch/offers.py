"""派工单: writing an offer down and telling the worker of it."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import require
from linggong.audit.operations import record
from linggong.dispatch import pool, wording
from linggong.dispatch.errors import AlreadyPlaced, NotEligible, OfferClosed, PlacesFull
from linggong.dispatch.models import Block, Offer
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.text import compact, plain
from linggong.matching import acceptance, explanation
from linggong.matching.eligibility import Reason
from linggong.notices import operations as notices
from linggong.notices.models import Notice
from linggong.posts import operations as posts
from linggong.posts.models import Shift
from linggong.workers import queries as workers
from linggong.workers.models import Worker

HARD_REASONS = {Reason.BLOCKED, Reason.CERTIFICATE, Reason.AGE}
"""What no wish of the two overrules. Time and places are judged by the database when the place is taken."""


class MateUnknown(Refusal):
    """Nobody is registered under this card number or telephone."""

    code = "mate_unknown"


def lock_worker(worker_id: object) -> None:
    """One thing at a time for one worker, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(worker_id)])


def try_worker(worker_id: object) -> bool:
    """The same lock where nobody may wait, because a shift is locked already; False while the worker acts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [str(worker_id)])
        return bool(cursor.fetchone()[0])


def make_offer(
    shift: Shift,
    worker: Worker,
    by: Viewer,
    origin: str,
    *,
    deadline: datetime | None = None,
    suggestion: pool.Suggestion | None = None,
    **more: object,
) -> Offer:
    """Write an offer down, with why these two fit. Raises NotEligible on what nobody's wish overrules."""
    if suggestion is None:
        against, suggestion = pool.judge(worker, shift)
        if hard := tuple(reason for reason in against if reason in HARD_REASONS):
            raise NotEligible(hard)
    offer = Offer(
        worker=worker,
        worker_name=worker.name,
        card_number=worker.card_number,
        shift=shift,
        employer_id=shift.job.employer_id,
        division=shift.division,
        origin=origin,
        deadline=deadline,
        fit={
            "total": suggestion.fit,
            "terms": suggestion.terms,
            "weights": suggestion.weights_version,
            "distance_m": suggestion.distance_m,
            "clerk": {spoken: pool.why(suggestion.ranked, spoken, "clerk") for spoken in explanation.WORDS},
            "features": acceptance.features(suggestion.ranked.worker, suggestion.ranked.shift, _notice(shift)),
        },
        reason_zh=suggestion.reason_zh,
        reason_en=suggestion.reason_en,
        **more,
    )
    offer.save(force_insert=True)
    record("offer.made", by=by, about=offer, division=offer.division, origin=origin, fit=suggestion.fit)
    return offer


def ask(
    *,
    shift: Shift,
    worker: Worker,
    by: Viewer,
    origin: str,
    minutes: int = 30,
    referred_by: Worker | None = None,
    channels: tuple[str, ...] = (Notice.Channel.APP, Notice.Channel.SMS),
) -> Offer:
    """Ask one worker. A named request of an employer is an offer of origin `named`, and stays marked as such.

    A worker who has a live offer for the shift keeps that one. Raises NotEligible, PlacesFull, AlreadyPlaced.
    """
    _require_asker(by, shift, origin)
    with within(by):
        lock_worker(worker.id)
        live = Offer.objects.filter(shift=shift, worker=worker, state__in=["waiting", "applied", "accepted"]).first()
        if live is not None:
            return live
        if shift.taken >= shift.places and origin != Offer.Origin.STANDBY:
            raise PlacesFull
        if Reason.OVERLAP in pool.reasons_against(worker, shift):
            raise AlreadyPlaced
        made = make_offer(
            shift, worker, by, origin, deadline=clock.now() + timedelta(minutes=minutes), referred_by=referred_by
        )
        tell(made, channels)
        return made


def decline(*, offer: Offer, by: Viewer, reason: str, words: str = "") -> Offer:
    """The worker says no, and why; the market learns from it."""
    if reason not in Offer.Decline.values:
        raise Refusal(_("请选一个原因。"), field="reason", code="reason_missing")
    return _close(offer, by, Offer.State.DECLINED, decline=reason, words=plain(words)[:200])


def pass_on(*, offer: Offer, telephone_or_card: str, by: Viewer) -> Offer:
    """The worker cannot come and names a mate, who gets an offer of their own.

    Raises MateUnknown, and what `ask` raises.
    """
    mate = _mate(telephone_or_card)
    if mate is None or mate.id == offer.worker_id:
        raise MateUnknown(_("没有找到这位工友。请核对卡号或电话，或者让他先来登记。"), field="mate")
    with within(by):
        closed = _close(offer, by, Offer.State.PASSED_ON)
        with within(system("referral", offer.division)):
            referrer = Worker.objects.get(pk=closed.worker_id)
            return ask(
                shift=closed.shift,
                worker=mate,
                by=system("referral", offer.division),
                origin=Offer.Origin.REFERRAL,
                referred_by=referrer,
            )


def refuse(*, offer: Offer, by: Viewer, words: str = "") -> Offer:
    """The employer does not take an applicant; the applicant is told, with the employer's words."""
    posts.require_side(by, offer.shift.job)
    with within(by):
        found = _locked(offer)
        if found.state != Offer.State.APPLIED:
            raise OfferClosed
        found.state, found.answered_at, found.words = Offer.State.REFUSED, clock.now(), plain(words)[:200]
        found.save(update_fields=["state", "answered_at", "words"])
        record("offer.refused", by=by, about=found, division=found.division)
        notices.send(
            "application",
            _("“%(title)s”这次没选上。我们接着帮您找。%(words)s")
            % {"title": found.shift.job.title, "words": found.words},
            recipient=Notice.Recipient.WORKER,
            recipient_id=found.worker_id,
            division=found.division,
            about_id=found.id,
            path="/worker/jobs/",
        )
        return found


def expire_offers() -> int:
    """Offers whose time has run out; return how many. Called by the background work."""
    with within(system("expiry")):
        over = Offer.objects.filter(state=Offer.State.WAITING, deadline__lt=clock.now())
        ids = list(over.select_for_update(skip_locked=True).values_list("id", flat=True)[:500])
        Offer.objects.filter(id__in=ids).update(state=Offer.State.EXPIRED)
        for offer_id in ids:
            notices.withdraw(offer_id, topic="offer")
    return len(ids)


def block(*, worker: Worker, employer: Employer, by: Viewer, wished_by: str, reason: str = "") -> Block:
    """These two are not brought together again."""
    own = by.worker_id == worker.id if wished_by == "worker" else by.employer_id == employer.id
    if not own:
        require(by, "placement.make")
    with within(by):
        wish = Block(
            worker=worker, employer=employer, division=worker.division, wished_by=wished_by, reason=plain(reason)[:200]
        )
        Block.objects.bulk_create([wish], ignore_conflicts=True)
        record("pair.blocked", by=by, about=worker, division=worker.division, wished_by=wished_by)
        return wish


def tell(made: Offer, channels: tuple[str, ...]) -> None:
    """The invitation goes out."""
    notices.send(
        "offer",
        wording.invitation(made.shift, made.fit.get("distance_m")),
        recipient=Notice.Recipient.WORKER,
        recipient_id=made.worker_id,
        division=made.division,
        channels=channels,
        about_id=made.id,
        path=f"/worker/offers/{made.id}/",
    )


def _notice(shift: Shift) -> int:
    """Minutes until the start."""
    return max(int((shift.starts - clock.now()).total_seconds() // 60), 0)


def _require_asker(by: Viewer, shift: Shift, origin: str) -> None:
    if by.is_system:
        return
    if origin == Offer.Origin.NAMED:
        posts.require_side(by, shift.job)
    else:
        require(by, "placement.make")


def _close(offer: Offer, by: Viewer, state: str, **more: str) -> Offer:
    if by.worker_id != offer.worker_id:
        require(by, "placement.make")
    with within(by):
        lock_worker(offer.worker_id)
        found = _locked(offer)
        if found.state == state:
            return found
        if found.state not in (Offer.State.WAITING, Offer.State.APPLIED):
            raise OfferClosed
        found.state, found.answered_at = state, clock.now()
        for name, value in more.items():
            setattr(found, name, value)
        found.save(update_fields=["state", "answered_at", *more])
        notices.withdraw(found.id, topic="offer")
        record(f"offer.{state}", by=by, about=found, division=found.division, **more)
        return found


def _mate(telephone_or_card: str) -> Worker | None:
    """By whole telephone or card number; a telephone that several people share names nobody."""
    typed = compact(telephone_or_card)
    with within(system("referral")):
        if typed.isdecimal() and len(typed) < 9:
            return Worker.objects.filter(card_number=int(typed)).first()
    known = workers.of_telephone(typed)
    return known[0] if len(known) == 1 else None


def _locked(offer: Offer) -> Offer:
    return Offer.objects.select_for_update(of=("self",)).select_related("shift__job").get(pk=offer.pk)
