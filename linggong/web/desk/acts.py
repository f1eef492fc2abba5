"""What the desk's views share: rows that are not there, ways back, and acts that are not done twice."""

from collections.abc import Callable
from typing import TypeVar
from uuid import uuid4

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from linggong.foundation.viewer import EVERYWHERE, Viewer
from linggong.lib.errors import Refusal
from linggong.places.models import Site
from linggong.places.queries import SiteUnknown, site
from linggong.web.requests import Request

Row = TypeVar("Row")


def found(read: Callable[[], Row]) -> Row:
    """What a query gives; where it refuses, the page is not there for this viewer."""
    try:
        return read()
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal


def back(request: Request, otherwise: str) -> HttpResponse:
    """To the page from which the act was sent."""
    page = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(page if safe else otherwise)


def reach(viewer: Viewer) -> str:
    """The prefix of division codes below which the viewer works; empty for the whole country."""
    return "" if viewer.division in (None, EVERYWHERE) else str(viewer.division)


def own_site(viewer: Viewer) -> Site | None:
    """The market or station at whose window the viewer sits."""
    try:
        return site(viewer.site_id) if viewer.site_id else None
    except SiteUnknown:
        return None


def request_key() -> str:
    return uuid4().hex


class RequestKey(forms.CharField):
    """Names one filled-in form, so that sending it twice does its act once."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, max_length=64, initial=request_key)
