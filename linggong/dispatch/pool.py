"""The one bridge from rows to the matching engine's types, and the shortlists that come back.

A shortlist looks at the nearest people who know the trade (or the nearest open shifts of the worker's trades), never
at everybody, so that its cost does not grow with the county.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import ExpressionWrapper, F, FloatField, QuerySet, Value
from django.db.models.functions import Power

from linggong.dispatch.models import Block, Placement
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock, geo
from linggong.matching import eligibility, explanation, ranking
from linggong.matching import model as engine
from linggong.matching.eligibility import Reason
from linggong.matching.fit import fit
from linggong.posts import queries as posts
from linggong.posts.models import Job, Shift
from linggong.workers.models import Worker

Row = TypeVar("Row", Worker, Shift)

LOOKED_AT = 400
FAR_M = 20_000
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


def shortlist(shift: Shift, *, limit: int = 20) -> list[Suggestion]:
    """The best available workers for a shift, best first, from the whole market."""
    with within(system("matching")):
        rows = {str(w.id): w for w in _near_workers(shift)}
        wanted = shift_for_engine(shift, _blocked_workers(shift.job.employer_id))
        people = workers_for_engine(rows.values(), [shift])
    ranked = ranking.best_workers(wanted, people, limit)
    return [_suggestion(rows[r.worker.id], r) for r in ranked]


def shifts_for(worker: Worker, *, limit: int = 20) -> list[ShiftSuggestion]:
    """The best open shifts for a worker, best first."""
    with within(system("matching")):
        rows = {str(s.id): s for s in _near_shifts(worker)}
        if not rows:
            return []
        person = workers_for_engine([worker], list(rows.values()))[0]
    ranked = ranking.best_shifts(person, [shift_for_engine(s) for s in rows.values()], limit)
    return [_shift_suggestion(rows[r.shift.id], r) for r in ranked]


def reasons_against(worker: Worker, shift: Shift) -> tuple[Reason, ...]:
    """Everything that speaks against this pair, from the rows as they are now."""
    return judge(worker, shift)[0]


def judge(worker: Worker, shift: Shift) -> tuple[tuple[Reason, ...], Suggestion]:
    """Everything that speaks against this pair, and its fit whether or not something does."""
    with within(system("matching")):
        person = workers_for_engine([worker], [shift])[0]
        wanted = shift_for_engine(shift, _blocked_workers(shift.job.employer_id))
    ranked = ranking.Ranked(person, wanted, fit(person, wanted))
    return eligibility.refusals(person, wanted), _suggestion(worker, ranked)


# ------------------------------------------------------------------ rows near by


def _near_workers(shift: Shift) -> list[Worker]:
    far = FAR_WITH_TRANSPORT_M if shift.job.transport else FAR_M
    known = Worker.objects.filter(state=Worker.State.ACTIVE, may_be_contacted=True, trades__trade=shift.trade)
    near = _nearest(known, shift.latitude, shift.longitude, far)
    return list(near.select_related("reputation").prefetch_related("trades", "certificates")[:LOOKED_AT])


def _near_shifts(worker: Worker) -> list[Shift]:
    if worker.latitude is None or worker.longitude is None:
        return []
    trades = [t.trade for t in worker.trades.all()]
    shifts = posts.open_shifts().filter(trade__in=trades)
    return list(_nearest(shifts, worker.latitude, worker.longitude, FAR_WITH_TRANSPORT_M)[:LOOKED_AT])


def _nearest(rows: "QuerySet[Row]", latitude: float, longitude: float, far: int) -> "QuerySet[Row]":
    box = geo.bounding_box(latitude, longitude, far)
    inside = rows.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
    east = ExpressionWrapper((F("longitude") - longitude) * math.cos(math.radians(latitude)), FloatField())
    north = ExpressionWrapper(F("latitude") - latitude, FloatField())
    return inside.annotate(away=Power(north, Value(2)) + Power(east, Value(2))).order_by("away", "id")


def _blocked_workers(employer_id: UUID) -> frozenset[str]:
    return frozenset(str(w) for w in Block.objects.filter(employer_id=employer_id).values_list("worker_id", flat=True))


# ------------------------------------------------------------------ rows to the engine's types


def shift_for_engine(shift: Shift, blocks: frozenset[str] = frozenset()) -> engine.Shift:
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
        blocks=blocks,
    )


def workers_for_engine(rows: Iterable[Worker], shifts: list[Shift]) -> list[engine.Worker]:
    """Workers with all that speaks for or against `shifts`: bookings, hours they have no time, blocks, record."""
    people = list(rows)
    first = min(s.starts for s in shifts) - timedelta(days=1)
    last = max(s.ends for s in shifts) + timedelta(days=1)
    piecework_only = all(s.job.kind == Job.Kind.PIECEWORK for s in shifts)
    booked = _booked(people, first, last) if not piecework_only else {}
    blocks = _blocks(people)
    days = [] if piecework_only else _days(first, last)
    return [_person(w, booked.get(w.id, ()), blocks.get(w.id, frozenset()), days) for w in people]


def _person(w: Worker, booked: Iterable[engine.Busy], blocks: frozenset[str], days: list[date]) -> engine.Worker:
    record = getattr(w, "reputation", None)
    today = clock.today()
    registered = clock.local(w.created_at).date()
    return engine.Worker(
        id=str(w.id),
        trades={t.trade: t.skill for t in w.trades.all()},
        latitude=w.latitude or 0.0,
        longitude=w.longitude or 0.0,
        birth_date=w.birth_date,
        certificates={c.name: c.expires_on for c in w.certificates.all()},
        in_town=w.in_town,
        reach_m=w.reach_m,
        accepts_pay_fen=w.pay_asked_fen,
        pay_unit=w.pay_unit,
        open_to_less=w.open_to_less,
        busy=(*booked, *_no_time(w, days)),
        blocks=blocks,
        kept=record.kept if record else 0,
        missed=record.missed if record else 0,
        rating_sum=record.rating_sum if record else 0,
        rating_count=record.rating_count if record else 0,
        priority=frozenset(w.priority_groups),
        idle_days=max((today - (w.last_worked_on or registered)).days, 0),
        registered_days=max((today - registered).days, 0),
        contactable=w.may_be_contacted,
    )


def _booked(people: list[Worker], first: datetime, last: datetime) -> dict[UUID, list[engine.Busy]]:
    held = Placement.objects.filter(
        worker__in=[w.id for w in people], state__in=Placement.HOLDS_TIME, period__overlap=(first, last)
    )
    found: dict[UUID, list[engine.Busy]] = defaultdict(list)
    for worker_id, period, latitude, longitude in held.values_list(
        "worker_id", "period", "shift__latitude", "shift__longitude"
    ):
        if period is not None:
            found[worker_id].append((period.lower, period.upper, latitude, longitude))
    return found


def _blocks(people: list[Worker]) -> dict[UUID, frozenset[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    pairs = Block.objects.filter(worker__in=[w.id for w in people]).values_list("worker_id", "employer_id")
    for worker_id, employer_id in pairs:
        found[worker_id].add(str(employer_id))
    return {worker_id: frozenset(employers) for worker_id, employers in found.items()}


def _days(first: datetime, last: datetime) -> list[date]:
    start = clock.local(first).date()
    return [start + timedelta(days=n) for n in range((clock.local(last).date() - start).days + 1)]


def _no_time(w: Worker, days: list[date]) -> list[engine.Busy]:
    """The hours of these days in which the worker does not work by their own wish, as busy times.

    A window that ends before it begins (22:00 to 6:00) means the night.
    """
    closed = [span for day in days for span in _closed_spans(w, day)]
    gap = timedelta(minutes=eligibility.USUAL_RULES.unknown_site_minutes)
    return [(start + gap, end - gap) for start, end in closed]  # a wish is no site: no way to it is counted


def _closed_spans(w: Worker, day: date) -> list[tuple[datetime, datetime]]:
    midnight, next_midnight = _at(day, time()), _at(day + timedelta(days=1), time())
    if w.weekdays and day.weekday() not in w.weekdays:
        return [(midnight, next_midnight)]
    if not (w.available_from and w.available_until):
        return []
    opens, closes = _at(day, w.available_from), _at(day, w.available_until)
    return [(midnight, opens), (closes, next_midnight)] if opens < closes else [(closes, opens)]


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, clock.SHANGHAI).astimezone(UTC)


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
