"""The one search box, and the suggestions under fields that take a name."""

import re
from collections.abc import Iterable

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from linggong.employers import queries as employers
from linggong.employers.models import Employer
from linggong.foundation.viewer import Viewer
from linggong.lib.text import compact, plain
from linggong.lib.trades import find_trades
from linggong.places.models import Site
from linggong.places.queries import find_divisions, name_of
from linggong.posts.models import Job
from linggong.web.desk.acts import found, reach
from linggong.web.guards import staff
from linggong.web.requests import Request
from linggong.web.templatetags.ui import language
from linggong.workers import queries as workers

Suggestions = Iterable[tuple[str, str]]
"""What is put into the field, and what is said beside it."""


@staff
def search(request: Request) -> HttpResponse:
    """Workers, employers and jobs at once; a card in the form #1037, or a single hit, opens at once."""
    typed = request.GET.get("q", "")[:100]
    card = re.fullmatch("[#＃卡](?:号)?([0-9]{1,9})", compact(typed))
    if card:
        return redirect("desk:card", number=int(card[1]))
    people = workers.search(typed, request.viewer)
    firms = employers.search(typed, request.viewer, limit=10)
    jobs = jobs_named(typed, request.viewer)
    if len(people) == 1 and not firms and not jobs:
        return redirect("desk:worker", people[0].id)
    return render(request, "desk/search.html", {"q": typed, "workers": people, "employers": firms, "jobs": jobs})


@staff
def card(request: Request, number: int) -> HttpResponse:
    """Where the code on a card leads: for the desk to the person, for strangers to the sign-in."""
    return redirect("desk:worker", found(lambda: workers.by_card(number, request.viewer)).id)


def jobs_named(typed: str, viewer: Viewer, limit: int = 10) -> list[Job]:
    """Jobs of the viewer's reach by title, employer or trade, the latest first."""
    text = plain(typed)
    if len(text) < 2 or text.isdecimal():
        return []
    named = Q(title__icontains=text) | Q(employer_name__icontains=text)
    trades = [trade.code for trade in find_trades(text, limit=3)]
    rows = Job.objects.filter(named | Q(trade__in=trades), division__startswith=reach(viewer))
    return list(rows.prefetch_related("shifts").order_by("-created_at")[:limit])


@staff
def suggest(request: Request, kind: str) -> HttpResponse:
    """A short list for what has been typed so far; without scripts the form reads the same words itself."""
    if kind not in SUGGEST:
        raise Http404(kind)
    typed = plain(request.GET.get("q", ""))[:60]
    offered = SUGGEST[kind](typed, request.viewer) if typed else ()
    return render(request, "desk/suggestions.html", {"suggestions": list(offered)})


def _trades(typed: str, viewer: Viewer) -> Suggestions:
    english = language() == "en"
    return [(trade.zh, trade.en if english else "、".join(trade.aliases[:3])) for trade in find_trades(typed)]


def _places(typed: str, viewer: Viewer) -> Suggestions:
    divisions = [(name_of(each.code), "") for each in find_divisions(typed, reach(viewer))]
    sites = Site.objects.filter(name__icontains=typed, division__startswith=reach(viewer))[:3]
    return [*((site.name, site.address) for site in sites), *divisions]


def _employers(typed: str, viewer: Viewer) -> Suggestions:
    known = employers.search(typed, viewer, limit=8)
    may_post = [each for each in known if each.state in (Employer.State.PENDING, Employer.State.APPROVED)]
    return [(f"{each.name} {each.telephone_masked[-4:]}", each.get_state_display()) for each in may_post]


SUGGEST = {"trades": _trades, "places": _places, "employers": _employers}
