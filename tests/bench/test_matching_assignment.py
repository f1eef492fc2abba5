"""The exact assignment of a province's day beside OR-tools, scipy and itself after a change, in one run.

The peers are given the same pairs and the same order of goals: a bonus for each place filled that outweighs fit.
"""

from statistics import median
from time import process_time

import numpy as np
import pytest

from linggong.matching.assignment import assign, repair
from linggong.matching.index import WorkerIndex
from linggong.matching.pairs import pairs_of
from linggong.matching.planning import snapshot_of
from tests.matching.province import Province

CHANGE = 0.002


def timed(function, repeats=3):
    """Median seconds of the processor (all here run on one thread), and the last result."""
    seconds = []
    for _ in range(repeats):
        before = process_time()
        result = function()
        seconds.append(process_time() - before)
    return median(seconds), result


def day(workers, shifts, counties):
    """All eligible pairs of a day."""
    province = Province(counties)
    index = WorkerIndex()
    index.load(province.workers(workers))
    return snapshot_of(
        index,
        sorted(province.shifts(shifts), key=lambda shift: (shift.latitude // 0.2, shift.longitude // 0.2, shift.trade)),
        {},
        {},
    )


def ortools_cost(worker, shift, fit, places, workers, bonus):
    """(places filled, total fit) by OR-tools' min-cost flow."""
    flow = pytest.importorskip("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    shifts, sink, present = len(places), workers + len(places), np.unique(worker)
    tails = np.concatenate((worker, present, workers + np.arange(shifts)))
    heads = np.concatenate((workers + shift, np.full(len(present), sink), np.full(shifts, sink)))
    capacity = np.concatenate((np.ones(len(worker)), np.ones(len(present)), places))
    cost = np.concatenate((-(fit.astype(np.int64) + bonus), np.zeros(len(present) + shifts)))
    flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), capacity.astype(np.int64), cost.astype(np.int64)
    )
    supply = np.concatenate((np.ones(len(present)), [-len(present)]))
    flow.set_nodes_supplies(np.concatenate((present, [sink])).astype(np.int32), supply.astype(np.int64))
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


@pytest.mark.parametrize(("workers", "shifts", "counties"), [(30_000, 3_000, 12), (300_000, 30_000, 117)])
def test_a_whole_day_is_assigned_several_times_faster_than_by_ortools(workers, shifts, counties):
    pytest.importorskip("ortools")
    given = day(workers, shifts, counties)
    assign(given.pairs)
    seconds, plan = timed(lambda: assign(given.pairs))
    bonus = plan.bonus // 8
    theirs, value = timed(
        lambda: ortools_cost(given.worker, given.shift, given.total, given.places, len(given.worker_ids), bonus),
        repeats=1,
    )
    certificate = plan.certificate
    print(
        f"\nassignment {workers} x {shifts}, {len(given.worker):,} pairs: {certificate.filled:,} filled, "
        f"ours {seconds:.3f} s with rows and certificate, OR-tools {theirs:.2f} s: {theirs / seconds:.1f} times"
    )
    assert certificate.ok
    assert value == certificate.total_fit + bonus * certificate.filled
    if workers >= 300_000:
        assert theirs > 8 * seconds


def test_after_a_small_change_the_optimum_is_back_at_once():
    given = day(300_000, 30_000, 117)
    random = np.random.default_rng(3)
    workers, shifts = len(given.worker_ids), len(given.shift_ids)

    def without(some_workers, some_shifts):
        kept = ~np.isin(given.worker, some_workers) & ~np.isin(given.shift, some_shifts)
        return pairs_of(workers, given.worker[kept], given.shift[kept], given.total[kept], given.places)

    absent = [random.choice(count, int(count * CHANGE), replace=False) for count in (workers, shifts, workers, shifts)]
    plan, now = assign(without(*absent[:2])), without(*absent[2:])
    touched = np.union1d(absent[0], absent[2]), np.union1d(absent[1], absent[3])
    repair(now, plan, *touched)
    seconds, repaired = timed(lambda: repair(now, plan, *touched), repeats=7)
    scratch, fresh = timed(lambda: assign(now))
    print(
        f"\nrepair after {CHANGE:.1%}: {seconds * 1000:.1f} ms with certificate, from nothing {scratch * 1000:.0f} ms"
    )
    assert repaired.certificate.ok
    assert repaired.certificate.total_fit == fresh.certificate.total_fit
    assert repaired.certificate.filled == fresh.certificate.filled
    assert scratch > 5 * seconds


def test_thousands_of_random_markets_have_the_optimum_of_ortools():
    pytest.importorskip("ortools")
    random = np.random.default_rng(11)
    for _ in range(3000):
        workers, shifts = int(random.integers(1, 40)), int(random.integers(1, 25))
        pair = np.flatnonzero(random.random(workers * shifts) < random.choice([0.1, 0.3, 1.0]))
        worker, shift = (pair // shifts).astype(np.int32), (pair % shifts).astype(np.int32)
        fit = random.integers(0, int(random.choice([1, 3, 50, 100_000])), len(pair)).astype(np.int32)
        places = random.integers(1, 5, shifts)
        certificate = assign(pairs_of(workers, worker, shift, fit, places)).certificate
        bonus = (int(fit.max(initial=0)) + 1) * (workers + 1)
        expected = ortools_cost(worker, shift, fit, places, workers, bonus) if len(pair) else 0
        assert certificate.ok
        assert certificate.total_fit + bonus * certificate.filled == expected
