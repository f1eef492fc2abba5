"""Reading offers and places."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from linggong.dispatch.models import Offer, Placement, Standby
from linggong.dispatch.pool import ShiftSuggestion, Suggestion, judge, shifts_for, shortlist
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.matching.eligibility import Reason
from linggong.posts.models import Shift
from linggong.workers.models import Worker


class NotFound(Refusal):
    """There is no such offer or placement, or not for this viewer."""

    code = "not_found"


@dataclass(frozen=True)
class Progress:
    """How far the filling of a shift is: people asked, answers awaited, places confirmed and open."""

    asked: int
    waiting: int
    applied: int
    confirmed: int
    open_places: int
    standbys: int
    next_wave_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """How a worker and a shift stand to each other: the fit, what speaks against it, what was said already.

    `clash` is the worker's other placement at that time.
    """

    suggestion: Suggestion
    against: tuple[Reason, ...]
    offer: Offer | None
    placement: Placement | None
    standby: Standby | None
    clash: Placement | None


def best_workers(*, shift: Shift, viewer: Viewer, limit: int = 20) -> list[Suggestion]:
    """The best available workers, for those who may ask them: the viewer's scope must cover the shift."""
    if not viewer.covers(shift.division):
        raise NotFound(_("这个班次不在您负责的区域。"))
    return shortlist(shift, limit=limit).suggestions


def best_shifts(*, worker: Worker, limit: int = 20) -> list[ShiftSuggestion]:
    """The best open shifts for a worker, best first, with why."""
    return shifts_for(worker, limit=limit)


def standing(*, worker: Worker, shift: Shift) -> Standing:
    """Everything the worker needs to know before asking for a place of the shift."""
    own = Placement.objects.filter(worker=worker, state__in=Placement.HOLDS_TIME).select_related("shift__job")
    live = Offer.objects.filter(worker=worker, shift=shift).order_by("-created_at")
    against, suggestion = judge(worker, shift)
    return Standing(
        suggestion=suggestion,
        against=against,
        offer=live.select_related("shift__job").first(),
        placement=own.filter(shift=shift).first(),
        standby=Standby.objects.filter(worker=worker, shift=shift, state=Standby.State.WAITING).first(),
        clash=own.exclude(shift=shift).filter(period__overlap=(shift.starts, shift.ends)).first(),
    )


def contact_telephone(held: Placement, *, viewer: Viewer) -> str:
    """The number of the site's contact, for the worker who has the place: their agreement is its record."""
    own = viewer.worker_id == held.worker_id and held.state in Placement.HOLDS_TIME
    return held.shift.job.contact_telephone.open() if own else ""


def offer(offer_id: UUID, *, viewer: Viewer) -> Offer:
    """One offer, by its worker, its employer or the desk. Raises NotFound."""
    found = Offer.objects.select_related("shift__job").filter(pk=offer_id).first()
    if found is None:
        raise NotFound(_("没有找到这张派工单。"))
    return found


def placement(placement_id: UUID, *, viewer: Viewer) -> Placement:
    """One placement, by its worker, its employer or the desk. Raises NotFound."""
    found = Placement.objects.select_related("shift__job", "offer").filter(pk=placement_id).first()
    if found is None:
        raise NotFound(_("没有找到这次上工。"))
    return found


def offers_of_worker(*, worker_id: UUID) -> list[Offer]:
    """What waits for the worker's answer or the employer's, the soonest first."""
    live = Offer.objects.filter(worker_id=worker_id).filter(
        Q(state=Offer.State.WAITING, deadline__gte=clock.now()) | Q(state=Offer.State.APPLIED)
    )
    return list(live.select_related("shift__job").order_by("shift__starts")[:50])


def placements_of_worker(*, worker_id: UUID, upcoming: bool, limit: int = 30) -> list[Placement]:
    """The worker's confirmed shifts to come, or those that are over (the latest first)."""
    own = Placement.objects.filter(worker_id=worker_id).select_related("shift__job")
    if upcoming:
        ahead = own.filter(shift__ends__gte=clock.now(), state__in=[Placement.State.CONFIRMED, Placement.State.ARRIVED])
        return list(ahead.order_by("starts")[:limit])
    over = own.filter(Q(shift__ends__lt=clock.now()) | ~Q(state__in=["confirmed", "arrived"]))
    return list(over.order_by("-starts")[:limit])


def applicants(*, shift: Shift) -> list[Offer]:
    """Who waits for the employer's word, in the order of asking."""
    return list(Offer.objects.filter(shift=shift, state=Offer.State.APPLIED).order_by("answered_at"))


def placements(*, shift: Shift) -> list[Placement]:
    """Who has a place of the shift, cancelled ones left out."""
    held = Placement.objects.filter(shift=shift).exclude(state__startswith="cancelled")
    return list(held.select_related("attendance", "missing", "wage").order_by("created_at"))


def progress(shift: Shift) -> Progress:
    """How far the filling is, from the rows as they are now."""
    counted = Offer.objects.filter(shift=shift).aggregate(
        asked=Count("id", filter=~Q(origin=Offer.Origin.APPLICATION)),
        waiting=Count("id", filter=Q(state=Offer.State.WAITING)),
        applied=Count("id", filter=Q(state=Offer.State.APPLIED)),
    )
    last_wave = shift.waves.order_by("-number").first()
    return Progress(
        asked=counted["asked"],
        waiting=counted["waiting"],
        applied=counted["applied"],
        confirmed=shift.taken,
        open_places=shift.places - shift.taken,
        standbys=Standby.objects.filter(shift=shift, state=Standby.State.WAITING).count(),
        next_wave_at=last_wave.deadline if last_wave and shift.taken < shift.places else None,
    )
