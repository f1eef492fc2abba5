"""What every page of the worker has: who reads it, and how many messages wait."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from linggong.lib.errors import Refusal
from linggong.notices import queries as notices
from linggong.web.acting import attempt
from linggong.web.forms import PlainForm
from linggong.web.requests import Request
from linggong.workers import queries as workers
from linggong.workers.models import Worker

Found = TypeVar("Found")


def show(request: Request, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render `worker/<name>.html`."""
    if request.viewer.worker_id is not None:
        context["unread"] = notices.unread(viewer=request.viewer)
    return render(request, f"worker/{name}.html", context, status=status)


def me(request: Request) -> Worker:
    """The worker who reads, with trades and certificates."""
    return workers.worker(str(request.viewer.worker_id), request.viewer)


def found_or_404(find: Callable[[], Found]) -> Found:
    """What a query finds; what it does not find, or what is not this reader's, is a missing page."""
    try:
        return find()
    except Refusal as refusal:
        raise Http404 from refusal


def typed(request: Request) -> QueryDict | None:
    """What was sent to a form; None where it is only opened."""
    return request.POST if request.method == "POST" else None


def done(form: PlainForm, request: Request, act: Callable[[], object]) -> bool:
    """Whether the form is in order and its act was not refused; a refusal stands in the form."""
    return form.is_valid() and attempt(form, request, act) is not None
