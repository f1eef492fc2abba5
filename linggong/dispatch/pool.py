"""The one bridge from rows to the matching engine's types, and the shortlists that come back.

The market in memory says who comes into question; the rows decide: every pair is judged and ranked again from the
database as it is now, by the plain definition.
"""

import math
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db.models import ExpressionWrapper, F, FloatField, QuerySet, Value
from django.db.models.functions import Power

from linggong.dispatch.market import market
from linggong.dispatch.people import people
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import geo
from linggong.matching import eligibility, explanation, ranking
from linggong.matching import model as engine
from linggong.matching.eligibility import Reason
from linggong.matching.fit import USUAL_WEIGHTS, fit
from linggong.matching.index import WorkerIndex
from linggong.posts import queries as posts
from linggong.posts.models import Job, Shift
from linggong.workers.models import Worker

LOOKED_AT = 400
SLACK = 8
"""So many more are asked of the index, for the few that the rows no longer bear out."""
FAR_WITH_TRANSPORT_M = 30_000
HAZARDOUS_TRADES = frozenset({"scaffolder", "demolition_worker", "electrician", "welder"})
HEAVY_TRADES = frozenset({"loader", "concreter", "rebar_fixer"})


@dataclass(frozen=True)
class Suggestion:
    """A worker for a shift, and why."""

    worker: Worker
    fit: int
    terms: dict[str, int]
    weights_version: str
    distance_m: int
    reason_zh: str
    reason_en: str
    ranked: ranking.Ranked


@dataclass(frozen=True)
class ShiftSuggestion:
    """A shift for a worker, and why."""

    shift: Shift
    fit: int
    distance_m: int
    walking_minutes: int
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class Shortlist:
    """The best available workers for a shift, best first; by which weights, and as of which position in the log."""

    suggestions: list[Suggestion]
    weights: engine.Weights
    position: int


def shortlist(shift: Shift, *, limit: int = 20) -> Shortlist:
    """The best available workers for a shift, best first, from the whole market."""
    weights = USUAL_WEIGHTS
    wanted, count = shift_for_engine(shift), limit + SLACK
    with within(system("matching")):
        while True:
            ids, position = market.ask(partial(_best, wanted, count), weights)
            ranked = ranking.best_workers(wanted, people(ids).values(), limit, weights)
            if len(ranked) == limit or len(ids) < count:
                break
            count *= 2
        rows = {str(w.id): w for w in Worker.objects.filter(id__in=[r.worker.id for r in ranked])}
    return Shortlist([_suggestion(rows[r.worker.id], r) for r in ranked], weights, position)


def shifts_for(worker: Worker, *, limit: int = 20) -> list[ShiftSuggestion]:
    """The best open shifts for a worker, best first."""
    with within(system("matching")):
        person = people([worker.id])[worker.id]
        rows = {str(s.id): s for s in _near_shifts(worker, person)}
    ranked = ranking.best_shifts(person, [shift_for_engine(s) for s in rows.values()], limit)
    return [_shift_suggestion(rows[r.shift.id], r) for r in ranked]


def reasons_against(worker: Worker, shift: Shift) -> tuple[Reason, ...]:
    """Everything that speaks against this pair, from the rows as they are now."""
    return judge(worker, shift)[0]


def judge(worker: Worker, shift: Shift) -> tuple[tuple[Reason, ...], Suggestion]:
    """Everything that speaks against this pair, and its fit whether or not something does."""
    with within(system("matching")):
        person = people([worker.id])[worker.id]
    wanted = shift_for_engine(shift)
    ranked = ranking.Ranked(person, wanted, fit(person, wanted))
    return eligibility.refusals(person, wanted), _suggestion(worker, ranked)


def shift_for_engine(shift: Shift) -> engine.Shift:
    """A shift as the engine takes it. Whom the employer does not want again stands with the workers."""
    job: Job = shift.job
    return engine.Shift(
        id=str(shift.id),
        job_id=str(job.id),
        employer_id=str(job.employer_id),
        trade=shift.trade,
        latitude=shift.latitude,
        longitude=shift.longitude,
        starts=shift.starts,
        ends=shift.ends,
        pay_fen=job.pay_fen,
        pay_unit=job.pay_unit,
        places=shift.places,
        open_places=shift.places - shift.taken,
        certificates=frozenset(job.certificates),
        in_town=job.in_town,
        transport_provided=bool(job.transport),
        age_min=job.age_min,
        age_max=job.age_max,
        heavy=shift.trade in HEAVY_TRADES,
        hazardous=shift.trade in HAZARDOUS_TRADES,
        free_times=job.kind == Job.Kind.PIECEWORK,
    )


def _best(wanted: engine.Shift, count: int, index: WorkerIndex) -> tuple[list[UUID], int]:
    return [UUID(worker_id) for worker_id, _ in index.best(wanted, count)], index.position


def _near_shifts(worker: Worker, person: engine.Worker) -> "QuerySet[Shift]":
    if worker.latitude is None or worker.longitude is None:
        return Shift.objects.none()
    shifts = posts.open_shifts().filter(trade__in=list(person.trades))
    return _nearest(shifts, worker.latitude, worker.longitude, FAR_WITH_TRANSPORT_M)[:LOOKED_AT]


def _nearest(rows: "QuerySet[Shift]", latitude: float, longitude: float, far: int) -> "QuerySet[Shift]":
    box = geo.bounding_box(latitude, longitude, far)
    inside = rows.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
    east = ExpressionWrapper((F("longitude") - longitude) * math.cos(math.radians(latitude)), FloatField())
    north = ExpressionWrapper(F("latitude") - latitude, FloatField())
    return inside.annotate(away=Power(north, Value(2)) + Power(east, Value(2))).order_by("away", "id")


# ------------------------------------------------------------------ what comes back


def _suggestion(row: Worker, ranked: ranking.Ranked) -> Suggestion:
    return Suggestion(
        worker=row,
        fit=ranked.fit.total,
        terms=dict(ranked.fit.terms),
        weights_version=ranked.fit.weights_version,
        distance_m=eligibility.distance(ranked.worker, ranked.shift),
        reason_zh=explanation.sentence(ranked.worker, ranked.shift, ranked.fit, "zh", "worker"),
        reason_en=explanation.sentence(ranked.worker, ranked.shift, ranked.fit, "en", "worker"),
        ranked=ranked,
    )


def _shift_suggestion(row: Shift, ranked: ranking.Ranked) -> ShiftSuggestion:
    away = eligibility.distance(ranked.worker, ranked.shift)
    return ShiftSuggestion(
        shift=row,
        fit=ranked.fit.total,
        distance_m=away,
        walking_minutes=geo.walking_minutes(away),
        reason_zh=explanation.sentence(ranked.worker, ranked.shift, ranked.fit, "zh", "worker"),
        reason_en=explanation.sentence(ranked.worker, ranked.shift, ranked.fit, "en", "worker"),
    )
