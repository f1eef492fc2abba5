"""Registration by phone: a proven telephone, then a few questions a page; what was typed stays."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from linggong.accounts.models import Role
from linggong.accounts.operations import account_for
from linggong.foundation.viewer import PUBLIC, system
from linggong.lib import trades
from linggong.web.acting import attempt
from linggong.web.requests import Request
from linggong.web.signin import PROVEN, enter
from linggong.web.worker.draft import ORDER, Draft
from linggong.web.worker.pages import show
from linggong.web.worker.profile_forms import ProfileForm, searched
from linggong.workers import operations, queries
from linggong.workers.consent import PERSON
from linggong.workers.errors import KnownNumber
from linggong.workers.reading import division_of, read
from linggong.workers.records import NewWorker

STILL_UNSAID = {"trades": ((next(iter(trades.TRADES)), 2),), "consent": True}
"""What a later step asks stands in for itself while an earlier one is judged."""


@require_GET
def begin(request: Request) -> HttpResponse:
    """To the step to go on with."""
    if request.viewer.worker_id is not None:
        return redirect("worker:home")
    if PROVEN not in request.session:
        return redirect("signin:worker")
    return redirect("worker:register_step", Draft(request.session).first_open)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def answer(request: Request, step: str) -> HttpResponse:
    """One step: asked, answered, kept, and on to the next."""
    if step not in ORDER:
        raise Http404
    draft = Draft(request.session)
    if PROVEN not in request.session or request.viewer.worker_id is not None or _skips(draft, step):
        return redirect("worker:register")
    if request.method == "GET":
        return _ask(request, step, draft.forms[step])
    draft.keep(step, request.POST)
    form = draft.forms[step]
    if "search" in request.POST:
        return _ask(request, step, type(form)(known=form.known, initial=searched(request)))
    if not form.is_valid() or not attempt(form, request, lambda: _check(form, request)):
        return _ask(request, step, form)
    if step != ORDER[-1]:
        return redirect("worker:register_step", ORDER[ORDER.index(step) + 1])
    return _register(request, draft, form)


def _skips(draft: Draft, step: str) -> bool:
    """Whether an earlier step is still open."""
    return ORDER.index(draft.first_open) < ORDER.index(step)


def _check(form: ProfileForm, request: Request) -> bool:
    """Everything said so far, judged as at the end; raises what would be refused there."""
    new = _new(request, {**STILL_UNSAID, **form.known, **form.values()})
    read(new, division_of(new.division))
    if "identity_number" in form.fields and queries.find_duplicate(new.identity_number, PUBLIC):
        raise KnownNumber
    return True


def _register(request: Request, draft: Draft, form: ProfileForm) -> HttpResponse:
    new = _new(request, draft.known)
    worker = attempt(form, request, lambda: operations.register(new=new, by=PUBLIC, source="phone"))
    if worker is None:
        return _ask(request, ORDER[-1], form)
    account = account_for(role=Role.WORKER, subject_id=worker.id, name=worker.name, by=system("registration"))
    draft.forget()
    messages.success(request, _t("登记好了。您的卡号是 %(number)s。") % {"number": worker.card_number})
    return enter(request, account)


def _new(request: Request, said: dict[str, Any]) -> NewWorker:
    known = {name: value for name, value in said.items() if name in NewWorker.names()}
    return NewWorker(**{**known, "telephone": request.session[PROVEN]})


def _ask(request: Request, step: str, form: ProfileForm) -> HttpResponse:
    return show(
        request,
        "register",
        step=step,
        number=ORDER.index(step) + 1,
        steps=len(ORDER),
        before=ORDER[ORDER.index(step) - 1] if step != ORDER[0] else "",
        form=form,
        consent=PERSON.text,
    )
