"""What both sides say afterwards, the calls that ask, and serving again who is out of work."""

from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import require
from linggong.attendance.parties import locked, require_party
from linggong.audit.operations import record
from linggong.dispatch.models import Placement
from linggong.dispatch.operations import note_outcome
from linggong.dispatch.pool import ShiftSuggestion
from linggong.dispatch.queries import best_shifts
from linggong.followups.calls import CallClosed, plan_call_backs, record_call
from linggong.followups.models import Rating
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.lib.errors import Refusal
from linggong.lib.text import plain
from linggong.workers import operations as workers
from linggong.workers.models import Worker
from linggong.workers.queries import worker as find_worker

__all__ = ["AlreadyRated", "CallClosed", "RatingRefused", "plan_call_backs", "rate", "record_call", "serve_again"]

WORKED = [Placement.State.ARRIVED, Placement.State.FINISHED]


class RatingRefused(Refusal):
    """Nothing that can be rated, or no rating."""

    code = "rating"


class AlreadyRated(Refusal):
    """This side has spoken; a rating is not taken back."""

    code = "already_rated"


def rate(
    *,
    placement: Placement,
    side: str,
    stars: int,
    words: str = "",
    as_advertised: bool | None = None,
    by: Viewer,
) -> Rating:
    """One side's word after the work, 1 to 5 stars; a worker also says whether the job was what the advert said.

    Raises RatingRefused, AlreadyRated, NotAllowed.
    """
    require_party(by, "rating.give", placement)
    with within(by):
        placement = locked(placement)
        _check(placement, side, stars, by)
        if Rating.objects.filter(placement=placement, side=side).exists():
            raise AlreadyRated(_("已经评价过了。"))
        rating = Rating(
            placement=placement,
            side=side,
            worker_id=placement.worker_id,
            employer_id=placement.employer_id,
            division=placement.division,
            stars=stars,
            words=plain(words)[:300],
            as_advertised=as_advertised if side == Rating.Side.WORKER else None,
        )
        rating.save(force_insert=True)
        if side == Rating.Side.EMPLOYER:
            note_outcome(placement.worker_id, placement.division, rating=stars)
        record("rating.given", by=by, about=placement, division=placement.division, side=side, stars=stars)
        return rating


def serve_again(*, worker: Worker, by: Viewer) -> list[ShiftSuggestion]:
    """Who is out of work looks for work again; the best open shifts for them. Raises NotAllowed."""
    require(by, "worker.serve_again")
    with within(by):
        worker = find_worker(worker.id, by)
        if worker.state != Worker.State.ACTIVE:
            worker = workers.set_state(worker=worker, state=Worker.State.ACTIVE, by=by)
        record("worker.served_again", by=by, about=worker, division=worker.division)
        return best_shifts(worker=worker)


def _check(placement: Placement, side: str, stars: int, by: Viewer) -> None:
    own = Rating.Side.WORKER if by.worker_id else Rating.Side.EMPLOYER if by.employer_id else side
    if side not in Rating.Side.values or side != own:
        raise RatingRefused(_("只能替自己这一边评价。"), field="side")
    if not 1 <= stars <= 5:
        raise RatingRefused(_("请给一到五颗星。"), field="stars")
    if placement.state not in WORKED:
        raise RatingRefused(_("干过活以后才能评价。"))
