"""求助 and messages: whom to call, what to do, what the market has told me."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from linggong.notices import operations, queries
from linggong.places import queries as places
from linggong.places.models import Site
from linggong.web.guards import worker_only
from linggong.web.requests import Request
from linggong.web.worker.pages import me, show


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
    """The sites of my county; without a login the markets."""
    if request.viewer.worker_id is None:
        found = places.sites("", [Site.Kind.MARKET])
    else:
        found = places.sites(me(request).division[:6])
    return [site for site in found if site.state in (Site.State.OPEN, Site.State.TRIAL)]
