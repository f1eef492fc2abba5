"""How well an eligible worker and a shift fit: a sum of named integer terms."""

from collections.abc import Mapping
from dataclasses import dataclass

from linggong.matching import eligibility, identity, measure
from linggong.matching.model import Rules, Shift, Weights, Worker

USUAL_WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Fit:
    """The points of a pair, in all and by term, and the version of the weights that gave them."""

    total: int
    terms: Mapping[str, int]
    weights_version: str


def fit(worker: Worker, shift: Shift, weights: Weights = USUAL_WEIGHTS, rules: Rules = eligibility.USUAL_RULES) -> Fit:
    """The fit of an eligible pair; for others it is meaningless, ask `eligibility.refusals` first."""
    terms = {**pair_terms(worker, shift, weights, rules), **own_terms(worker, weights)}
    return Fit(sum(terms.values()), terms, weights.version)


def pair_terms(worker: Worker, shift: Shift, weights: Weights, rules: Rules) -> dict[str, int]:
    """The terms that depend on worker and shift: trade, distance, pay, and a request by name."""
    usual, reach = eligibility.usual_reach(worker, shift, rules), eligibility.reach(worker, shift, rules)
    offered, asked = eligibility.offered(shift), eligibility.asked(worker, shift)
    return {
        "trade": measure.skill_points(worker.trades.get(shift.trade, 0), weights.trade, weights.skill_step),
        "distance": measure.distance_points(eligibility.distance(worker, shift), usual, reach, weights.distance),
        "pay": measure.pay_points(offered, asked, weights.pay),
        "named": weights.named if worker.id in shift.named else 0,
    }


def own_terms(worker: Worker, weights: Weights) -> dict[str, int]:
    """The terms that depend on the worker alone: record, freshness, priority group, days without work."""
    kept = measure.kept_points(worker.kept, worker.missed, weights.kept)
    rated = measure.rating_points(worker.rating_sum, worker.rating_count, weights.rating)
    new_days = weights.newcomer_days - worker.registered_days
    return {
        "record": kept + rated,
        "freshness": measure.ramp_points(new_days, weights.newcomer_days, weights.freshness),
        "priority": priority_points(worker.priority, weights),
        "waiting": measure.ramp_points(worker.idle_days, weights.waiting_days, weights.waiting),
    }


def priority_points(groups: frozenset[str], weights: Weights) -> int:
    """The highest points of any priority group the person belongs to."""
    return max((weights.priority_groups.get(group, weights.priority) for group in groups), default=0)


def lot(identifier: str) -> int:
    """A number drawn from an id, 64 bits: it settles ties so that nobody always wins by an early registration."""
    return identity.mixed(*identity.key_of(identifier))
