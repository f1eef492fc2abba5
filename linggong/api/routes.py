"""The API's routes, in the order of the loop."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from linggong.api import schemas
from linggong.api.acting import answer
from linggong.api.auth import caller
from linggong.attendance import operations as attendance
from linggong.cases import operations as cases
from linggong.dispatch import operations as dispatch
from linggong.dispatch import queries as dispatch_queries
from linggong.employers import operations as employers
from linggong.employers import queries as employer_queries
from linggong.employers.records import NewEmployer
from linggong.followups import operations as followups
from linggong.foundation.scope import within
from linggong.pay import operations as pay
from linggong.pay import queries as pay_queries
from linggong.places import queries as places
from linggong.posts import operations as posts
from linggong.posts import queries as post_queries
from linggong.posts import vetting
from linggong.posts.records import JobFilter, NewJob, NewShift
from linggong.workers import operations as workers
from linggong.workers import queries as worker_queries
from linggong.workers.records import NewWorker

public = Router(tags=["public"])
closed = Router(tags=["loop"])


REFUSED = frozenset({403, 404, 409})


def answers(form: Any) -> dict[Any, Any]:
    """What a call can be answered with: 200 in its form, or why it was refused."""
    return {200: form, REFUSED: schemas.Problem}


# ------------------------------------------------------------------ for everybody


@public.get("/shifts", response=list[schemas.OpenShiftOut])
def open_shifts(request: HttpRequest, wanted: Query[schemas.OpenShifts]) -> Any:
    """Open shifts, the earliest first."""
    return post_queries.public_jobs(JobFilter(trade=wanted.trade, division=wanted.division), limit=wanted.limit)


@public.get("/sites", response=list[schemas.SiteOut])
def sites(request: HttpRequest, wanted: Query[schemas.Sites]) -> Any:
    """Markets, stations and riders' homes of a division."""
    return places.sites(wanted.division)


# ------------------------------------------------------------------ workers and employers


@closed.post("/workers", response=answers(schemas.WorkerOut))
def register_worker(request: HttpRequest, body: schemas.WorkerIn) -> Any:
    """Register a worker. A person who is known already is refused with where and when."""
    fields = body.model_dump(exclude={"trades"})
    new = NewWorker(trades=tuple((t.trade, t.skill) for t in body.trades), **_tuples(fields))
    return answer(
        request,
        schemas.WorkerOut,
        lambda by: worker_queries.worker(workers.register(new=new, by=by, source="api").id, by),
        body,
    )


@closed.get("/workers", response=answers(list[schemas.WorkerOut]))
def find_workers(request: HttpRequest, wanted: Query[schemas.Search]) -> Any:
    """By name, pinyin, initials, telephone, card number or last four digits."""
    viewer = caller(request)
    with within(viewer):
        return [schemas.WorkerOut.from_orm(w) for w in worker_queries.search(wanted.q, viewer)]


@closed.post("/employers", response=answers(schemas.EmployerOut))
def register_employer(request: HttpRequest, body: schemas.EmployerIn) -> Any:
    """Register an employer, who waits to be vetted."""
    new = NewEmployer(**body.model_dump())
    return answer(request, schemas.EmployerOut, lambda by: employers.register(new=new, by=by, source="api"), body)


@closed.post("/employers/{employer_id}/approve", response=answers(schemas.EmployerOut))
def approve_employer(request: HttpRequest, employer_id: UUID) -> Any:
    """The employer may post; jobs that waited only for this are shown."""
    return answer(
        request,
        schemas.EmployerOut,
        lambda by: vetting.approve(employer=employer_queries.employer(employer_id, by), by=by),
    )


# ------------------------------------------------------------------ jobs


@closed.post("/jobs", response=answers(schemas.JobOut))
def post_job(request: HttpRequest, body: schemas.JobIn) -> Any:
    """Post a job. Where the screening finds something, its state is `checking` until a clerk decides."""
    fields = body.model_dump(exclude={"shifts"})
    new = NewJob(shifts=tuple(NewShift(s.starts, s.ends, s.places) for s in body.shifts), **_tuples(fields))
    return answer(
        request,
        schemas.JobOut,
        lambda by: post_queries.job(posts.post(new=new, by=by, source="api").id, viewer=by),
        body,
    )


@closed.get("/jobs/{job_id}", response=answers(schemas.JobOut))
def job(request: HttpRequest, job_id: UUID) -> Any:
    viewer = caller(request)
    with within(viewer):
        return schemas.JobOut.from_orm(post_queries.job(job_id, viewer=viewer))


@closed.post("/jobs/{job_id}/decision", response=answers(schemas.JobOut))
def decide_job(request: HttpRequest, job_id: UUID, body: schemas.DecisionIn) -> Any:
    """A clerk's decision about a job that waits."""
    return answer(
        request,
        schemas.JobOut,
        lambda by: posts.decide(job=post_queries.job(job_id, viewer=by), by=by, **body.model_dump()),
        body,
    )


# ------------------------------------------------------------------ matching and offers


@closed.get("/shifts/{shift_id}/candidates", response=answers(list[schemas.CandidateOut]))
def candidates(request: HttpRequest, shift_id: UUID, wanted: Query[schemas.Shortlist]) -> Any:
    """The best available workers for a shift, and why."""
    viewer = caller(request)
    with within(viewer):
        shift = post_queries.shift(shift_id, viewer=viewer)
        found = dispatch_queries.best_workers(shift=shift, viewer=viewer, limit=wanted.limit)
    return [
        {"worker_id": s.worker.id, "worker_name": s.worker.name, "card_number": s.worker.card_number, **_plain(s)}
        for s in found
    ]


