"""The plain reference: the best workers for a shift and the best shifts for a worker, by looking at every pair.

Equal points are settled by who has waited longest, then by the lot drawn from the id (for shifts: by the earlier
start, then the lot), then by the id. The index answers the same, faster.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from linggong.matching import eligibility, measure
from linggong.matching.fit import USUAL_WEIGHTS, Fit, fit, lot
from linggong.matching.model import Rules, Shift, Weights, Worker


@dataclass(frozen=True, slots=True)
class Ranked:
    """One eligible pair and its fit."""

    worker: Worker
    shift: Shift
    fit: Fit


def best_workers(
    shift: Shift,
    workers: Iterable[Worker],
    limit: int,
    weights: Weights = USUAL_WEIGHTS,
    rules: Rules = eligibility.USUAL_RULES,
) -> list[Ranked]:
    """The best `limit` eligible workers for a shift, best first."""
    pairs = [(worker, shift) for worker in workers]
    return sorted(eligible(pairs, weights, rules), key=worker_order)[:limit]


def best_shifts(
    worker: Worker,
    shifts: Iterable[Shift],
    limit: int,
    weights: Weights = USUAL_WEIGHTS,
    rules: Rules = eligibility.USUAL_RULES,
) -> list[Ranked]:
    """The best `limit` shifts a worker is eligible for, best first."""
    pairs = [(worker, shift) for shift in shifts]
    return sorted(eligible(pairs, weights, rules), key=shift_order)[:limit]


def eligible(pairs: Iterable[tuple[Worker, Shift]], weights: Weights, rules: Rules) -> list[Ranked]:
    """The eligible ones among pairs, with their fit."""
    return [
        Ranked(worker, shift, fit(worker, shift, weights, rules))
        for worker, shift in pairs
        if not eligibility.refusals(worker, shift, rules=rules)
    ]


def worker_order(ranked: Ranked) -> tuple[int, int, int, str]:
    """The sorting key among workers for one shift."""
    worker = ranked.worker
    return -ranked.fit.total, -worker.idle_days, lot(worker.id), worker.id


def shift_order(ranked: Ranked) -> tuple[int, int, int, str]:
    """The sorting key among shifts for one worker."""
    shift = ranked.shift
    return -ranked.fit.total, measure.minute(shift.starts), lot(shift.id), shift.id
