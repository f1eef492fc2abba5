"""What matters now: an offer to answer, the next shift, a wage to confirm, then the best jobs near."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from linggong.dispatch import queries as dispatch
from linggong.dispatch.models import Offer
from linggong.lib import clock
from linggong.pay import queries as pay
from linggong.pay.models import Wage
from linggong.web.guards import worker_only
from linggong.web.requests import Request
from linggong.web.worker.pages import me, show
from linggong.web.worker.shifts import hold
from linggong.web.worker.slips import by_words, sentence, slip_of
from linggong.workers.models import Worker

JOBS_SHOWN = 3


@require_GET
@worker_only
def home(request: Request) -> HttpResponse:
    worker = me(request)
    waiting = [o for o in dispatch.offers_of_worker(worker_id=worker.id) if o.state == Offer.State.WAITING]
    held = dispatch.placements_of_worker(worker_id=worker.id, upcoming=True, limit=1)
    looking = worker.state == Worker.State.ACTIVE
    return show(
        request,
        "home",
        worker=worker,
        looking=looking,
        offer=waiting[0] if waiting else None,
        say=sentence(waiting[0].shift, waiting[0].fit.get("distance_m")) if waiting else "",
        answer_by=by_words(waiting[0].deadline) if waiting else "",
        more_offers=len(waiting) - 1,
        next=hold(held[0], request.viewer) if held else None,
        wages=[wage for wage in pay.wages_of_worker(viewer=request.viewer) if may_have_come(wage)],
        slips=[slip_of(found) for found in dispatch.best_shifts(worker=worker, limit=JOBS_SHOWN)] if looking else [],
    )


def may_have_come(wage: Wage) -> bool:
    """Whether to ask if the money has come: the employer says so, or its day is here."""
    return wage.state == Wage.State.PAID or (wage.state == Wage.State.OWED and wage.due_on <= clock.today())
