"""The calls that are due, and one person's story on one page."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linggong.dispatch.models import Offer, Placement, Reputation
from linggong.dispatch.queries import offers_of_worker, placements_of_worker
from linggong.followups.models import CallBack, Rating
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.pay.models import Wage
from linggong.workers.models import Worker
from linggong.workers.queries import worker as find_worker

SHOWN = 10


class CallNotFound(Refusal):
    """There is no such call, or not for this viewer."""

    code = "call_not_found"


@dataclass(frozen=True)
class Story:
    """What a clerk wants to see of one person while they are on the telephone; each list is short."""

    worker: Worker
    reputation: Reputation
    offers: list[Offer]
    next: list[Placement]
    last: list[Placement]
    wages: list[Wage]
    ratings: list[Rating]
    calls: list[CallBack]


def call(call_id: UUID, *, viewer: Viewer) -> CallBack:
    """One call. Raises CallNotFound."""
    found = CallBack.objects.filter(pk=call_id).first()
    if found is None:
        raise CallNotFound(_("没有找到这次回访。"))
    return found


def calls_due(*, viewer: Viewer, limit: int = 50) -> list[CallBack]:
    """Whom to call now, the longest due first, each with its worker."""
    due = CallBack.objects.filter(state=CallBack.State.DUE, due_at__lte=clock.now())
    return list(due.select_related("worker").order_by("due_at", "id")[:limit])


def story(worker_id: UUID, *, viewer: Viewer) -> Story:
    """One person's page, in a fixed number of queries. Raises `workers.errors.NotFound`."""
    worker = find_worker(worker_id, viewer)
    unsettled = Wage.objects.filter(worker_id=worker_id).exclude(state=Wage.State.RECEIVED)
    ratings = Rating.objects.filter(worker_id=worker_id).select_related("placement__shift__job")
    calls = CallBack.objects.filter(worker_id=worker_id)
    return Story(
        worker=worker,
        reputation=reputation(worker_id),
        offers=offers_of_worker(worker_id=worker_id),
        next=placements_of_worker(worker_id=worker_id, upcoming=True, limit=SHOWN),
        last=placements_of_worker(worker_id=worker_id, upcoming=False, limit=SHOWN),
        wages=list(unsettled.select_related("placement__shift__job").order_by("due_on", "id")[:SHOWN]),
        ratings=list(ratings.order_by("-created_at")[:SHOWN]),
        calls=list(calls.order_by("-due_at")[:SHOWN]),
    )


def ratings_of(placement: Placement, *, viewer: Viewer) -> list[Rating]:
    """What both sides have said of one placement."""
    return list(Rating.objects.filter(placement=placement))


def reputation(worker_id: UUID) -> Reputation:
    """Shifts kept and missed, and the stars of employers; zeros for somebody new."""
    return Reputation.objects.filter(worker_id=worker_id).first() or Reputation(worker_id=worker_id)
