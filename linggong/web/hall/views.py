"""The hall screen, and what it asks for every few seconds."""

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.places import queries as places
from linggong.places.models import Site
from linggong.web.hall.board import CHART_HEIGHT, ROWS, board
from linggong.web.requests import Request

SERVING = (Site.State.OPEN, Site.State.TRIAL)
HALLS = (Site.Kind.MARKET, Site.Kind.STATION)
COUNTY_DIGITS = 6
DUSK, DAWN = (21, 0), (5, 30)


@dataclass(frozen=True)
class Bar:
    """One bar of the day's chart, in the units of the picture."""

    kind: str
    x: int
    y: int
    height: int


@require_safe
def choose(request: Request) -> HttpResponse:
    """Which hall is this screen in?"""
    sites = Site.objects.filter(kind__in=HALLS, state__in=SERVING).order_by("division", "kind", "name")
    first_of_each: dict[str, Site] = {}
    for site in sites:
        first_of_each.setdefault(site.division, site)
    return render(request, "hall/choose.html", {"sites": first_of_each.values()})


@require_safe
@never_cache
def hall(request: Request, code: str) -> HttpResponse:
    """The whole screen; without scripts it comes anew each minute and turns its page."""
    site = _site_or_404(code)
    shown = board(site, code)
    page, pages = _page(len(shown["rows"]))
    rows = shown["rows"][page * ROWS :][:ROWS]
    context = {
        "site": site,
        "code": code,
        "board": shown,
        "now": clock.local(clock.now()),
        "rows": rows + [None] * (ROWS - len(rows)),
        "page": page + 1,
        "pages": pages,
        "call": next(iter(shown["calls"]), None),
        "figures": _figures(shown["figures"]),
        "bars": _bars(shown["bars"]),
        "base": CHART_HEIGHT,
        "night": _is_night(),
        "jobs_url": urljoin(settings.PUBLIC_URL, reverse("public:jobs")),
    }
    return render(request, "hall/screen.html", context)


@require_safe
def data(request: Request, code: str) -> HttpResponse:
    """What changes on the screen; 304 where nothing has changed since the screen's last question."""
    answer = JsonResponse(board(_site_or_404(code), code))
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    found = get_conditional_response(request, etag=etag, response=answer)
    assert found is not None
    found["ETag"], found["Cache-Control"] = etag, "no-store"
    return found


def _site_or_404(code: str) -> Site:
    """The site in whose hall the screen hangs: the division's own, the market before a station, else the county's."""
    try:
        places.division(code)
    except Refusal as refusal:
        raise Http404 from refusal
    if len(code) < COUNTY_DIGITS:
        raise Http404
    serving = Site.objects.filter(kind__in=HALLS, state__in=SERVING)
    own_or_county = serving.filter(division__startswith=code) | serving.filter(division=code[:COUNTY_DIGITS])

    def order(site: Site) -> tuple[bool, bool, int, str]:
        return not site.division.startswith(code), site.kind != Site.Kind.MARKET, len(site.division), site.name

    found = min(own_or_county, key=order, default=None)
    if found is None:
        raise Http404
    return found


def _page(jobs: int) -> tuple[int, int]:
    """The page of this minute (from 0) and how many there are."""
    pages = max(-(-jobs // ROWS), 1)
    return clock.now().minute % pages, pages


def _figures(counts: dict[str, int]) -> list[dict[str, Any]]:
    """Each figure with its words: what it is, and what is counted."""
    told = [
        ("registered", _("今天来登记的"), _("人")),
        ("employers", _("在招人的单位"), _("家")),
        ("open_places", _("还缺"), _("个岗位")),
        ("confirmed", _("今天说好去的"), _("人次")),
        ("arrived", _("今天已到岗"), _("人次")),
    ]
    return [{"name": name, "label": label, "unit": unit, "value": counts[name]} for name, label, unit in told]


def _bars(heights: list[int]) -> list[Bar]:
    """Two bars an hour: registrations, and beside them arrivals."""
    kinds = ("registered", "arrived")
    return [
        Bar(kinds[n % 2], n // 2 * 20 + n % 2 * 9 + 1, CHART_HEIGHT - height, height)
        for n, height in enumerate(heights)
    ]


def _is_night() -> bool:
    now = clock.local(clock.now())
    return not DAWN <= (now.hour, now.minute) < DUSK
