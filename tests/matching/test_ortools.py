"""Another judge: thousands of random markets, each given to OR-tools' min-cost flow with the same order of goals."""

import numpy as np
import pytest
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from linggong.matching.assignment import assign, repair
from linggong.matching.pairs import pairs_of


def ortools_value(worker, shift, fit, places, workers, bonus):
    """The greatest (fit + bonus for each place filled) there is."""
    if not len(worker):
        return 0
    flow, shifts = SimpleMinCostFlow(), len(places)
    sink, everybody = workers + shifts, np.arange(workers)
    tails = np.concatenate((worker, everybody, workers + np.arange(shifts)))
    heads = np.concatenate((workers + shift, np.full(workers, sink), np.full(shifts, sink)))
    capacity = np.concatenate((np.ones(len(worker)), np.ones(workers), places))
    cost = np.concatenate((-(fit.astype(np.int64) + bonus), np.zeros(workers + shifts)))
    flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), capacity.astype(np.int64), cost.astype(np.int64)
    )
    flow.set_nodes_supplies(
        np.append(everybody, sink).astype(np.int32), np.append(np.ones(workers, np.int64), -workers)
    )
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


def market(random, most_workers, most_shifts, densities, ranges, most_places):
    """A random market as plain arrays; whoever has no pair can work nowhere, a shift may have no open place."""
    workers, shifts = int(random.integers(1, most_workers + 1)), int(random.integers(1, most_shifts + 1))
    pair = np.flatnonzero(random.random(workers * shifts) < random.choice(densities))
    worker, shift = (pair // shifts).astype(np.int32), (pair % shifts).astype(np.int32)
    fit = random.integers(0, random.choice(ranges), len(pair)).astype(np.int32)
    return worker, shift, fit, random.integers(0, most_places + 1, shifts), workers


KINDS = {
    "a few of everything": (40, 25, [0.1, 0.3, 1.0], [1, 3, 50, 100_000], 4),
    "many workers for few places": (60, 5, [0.2, 0.6], [10, 1000], 2),
    "few workers for many places": (6, 40, [0.2, 0.6], [10, 1000], 9),
    "too sparse to place all": (50, 50, [0.01, 0.03, 0.05], [2, 1000], 1),
    "nothing but ties": (30, 20, [0.1, 0.5], [1, 2], 3),
    "large and close together": (30, 30, [0.5, 1.0], [2**31 - 1], 1),
}


def agree(plan, given):
    """Whether a plan is proved and as good as OR-tools' one: a bonus beyond any fit puts filled places first."""
    bonus = (int(given[2].max(initial=0)) + 1) * (given[4] + 1)
    proof = plan.certificate
    return proof.ok and proof.total_fit + bonus * proof.filled == ortools_value(*given, bonus)


@pytest.mark.parametrize("kind", KINDS)
def test_random_markets_have_the_optimum_of_ortools(kind):
    random = np.random.default_rng(len(kind))
    for _ in range(2000):
        worker, shift, fit, places, workers = given = market(random, *KINDS[kind])
        assert agree(assign(pairs_of(workers, worker, shift, fit, places)), given)


def test_repaired_plans_have_the_optimum_of_ortools():
    """A tenth of all pairs go or come back at random, again and again, and the plan is repaired each time."""
    random = np.random.default_rng(5)
    for _ in range(200):
        worker, shift, fit, places, workers = market(random, *KINDS["a few of everything"])
        there, plan = np.ones(len(worker), np.bool_), assign(pairs_of(workers, worker, shift, fit, places))
        for _ in range(10):
            turned = random.random(len(worker)) < 0.1
            there ^= turned
            now = worker[there], shift[there], fit[there], places, workers
            plan = repair(pairs_of(workers, *now[:4]), plan, np.unique(worker[turned]), np.unique(shift[turned]))
            assert agree(plan, now)


def test_a_large_market_has_the_optimum_of_ortools():
    random = np.random.default_rng(8)
    given = market(random, 3000, 400, [0.02], [1000], 8)
    assert agree(assign(pairs_of(given[4], *given[:4])), given)
