"""Call-backs: whom to call now, the person's story beside, and what came of it under one key."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linggong.followups import operations, queries
from linggong.followups.models import CallBack
from linggong.web.acting import act_or_say
from linggong.web.desk.acts import found
from linggong.web.guards import staff
from linggong.web.requests import Request
from linggong.workers import operations as people
from linggong.workers import queries as workers
from linggong.workers.models import Worker

Outcome = CallBack.Outcome
KEYS = list(enumerate(Outcome.choices, start=1))
"""The key of each outcome, from 1."""


@staff
def calls(request: Request) -> HttpResponse:
    return render(request, "desk/calls.html", {"calls": queries.calls_due(viewer=request.viewer, limit=100)})


@staff
def call(request: Request, call_id: UUID) -> HttpResponse:
    """Sent, it shows the whole telephone number once, and writes down that it was seen for this call."""
    kept = found(lambda: queries.call(call_id, viewer=request.viewer))
    story = found(lambda: queries.story(kept.worker_id, viewer=request.viewer))
    context = {"call": kept, "story": story, "resume": workers.resume(story.worker), "outcomes": KEYS}
    if request.method == "POST":
        by, why = request.viewer, _("回访")
        context["telephone"] = act_or_say(
            request, lambda: people.reveal(worker=story.worker, field=number_of(story.worker), by=by, why=why)
        )
    return render(request, "desk/call.html", context)


@staff
@require_POST
def record(request: Request, call_id: UUID) -> HttpResponse:
    """Then on to what the outcome asks for, or to the next call."""
    kept = found(lambda: queries.call(call_id, viewer=request.viewer))
    outcome, note = request.POST.get("outcome", ""), request.POST.get("note", "")
    by = request.viewer
    done = _("%(name)s 的回访记下了。") % {"name": kept.worker_name}
    if not act_or_say(request, lambda: operations.record_call(call_back=kept, outcome=outcome, note=note, by=by), done):
        return redirect("desk:call", call_id)
    if outcome in (Outcome.OUT_OF_WORK, Outcome.UNPAID, Outcome.TROUBLE):
        return redirect("desk:worker", kept.worker_id)
    following = queries.calls_due(viewer=by, limit=1)
    return redirect("desk:call", following[0].id) if following else redirect("desk:calls")


def number_of(worker: Worker) -> str:
    """The field with the number that reaches somebody: their own, else that of whoever takes calls for them."""
    return "telephone" if worker.telephone_masked else "contact_telephone"
