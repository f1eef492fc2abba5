"""The day at a glance, and the rows behind its figures."""

from django.http import HttpResponse
from django.shortcuts import render

from linggong.attendance import queries as attendance
from linggong.attendance.queries import Starting
from linggong.cases import queries as cases
from linggong.employers import queries as employers
from linggong.followups import queries as followups
from linggong.messages import queries as messages
from linggong.messages.models import Draft
from linggong.pay import queries as pay
from linggong.posts import queries as posts
from linggong.web.desk import figures
from linggong.web.guards import staff
from linggong.web.requests import Request

A_FEW = 6
A_PAGE = 100


@staff
def home(request: Request) -> HttpResponse:
    """What needs a hand now, the most urgent first; each line with its one next act."""
    viewer = request.viewer
    context = {
        "figures": figures.figures(viewer),
        "missing": attendance.missing_now(viewer=viewer, limit=A_FEW),
        "contested": attendance.contested(viewer=viewer, limit=A_FEW),
        "starting": [still_missing(each) for each in attendance.starts_soon(viewer=viewer)[:A_FEW]],
        "open_shifts": figures.open_shifts(viewer, A_FEW),
        "overdue": pay.overdue(viewer=viewer, limit=A_FEW),
        "calls": followups.calls_due(viewer=viewer, limit=A_FEW),
        "checking": posts.checking(viewer=viewer, limit=A_FEW),
        "drafts": messages.drafts(Draft.State.NEW, viewer=viewer, limit=A_FEW),
        "pending": employers.pending(viewer, A_FEW),
        "cases": cases.open_cases(viewer=viewer, limit=A_FEW),
    }
    return render(request, "desk/day.html", context)


@staff
def arrivals(request: Request) -> HttpResponse:
    """Everybody expected today, by start, with who has come."""
    rows = figures.expected_today().select_related("shift__job", "attendance", "missing")
    absent = request.GET.get("show") == "absent"
    if absent:
        rows = rows.filter(attendance=None)
    context = {"placements": list(rows.order_by("starts", "card_number")[:500]), "absent": absent}
    return render(request, "desk/arrivals.html", context)


@staff
def registrations(request: Request) -> HttpResponse:
    """Who was registered today, the latest first."""
    rows = figures.registered_today().prefetch_related("trades").select_related("registered_at")
    return render(request, "desk/workers.html", {"workers": list(rows.order_by("-created_at")[:A_PAGE])})


def still_missing(starting: Starting) -> tuple[Starting, int]:
    return starting, starting.expected - starting.arrived
