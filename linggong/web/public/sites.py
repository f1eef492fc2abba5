"""The markets and stations of a county: where they are, when they are open, what they offer."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linggong.lib.errors import Refusal
from linggong.places import queries as places
from linggong.places.models import Site
from linggong.web.hall.figures import open_in
from linggong.web.public.county import SERVING, chosen, counties, sites_of
from linggong.web.public.picture import picture
from linggong.web.public.slips import cards
from linggong.web.requests import Request

SHOWN = 6


@require_safe
def sites(request: Request) -> HttpResponse:
    """Every market and station of the county, on a map and in a list."""
    county = chosen(request)
    if county is None:
        return render(request, "public/counties.html", {"counties": counties()})
    found = sites_of(county)
    kinds = [(kind.label, [site for site in found if site.kind == kind]) for kind in Site.Kind]
    context = {
        "county": county,
        "kinds": [(label, group) for label, group in kinds if group],
        "picture": picture(found, []),
    }
    return render(request, "public/places.html", context)


@require_safe
def site(request: Request, site_id: UUID) -> HttpResponse:
    """One market or station, and the jobs of its place."""
    try:
        found = places.site(site_id)
    except Refusal as refusal:
        raise Http404 from refusal
    around = list(open_in(found.division).order_by("starts", "id")[:SHOWN])
    context = {
        "county": chosen(request),
        "site": found,
        "serving": found.state in SERVING,
        "where": places.name_of(found.division),
        "jobs": cards(around),
    }
    return render(request, "public/place.html", context)
