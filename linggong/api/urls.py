"""The API itself: version 1, its document at /api/v1/openapi.json."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext
from ninja import NinjaAPI

from linggong import __version__
from linggong.accounts.permissions import NotAllowed
from linggong.api.auth import ClientKey
from linggong.api.messages import keyed, signed
from linggong.api.routes import closed, public
from linggong.lib.errors import Refusal

api = NinjaAPI(
    title="Linggong 零工",
    version=__version__,
    description="The loop of a public gig labour market, for programs. Nobody pays a fee for anything here.",
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", public)
api.add_router("", closed, auth=ClientKey())
api.add_router("", keyed, auth=ClientKey())
api.add_router("", signed)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal is an answer: 403 where the caller may not, 404 where there is nothing, else 409."""
    if isinstance(refusal, NotAllowed):
        status = 403
    else:
        status = 404 if refusal.code.endswith("not_found") else 409
    problem = {"code": refusal.code, "sentence": gettext(str(refusal)), "field": refusal.field}
    return api.create_response(request, problem, status=status)


urlpatterns = [path("api/v1/", api.urls)]
