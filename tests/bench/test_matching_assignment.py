"""The exact assignment of a province's day beside OR-tools, HiGHS, scipy and itself after a change, in one run.

All are given the same pairs and the same order of goals: a bonus for each place filled that outweighs fit. Seconds are
of the processor, medians; HiGHS and scipy take a minute each and run once.
"""

import resource
from functools import cache
from statistics import median
from time import process_time

import numpy as np

from linggong.matching.assignment import assign, repair
from linggong.matching.holding import SCALE
from linggong.matching.index import WorkerIndex
from linggong.matching.pairs import pairs_of
from linggong.matching.planning import snapshot_of
from linggong.matching.several import schedule
from tests.bench.assignment_peers import Market, highs_value, scipy_value
from tests.matching.province import Province
from tests.matching.test_ortools import ortools_value

CHANGE = 0.002


def timed(function, repeats=1):
    """Median seconds of the processor (all here run on one thread), and the last result."""
    seconds = []
    for _ in range(repeats):
        before = process_time()
        result = function()
        seconds.append(process_time() - before)
    return median(seconds), result


@cache
def day(workers, shifts, counties):
    """All eligible pairs of a day, the shifts they are of, and the seconds to find them through the index."""
    province, index = Province(counties), WorkerIndex()
    index.load(province.workers(workers))
    wanted = sorted(province.shifts(shifts), key=lambda s: (s.latitude // 0.2, s.longitude // 0.2, s.trade))
    snapshot_of(index, wanted[:10])
    seconds, found = timed(lambda: snapshot_of(index, wanted))
    return found, wanted, seconds


def market(given, bonus):
    return Market(given.worker, given.shift, given.total, given.places, len(given.worker_ids), bonus)


def by_ortools(given):
    return ortools_value(given.worker, given.shift, given.fit, given.places, given.workers, given.bonus)


def test_a_province_is_assigned_many_times_faster_than_by_the_peers():
    given, _, finding = day(300_000, 30_000, 117)
    assign(given.pairs)
    rows, _ = timed(lambda: given.pairs, repeats=5)
    seconds, plan = timed(lambda: assign(given.pairs), repeats=5)
    proof, same = plan.certificate, market(given, plan.bonus // SCALE)
    value = proof.total_fit + same.bonus * proof.filled
    print(
        f"\nassignment 300,000 x 30,000, {len(given.worker):,} pairs, {proof.filled:,} places filled: finding pairs "
        f"{finding:.2f} s; rows {rows:.3f} s and exact plan with certificate {seconds - rows:.3f} s: {seconds:.3f} s"
    )
    assert proof.ok
    for name, solve, floor, repeats in (
        ("OR-tools min-cost flow", by_ortools, 8, 3),
        ("HiGHS", highs_value, 100, 1),
        ("scipy sparse matching", scipy_value, 200, 1),
    ):
        theirs, answer = timed(lambda solve=solve: solve(same), repeats)
        print(
            f"  {name}: {theirs:.2f} s, {theirs / seconds:.1f} times as long; "
            f"{(theirs + finding) / (seconds + finding):.1f} with the finding of the pairs on both sides"
        )
        assert answer == value
        assert theirs > floor * seconds


def test_after_a_small_change_the_optimum_is_back_at_once():
    given, _, _ = day(300_000, 30_000, 117)
    random = np.random.default_rng(3)
    workers, shifts = len(given.worker_ids), len(given.shift_ids)

    def without(some_workers, some_shifts):
        kept = ~np.isin(given.worker, some_workers) & ~np.isin(given.shift, some_shifts)
        return given.worker[kept], given.shift[kept], given.total[kept], given.places

    absent = [random.choice(count, int(count * CHANGE), replace=False) for count in (workers, shifts, workers, shifts)]
    left = without(*absent[2:])
    plan, now = assign(pairs_of(workers, *without(*absent[:2]))), pairs_of(workers, *left)
    touched = np.union1d(absent[0], absent[2]), np.union1d(absent[1], absent[3])
    repair(now, plan, *touched)
    seconds, repaired = timed(lambda: repair(now, plan, *touched), repeats=9)
    bonus, proof = plan.bonus // SCALE, repaired.certificate
    theirs, value = timed(lambda: by_ortools(Market(*left, workers, bonus)), repeats=3)
    scratch, _ = timed(lambda: assign(now), repeats=3)
    print(
        f"\nexact again after {CHANGE:.1%}: {seconds * 1000:.1f} ms with certificate; from nothing {scratch:.3f} s, "
        f"OR-tools {theirs:.2f} s: {theirs / seconds:.0f} times as long"
    )
    assert proof.ok and proof.total_fit + bonus * proof.filled == value
    assert theirs > 80 * seconds


def with_more_people(given, times):
    """As many times the people for the same shifts: each copy fits a little differently. Rows given shift by shift."""
    random, workers = np.random.default_rng(7), len(given.worker_ids)
    order = np.argsort(np.tile(given.shift, times), kind="stable")
    worker = np.concatenate([given.worker + np.int32(copy * workers) for copy in range(times)])[order]
    fit = np.maximum(np.tile(given.total, times) + random.integers(-40, 41, times * len(given.total)), 0)[order]
    return times * workers, worker, np.tile(given.shift, times)[order], fit.astype(np.int32), given.places


def test_time_and_memory_grow_with_the_pairs():
    small, large = day(30_000, 3_000, 12)[0], day(300_000, 30_000, 117)[0]
    sizes = {
        "30,000 x 3,000": with_more_people(small, 1),
        "300,000 x 30,000": with_more_people(large, 1),
        "3,000,000 x 30,000": with_more_people(large, 10),
    }
    print()
    by_pair = []
    for name, given in sizes.items():
        seconds, plan = timed(lambda given=given: assign(pairs_of(*given)), repeats=3)
        by_pair.append(seconds / len(given[1]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"growth {name}: {len(given[1]):,} pairs, {seconds:.3f} s, peak of the process {peak:,.0f} MB")
        assert plan.certificate.ok
    assert max(by_pair) < 3 * min(by_pair)


def test_several_shifts_a_day_are_planned_with_a_small_proven_gap():
    given, wanted, _ = day(300_000, 30_000, 117)
    order = np.argsort([shift.ends.timestamp() for shift in wanted], kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    by_end = np.argsort(rank[given.shift], kind="stable")
    shift = rank[given.shift][by_end].astype(np.int32)
    pairs = pairs_of(len(given.worker_ids), given.worker[by_end], shift, given.total[by_end], given.places[order])
    starts = np.array([wanted[at].starts.timestamp() // 60 for at in order], np.int64)
    ends = np.array([wanted[at].ends.timestamp() // 60 for at in order], np.int64)
    seconds, found = timed(lambda: schedule(pairs, starts, ends, 60))
    print(f"\nseveral shifts a day: {found.filled:,} places filled, gap at most {found.gap:.4%}, {seconds:.1f} s")
    assert found.gap < 0.001
