"""Whose row it is, and in whose name the viewer acts on it."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse

from linggong.dispatch import queries as dispatch
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib.errors import Refusal
from linggong.pay import queries as pay
from linggong.posts import queries as posts
from linggong.posts.models import Job
from linggong.web.guards import employer_only
from linggong.web.requests import Request

Row = TypeVar("Row")
Page = Callable[..., HttpResponse]

READER = system("employer's page")
"""Rows are looked up past the scope, and shown to nobody before `side` has found whose they are."""


def side(viewer: Viewer, job: Job) -> Viewer:
    """The viewer of a job of its own; an agency stands in the name of the employer who entrusted the job to it.

    Raises Http404 for everybody else's.
    """
    if job.employer_id == viewer.employer_id:
        return viewer
    if job.entrusted_to_id is not None and job.entrusted_to_id == viewer.employer_id:
        return replace(viewer, employer_id=job.employer_id).acting_for(job.employer_name)
    raise Http404


def own(viewer: Viewer, job: str = "") -> Q:
    """The rows whose job (at the lookup `job`, like "shift__job__") is the viewer's own or entrusted to it."""
    return Q(**{f"{job}employer_id": viewer.employer_id}) | Q(**{f"{job}entrusted_to_id": viewer.employer_id})


def _opened(find: Callable[[UUID], Row], job_of: Callable[[Row], Job]) -> Callable[[Page], Page]:
    """A page about one row: `view(request, row, by)`, inside the scope of the side that the viewer stands on."""

    def decorate(view: Page) -> Page:
        @employer_only
        @wraps(view)
        def opened(request: Request, id: UUID, **kwargs: Any) -> HttpResponse:
            try:
                with within(READER):
                    row = find(id)
                    job = job_of(row)
            except Refusal as refusal:
                raise Http404 from refusal
            by = side(request.viewer, job)
            with within(by):
                return view(request, row, by, **kwargs)

        return opened

    return decorate


of_job = _opened(lambda id: posts.job(id, viewer=READER), lambda job: job)
of_shift = _opened(lambda id: posts.shift(id, viewer=READER), lambda shift: shift.job)
of_offer = _opened(lambda id: dispatch.offer(id, viewer=READER), lambda offer: offer.shift.job)
of_placement = _opened(lambda id: dispatch.placement(id, viewer=READER), lambda placement: placement.shift.job)
of_wage = _opened(lambda id: pay.wage(id, viewer=READER), lambda wage: wage.placement.shift.job)
of_payment = _opened(lambda id: pay.payment(id, viewer=READER), lambda payment: payment.wage.placement.shift.job)
