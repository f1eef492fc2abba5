"""我的: the resume as others read it, my card, and changing what I said."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linggong.foundation.personal import Sealed
from linggong.web.acting import act_or_say
from linggong.web.guards import worker_only
from linggong.web.requests import Request
from linggong.web.worker.pages import done, me, show, typed
from linggong.web.worker.profile_forms import (
    ContactForm,
    HomeForm,
    ProfileForm,
    SkillsForm,
    TermsForm,
    TradesForm,
    searched,
)
from linggong.workers import operations, queries
from linggong.workers.models import PriorityGroup, Worker
from linggong.workers.records import NewWorker

PARTS: dict[str, tuple[object, type[ProfileForm]]] = {
    "trades": (_("我会干的活"), TradesForm),
    "skills": (_("干得怎么样"), SkillsForm),
    "terms": (_("工钱、远近、时间"), TermsForm),
    "home": (_("我住的地方"), HomeForm),
    "contact": (_("怎么找我"), ContactForm),
}
NEXT = {"trades": "skills"}
"""Who has changed the trades says how well."""


@require_GET
@worker_only
def resume(request: Request) -> HttpResponse:
    worker = me(request)
    return show(
        request,
        "resume",
        worker=worker,
        card_address=request.build_absolute_uri(reverse("desk:card", args=[worker.card_number])),
        resume=queries.resume(worker),
        parts=[(part, label) for part, (label, _form) in PARTS.items()],
        groups=[PriorityGroup(group).label for group in worker.priority_groups],
        looking=worker.state == Worker.State.ACTIVE,
    )


@require_http_methods(["GET", "POST"])
@worker_only
def edit(request: Request, part: str) -> HttpResponse:
    """A few questions at a time, filled with what is kept."""
    if part not in PARTS:
        raise Http404
    label, form_class = PARTS[part]
    worker = me(request)
    known = _known(worker)
    if request.method == "POST" and "search" in request.POST:
        return _ask(request, part, label, form_class(known=known, initial=searched(request)))
    form = form_class(typed(request), known=known)
    if done(form, request, lambda: operations.update(worker=worker, changes=form.values(), by=request.viewer)):
        messages.success(request, _("改好了。"))
        return redirect("worker:resume_edit", NEXT[part]) if part in NEXT else redirect("worker:resume")
    return _ask(request, part, label, form)


@require_POST
@worker_only
def looking(request: Request) -> HttpResponse:
    """Pause, or look for work again."""
    again = request.POST.get("looking") == "yes"
    worker = me(request)
    act_or_say(
        request,
        lambda: operations.set_state(
            worker=worker, state=Worker.State.ACTIVE if again else Worker.State.PAUSED, by=request.viewer
        ),
        _("好，接着给您找活。") if again else _("好，先不打扰您。想干活了随时按“我要找活”。"),
    )
    return redirect("worker:resume")


def _ask(request: Request, part: str, label: object, form: ProfileForm) -> HttpResponse:
    return show(request, "edit", part=part, label=label, form=form)


def _known(worker: Worker) -> dict[str, Any]:
    """What is kept, as the forms know it; sealed values only where this person's own form asks for them."""
    fields = NewWorker.names() & {field.name for field in Worker._meta.get_fields()}
    kept = {name: getattr(worker, name) for name in fields}
    plain = {name: "" for name, value in kept.items() if isinstance(value, Sealed)}
    contact = worker.contact_telephone.open() if worker.contact_telephone else ""
    trades = tuple((row.trade, row.skill) for row in worker.trades.all())
    return {**kept, **plain, "contact_telephone": contact, "trades": trades}
