"""The one bridge from rows to the matching engine's types, and the shortlists that come back.

The market in memory says who comes into question; the rows decide: every pair is judged and ranked again from the
database as it is now, by the plain definition.
"""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from linggong.dispatch.market import market
from linggong.dispatch.people import people
from linggong.dispatch.reach import everywhere
from linggong.dispatch.shifts import shift_for_engine
from linggong.dispatch.weights import weights_of
from linggong.lib import geo
from linggong.matching import eligibility, explanation, planning, ranking
from linggong.matching import model as engine
from linggong.matching.eligibility import Reason
from linggong.matching.fit import fit
from linggong.matching.index import WorkerIndex
from linggong.matching.shifts_index import ShiftIndex
from linggong.posts import queries as posts
from linggong.posts.models import Shift
from linggong.workers.models import Worker

SLACK = 8
"""So many more are asked of the index, for the few that the rows no longer bear out."""


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
    ranked: ranking.Ranked


@dataclass(frozen=True)
class Tried:
    """Somebody as other weights would rank them, and the place they have now, from 1."""

    suggestion: Suggestion
    place_now: int


@dataclass(frozen=True)
class Shortlist:
    """The best available workers for a shift, best first; by which weights, and as of which position in the log."""

    suggestions: list[Suggestion]
    weights: engine.Weights
    position: int


def shortlist(shift: Shift, *, limit: int = 20) -> Shortlist:
    """The best available workers for a shift, best first, from the whole market."""
    wanted, count = shift_for_engine(shift), limit + SLACK
    with everywhere("matching"):
        weights = weights_of(shift.division)
        while True:
            ids, position = market.ask(partial(_best, wanted, count), weights)
            ranked = ranking.best_workers(wanted, people(ids).values(), limit, weights)
            if len(ranked) == limit or len(ids) < count:
                break
            count *= 2
        rows = {str(w.id): w for w in Worker.objects.filter(id__in=[r.worker.id for r in ranked])}
    return Shortlist([_suggestion(rows[r.worker.id], r) for r in ranked], weights, position)


def trial(shift: Shift, weights: engine.Weights, *, limit: int = 10) -> tuple[list[Suggestion], list[Tried]]:
    """The best available workers for a shift as they are now, and as they would be by other weights."""
    wanted = shift_for_engine(shift)
    with everywhere("matching"):
        in_force = weights_of(shift.division)
        able = list(people(market.ask(partial(_everybody, wanted), in_force)).values())
        now = ranking.best_workers(wanted, able, len(able), in_force)
        then = ranking.best_workers(wanted, able, limit, weights)
        rows = {str(w.id): w for w in Worker.objects.filter(id__in=[r.worker.id for r in (*now[:limit], *then)])}
    place = {each.worker.id: number for number, each in enumerate(now, 1)}
    return (
        [_suggestion(rows[each.worker.id], each) for each in now[:limit]],
        [Tried(_suggestion(rows[each.worker.id], each), place[each.worker.id]) for each in then],
    )


def shifts_for(worker: Worker, *, limit: int = 20) -> list[ShiftSuggestion]:
    """The best open shifts for a worker, best first."""
    count = limit + SLACK
    with everywhere("matching"):
        weights = weights_of(worker.division)
        person = people([worker.id])[worker.id]
        while True:
            ids = market.ask_shifts(partial(_best_shifts, person, count), weights)
            rows = {str(shift.id): shift for shift in posts.open_shifts().filter(id__in=ids)}
            ranked = ranking.best_shifts(person, map(shift_for_engine, rows.values()), limit, weights)
            if len(ranked) == limit or len(ids) < count:
                return [_shift_suggestion(rows[r.shift.id], r) for r in ranked]
            count *= 2


def reasons_against(worker: Worker, shift: Shift) -> tuple[Reason, ...]:
    """Everything that speaks against this pair, from the rows as they are now."""
    return judge(worker, shift)[0]


def judge(worker: Worker, shift: Shift) -> tuple[tuple[Reason, ...], Suggestion]:
    """Everything that speaks against this pair, and its fit whether or not something does."""
    with everywhere("matching"):
        person, weights = people([worker.id])[worker.id], weights_of(shift.division)
    wanted = shift_for_engine(shift)
    ranked = ranking.Ranked(person, wanted, fit(person, wanted, weights))
    return eligibility.refusals(person, wanted), _suggestion(worker, ranked)


def _everybody(wanted: engine.Shift, index: WorkerIndex) -> list[UUID]:
    return [UUID(worker_id) for worker_id in planning.snapshot_of(index, [wanted]).worker_ids]


def _best(wanted: engine.Shift, count: int, index: WorkerIndex) -> tuple[list[UUID], int]:
    return [UUID(worker_id) for worker_id, _ in index.best(wanted, count)], index.position


def _best_shifts(person: engine.Worker, count: int, index: ShiftIndex) -> list[UUID]:
    return [UUID(shift_id) for shift_id, _ in index.best(person, count)]


# ------------------------------------------------------------------ what comes back


def _suggestion(row: Worker, ranked: ranking.Ranked) -> Suggestion:
    return Suggestion(
        worker=row,
        fit=ranked.fit.total,
        terms=dict(ranked.fit.terms),
        weights_version=ranked.fit.weights_version,
        distance_m=eligibility.distance(ranked.worker, ranked.shift),
        reason_zh=why(ranked, "zh", "worker"),
        reason_en=why(ranked, "en", "worker"),
        ranked=ranked,
    )


def _shift_suggestion(row: Shift, ranked: ranking.Ranked) -> ShiftSuggestion:
    away = eligibility.distance(ranked.worker, ranked.shift)
    return ShiftSuggestion(
        shift=row,
        fit=ranked.fit.total,
        distance_m=away,
        walking_minutes=geo.walking_minutes(away),
        reason_zh=why(ranked, "zh", "worker"),
        reason_en=why(ranked, "en", "worker"),
        ranked=ranked,
    )


def why(ranked: ranking.Ranked, spoken: explanation.Language, audience: explanation.Audience) -> str:
    """Why these two, in one sentence for whoever reads it."""
    return explanation.sentence(ranked.worker, ranked.shift, ranked.fit, spoken, audience)