@closed.post("/shifts/{shift_id}/offers", response=answers(schemas.OfferOut))
def make_offer(request: HttpRequest, shift_id: UUID, body: schemas.OfferIn) -> Any:
    """Ask one worker; an employer's request by name is marked as such."""
    return answer(
        request,
        schemas.OfferOut,
        lambda by: dispatch.offer(
            shift=post_queries.shift(shift_id, viewer=by),
            worker=worker_queries.worker(body.worker_id, by),
            by=by,
            origin=body.origin,
            minutes=body.minutes,
        ),
        body,
    )


@closed.post("/shifts/{shift_id}/applications", response=answers(schemas.AnswerOut))
def apply(request: HttpRequest, shift_id: UUID, body: schemas.WorkerRef) -> Any:
    """A worker asks for a place; it is given at once where the employer chose so."""
    return answer(
        request,
        schemas.AnswerOut,
        lambda by: dispatch.apply(
            shift=post_queries.shift(shift_id, viewer=by), worker=worker_queries.worker(body.worker_id, by), by=by
        ),
        body,
    )


@closed.post("/offers/{offer_id}/accept", response=answers(schemas.AnswerOut))
def accept(request: HttpRequest, offer_id: UUID) -> Any:
    return answer(
        request,
        schemas.AnswerOut,
        lambda by: dispatch.accept(offer=dispatch_queries.offer(offer_id, viewer=by), by=by),
    )


@closed.post("/offers/{offer_id}/decline", response=answers(schemas.OfferOut))
def decline(request: HttpRequest, offer_id: UUID, body: schemas.DeclineIn) -> Any:
    return answer(
        request,
        schemas.OfferOut,
        lambda by: dispatch.decline(
            offer=dispatch_queries.offer(offer_id, viewer=by), by=by, reason=body.reason, words=body.words
        ),
        body,
    )


@closed.post("/offers/{offer_id}/confirm", response=answers(schemas.PlacementOut))
def confirm(request: HttpRequest, offer_id: UUID) -> Any:
    """The employer takes an applicant."""
    return answer(
        request,
        schemas.PlacementOut,
        lambda by: dispatch.confirm(offer=dispatch_queries.offer(offer_id, viewer=by), by=by),
    )


@closed.post("/placements/{placement_id}/cancel", response=answers(schemas.PlacementOut))
def cancel(request: HttpRequest, placement_id: UUID, body: schemas.ReasonIn) -> Any:
    """The worker's side gives the place back."""
    return answer(
        request,
        schemas.PlacementOut,
        lambda by: dispatch.cancel_by_worker(
            placement=dispatch_queries.placement(placement_id, viewer=by), by=by, reason=body.reason
        ),
        body,
    )


# ------------------------------------------------------------------ arrival, pay, ratings


@closed.post("/placements/{placement_id}/arrival", response=answers(schemas.PlacementOut))
def check_in(request: HttpRequest, placement_id: UUID, body: schemas.ArrivalIn) -> Any:
    """Somebody arrives: by the site's code, ticked by the employer, or noted by a clerk."""

    def act(by: Any) -> Any:
        placement = dispatch_queries.placement(placement_id, viewer=by)
        way = "code" if by.worker_id else "employer" if by.employer_id else "clerk"
        attendance.check_in(placement=placement, by=by, way=way, **body.model_dump())
        return dispatch_queries.placement(placement_id, viewer=by)

    return answer(request, schemas.PlacementOut, act, body)


@closed.post("/placements/{placement_id}/wage", response=answers(schemas.WageOut))
def settle(request: HttpRequest, placement_id: UUID, body: schemas.WorkIn) -> Any:
    """Confirm hours or pieces; the wage follows from them."""
    return answer(
        request,
        schemas.WageOut,
        lambda by: pay.settle(
            placement=dispatch_queries.placement(placement_id, viewer=by), by=by, **body.model_dump()
        ),
        body,
    )


@closed.post("/wages/{wage_id}/payments", response=answers(schemas.WageOut))
def record_payment(request: HttpRequest, wage_id: UUID, body: schemas.PaymentIn) -> Any:
    """The employer states a payment."""

    def act(by: Any) -> Any:
        pay.record_payment(wage=pay_queries.wage(wage_id, viewer=by), by=by, **body.model_dump())
        return pay_queries.wage(wage_id, viewer=by)

    return answer(request, schemas.WageOut, act, body)


@closed.post("/wages/{wage_id}/receipt", response=answers(schemas.WageOut))
def confirm_receipt(request: HttpRequest, wage_id: UUID) -> Any:
    """The worker says it has come."""
    return answer(
        request,
        schemas.WageOut,
        lambda by: pay.confirm_receipt(wage=pay_queries.wage(wage_id, viewer=by), by=by),
    )


@closed.post("/wages/{wage_id}/dispute", response=answers(schemas.Identified))
def dispute(request: HttpRequest, wage_id: UUID, body: schemas.DisputeIn) -> Any:
    """The worker says it has not come: an arrears case opens."""
    return answer(
        request,
        schemas.Identified,
        lambda by: cases.dispute_wage(wage=pay_queries.wage(wage_id, viewer=by), by=by, words=body.words),
        body,
    )


@closed.post("/placements/{placement_id}/ratings", response=answers(schemas.Identified))
def rate(request: HttpRequest, placement_id: UUID, body: schemas.RatingIn) -> Any:
    """One side says what it thinks of the other."""
    return answer(
        request,
        schemas.Identified,
        lambda by: followups.rate(
            placement=dispatch_queries.placement(placement_id, viewer=by), by=by, **body.model_dump()
        ),
        body,
    )


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def _plain(suggestion: Any) -> dict[str, Any]:
    names = ("fit", "terms", "weights_version", "distance_m", "reason_zh", "reason_en")
    return {name: getattr(suggestion, name) for name in names}
