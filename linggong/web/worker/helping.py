"""求助 and messages: whom to call, what to do, what the market has told me."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from linggong.lib.geo import distance_m
from linggong.notices import operations, queries
from linggong.places import queries as places
from linggong.places.models import Site
from linggong.web.guards import worker_only
from linggong.web.requests import Request
from linggong.web.worker.pages import me, show
from linggong.workers.models import Worker

SITES_SHOWN = 5
"""The public page has them all."""


@require_GET
def help_page(request: Request) -> HttpResponse:
    """Whom to call, for anybody: who cannot sign in needs it most."""
    return show(request, "help", sites=_sites(request))


@require_http_methods(["GET", "POST"])
@worker_only
def messages(request: Request) -> HttpResponse:
    """My messages; they count as new until I say that I have read them."""
    if request.method == "POST":
        operations.mark_read(viewer=request.viewer)
        return redirect("worker:messages")
    return show(request, "messages", inbox=queries.inbox(viewer=request.viewer))


def _sites(request: Request) -> list[Site]:
    """The sites of my county, the nearest to my home first; without a login the markets, those of counties first."""
    worker = me(request) if request.viewer.worker_id is not None else None
    found = places.sites(worker.division[:6]) if worker else places.sites("", [Site.Kind.MARKET])
    serving = [site for site in found if site.state in (Site.State.OPEN, Site.State.TRIAL)]
    return sorted(serving, key=lambda site: (_away(worker, site), len(site.division)))[:SITES_SHOWN]


def _away(worker: Worker | None, site: Site) -> int:
    """Metres from home; 0 where home is not known, so that the order stays."""
    if worker is None or worker.latitude is None or worker.longitude is None:
        return 0
    return distance_m(worker.latitude, worker.longitude, site.latitude, site.longitude)
