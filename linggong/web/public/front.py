"""The front page of a county, what the market is and keeps, and what machines ask for first."""

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linggong.lib import clock
from linggong.posts.models import Shift
from linggong.posts.queries import open_shifts
from linggong.web.hall.figures import Figures, day, open_in
from linggong.web.public.county import County, chosen, counties, sites_of
from linggong.web.public.picture import picture
from linggong.web.public.slips import cards
from linggong.web.requests import Request

SHOWN = 9
DRAWN = 500
LISTED = 45_000
"""A sitemap may hold 50,000 addresses: https://www.sitemaps.org/protocol.html."""


@require_safe
def front(request: Request) -> HttpResponse:
    """The county's market: its doors, its jobs, its figures of today, its map."""
    county = chosen(request)
    if county is None:
        return render(request, "public/counties.html", {"counties": counties()})
    sites = sites_of(county)
    shifts = list(open_in(county.code).order_by("starts", "id")[:DRAWN])
    today = day(county.code)
    context = {
        "county": county,
        "sites": sites,
        "jobs": cards(shifts[:SHOWN]),
        "more": len(shifts) > SHOWN,
        "figures": _figures(today.figures, county),
        "now": clock.now(),
        "picture": picture(sites, shifts),
    }
    return render(request, "public/front.html", context)


@require_safe
def about(request: Request) -> HttpResponse:
    """Free of charge; what is stored, who sees it, how to complain."""
    return render(request, "public/about.html", {"county": chosen(request)})


@require_safe
def robots(request: Request) -> HttpResponse:
    """What is public may be found; what is somebody's own is not for machines."""
    closed = ["/desk/", "/worker/", "/employer/", "/signin/", "/hall/", "/api/", "/c/"]
    lines = ["User-agent: *", *[f"Disallow: {path}" for path in closed]]
    lines.append(f"Sitemap: {urljoin(settings.PUBLIC_URL, reverse('public:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: Request) -> HttpResponse:
    """Every open job and the pages that lead to them."""
    fixed = [reverse(f"public:{name}") for name in ("front", "jobs", "places", "about")]
    shifts = open_shifts().order_by("starts", "id").values_list("id", flat=True)[:LISTED]
    paths = fixed + [reverse("public:job", args=[id]) for id in shifts]
    addresses = [urljoin(settings.PUBLIC_URL, path) for path in paths]
    return render(request, "public/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


def _figures(counted: Figures, county: County) -> list[dict[str, object]]:
    """What leads on leads to the list; figures about persons have no rows that the public may see."""
    jobs = reverse("public:jobs") + county.query
    return [
        {"value": _("%(n)s 个") % {"n": counted.open_places}, "label": _("还缺的岗位"), "url": jobs},
        {"value": _("%(n)s 家") % {"n": counted.employers}, "label": _("在招人的单位"), "url": jobs},
        {"value": _("%(n)s 人") % {"n": counted.registered}, "label": _("今天登记")},
        {"value": _("%(n)s 人次") % {"n": counted.confirmed}, "label": _("今天说好去的")},
        {"value": _("%(n)s 人次") % {"n": counted.arrived}, "label": _("今天已到岗")},
    ]


def some_open(division: str, trade: str = "", limit: int = 4) -> list[Shift]:
    """A few open jobs of a county to go on with, those of the trade first."""
    shifts = list(open_in(division).order_by("starts", "id")[:100])
    return sorted(shifts, key=lambda shift: shift.trade != trade)[:limit]
