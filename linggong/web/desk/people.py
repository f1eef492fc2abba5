"""Workers at the desk: registering, the story of one person, and everything that can be done for them."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linggong.audit import queries as audit
from linggong.cases import queries as cases
from linggong.dispatch import operations as dispatch
from linggong.dispatch import queries as dispatching
from linggong.followups import operations as serving
from linggong.followups import queries as followups
from linggong.foundation.viewer import Viewer
from linggong.lib.errors import Refusal
from linggong.lib.identity import IdentityNumber, read_identity_number
from linggong.posts import queries as posts
from linggong.web.acting import act_or_say, attempt
from linggong.web.desk.acts import back, found, own_site
from linggong.web.desk.worker_form import ChangeForm, WorkerForm
from linggong.web.guards import staff
from linggong.web.requests import Request
from linggong.workers import consent, operations
from linggong.workers import queries as workers
from linggong.workers.models import Worker
from linggong.workers.reading import age
from linggong.workers.records import Found


@dataclass(frozen=True)
class Checked:
    """What an identity number says by itself: who it is, whether known already, or why it is none."""

    number: IdentityNumber | None = None
    age: int = 0
    known: Found | None = None
    refusal: str = ""


@staff
def new(request: Request) -> HttpResponse:
    """One screen; Enter saves and the card comes up for printing."""
    form = WorkerForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        site = own_site(request.viewer)
        made = attempt(form, request, lambda: operations.register(new=form.new(), by=request.viewer, site=site))
        if made:
            return redirect(reverse("desk:worker_card", args=[made.id]) + "?new=1")
    typed = request.POST.get("identity_number", "")
    checked = check(typed, request.viewer) if typed else None
    context = {"form": form, "consent": consent.PERSON, "checked": checked}
    return render(request, "desk/worker_new.html", context)


@staff
@require_POST
def check_number(request: Request) -> HttpResponse:
    """Birth date, sex and whether the person is known, as soon as the number is typed."""
    typed = request.POST.get("identity_number", "")
    context = {"checked": check(typed, request.viewer) if typed.strip() else None}
    return render(request, "desk/identity_check.html", context)


def check(typed: str, viewer: Viewer) -> Checked:
    try:
        number = read_identity_number(typed)
        return Checked(number, age(number.birth_date), workers.find_duplicate(typed, viewer))
    except Refusal as refusal:
        return Checked(refusal=_(str(refusal)))


@staff
def worker(request: Request, worker_id: UUID) -> HttpResponse:
    """The person's story on one page."""
    return _story(request, worker_id)


@staff
@require_POST
def reveal(request: Request, worker_id: UUID) -> HttpResponse:
    """The same page, once, with one sealed field in plain; that it was seen is written down."""
    kept = found(lambda: workers.worker(worker_id, request.viewer))
    field, why = request.POST.get("field", ""), request.POST.get("why", "")
    plain = act_or_say(request, lambda: operations.reveal(worker=kept, field=field, by=request.viewer, why=why))
    return redirect("desk:worker", worker_id) if plain is None else _story(request, worker_id, {field: plain or "—"})


def _story(request: Request, worker_id: UUID, revealed: dict[str, str] | None = None) -> HttpResponse:
    story = found(lambda: followups.story(worker_id, viewer=request.viewer))
    looking = story.worker.state == Worker.State.ACTIVE
    context = {
        "story": story,
        "worker": story.worker,
        "resume": workers.resume(story.worker),
        "shifts": dispatching.best_shifts(worker=story.worker, limit=9) if looking else [],
        "cases": cases.cases_of_worker(worker_id, viewer=request.viewer),
        "trail": audit.of_object(worker_id, limit=12),
        "revealed": revealed or {},
    }
    return render(request, "desk/worker.html", context)


@staff
def edit(request: Request, worker_id: UUID) -> HttpResponse:
    kept = found(lambda: workers.worker(worker_id, request.viewer))
    form = ChangeForm(request.POST or None, viewer=request.viewer, worker=kept)
    if request.method == "POST" and form.is_valid():
        by = request.viewer
        changed = attempt(form, request, lambda: operations.update(worker=kept, changes=form.changes(), by=by))
        if changed:
            return redirect("desk:worker", worker_id)
    return render(request, "desk/worker_edit.html", {"form": form, "worker": kept})


@staff
def resume(request: Request, worker_id: UUID) -> HttpResponse:
    """A sheet to print and hand over."""
    kept = found(lambda: workers.worker(worker_id, request.viewer))
    context = {"worker": kept, "resume": workers.resume(kept), "address": card_address(request, kept)}
    return render(request, "desk/resume.html", context)


@staff
def card(request: Request, worker_id: UUID) -> HttpResponse:
    """The card with its code; after a registration it prints by itself and Enter opens the next form."""
    kept = found(lambda: workers.worker(worker_id, request.viewer))
    context = {
        "worker": kept,
        "address": card_address(request, kept),
        "site": kept.registered_at or own_site(request.viewer),
        "new": "new" in request.GET,
    }
    return render(request, "desk/card.html", context)


def card_address(request: Request, kept: Worker) -> str:
    return request.build_absolute_uri(reverse("desk:card", args=[kept.card_number]))


@staff
@require_POST
def set_state(request: Request, worker_id: UUID) -> HttpResponse:
    kept = found(lambda: workers.worker(worker_id, request.viewer))
    state = request.POST.get("state", "")
    act_or_say(request, lambda: operations.set_state(worker=kept, state=state, by=request.viewer), _("已经改好。"))
    return back(request, reverse("desk:worker", args=[worker_id]))


@staff
@require_POST
def book(request: Request, worker_id: UUID, shift_id: UUID) -> HttpResponse:
    """A place for somebody who says yes at the window or on the telephone."""
    kept = found(lambda: workers.worker(worker_id, request.viewer))
    shift = found(lambda: posts.shift(shift_id, viewer=request.viewer))
    done = _("%(name)s 已定好“%(title)s”，双方都通知了。") % {"name": kept.name, "title": shift.job.title}
    act_or_say(request, lambda: dispatch.place(shift=shift, worker=kept, by=request.viewer), done)
    return back(request, reverse("desk:worker", args=[worker_id]))


@staff
@require_POST
def stand_by(request: Request, worker_id: UUID, shift_id: UUID) -> HttpResponse:
    kept = found(lambda: workers.worker(worker_id, request.viewer))
    shift = found(lambda: posts.shift(shift_id, viewer=request.viewer))
    done = _("%(name)s 已排上候补，有人来不了就叫他。") % {"name": kept.name}
    act_or_say(request, lambda: dispatch.stand_by(shift=shift, worker=kept, by=request.viewer), done)
    return back(request, reverse("desk:worker", args=[worker_id]))


@staff
@require_POST
def serve_again(request: Request, worker_id: UUID) -> HttpResponse:
    """Back among those who look for work; the best shifts stand on the person's page."""
    kept = found(lambda: workers.worker(worker_id, request.viewer))
    done = _("%(name)s 又在找活了，合适的活在下面。") % {"name": kept.name}
    act_or_say(request, lambda: serving.serve_again(worker=kept, by=request.viewer), done)
    return redirect("desk:worker", worker_id)
