"""A county's plan each minute, gone on from the last one, beside the same from nothing: seconds and bytes to keep."""

from dataclasses import replace
from statistics import median
from time import process_time

import numpy as np

from linggong.matching.index import WorkerIndex
from linggong.matching.planning import snapshot_of
from linggong.matching.replanning import begin, difference, go_on
from tests.matching.province import Province

WORKERS, SHIFTS, MINUTES = 20_000, 500, 9
CHANGE = 0.002


def timed(function, *given):
    before = process_time()
    result = function(*given)
    return process_time() - before, result


def a_minute_passes(index, workers, shifts, minute, random):
    """A few leave, a few have worked, a shift starts, one is posted and one wants another person."""
    some = random.choice(len(workers), int(len(workers) * CHANGE), replace=False).tolist()
    for at in some[::2]:
        index.remove(workers[at].id)
    for at in some[1::2]:
        index.put(replace(workers[at], kept=workers[at].kept + 1))
    shifts.pop(0)
    shifts.append(replace(shifts[5], id=f"new{minute}", pay_fen=shifts[5].pay_fen + 500))
    shifts[7] = replace(shifts[7], open_places=shifts[7].open_places + 1)


def test_a_plan_that_goes_on_takes_a_part_of_the_time_and_of_the_room():
    province, index, random = Province(1, seed=5), WorkerIndex(), np.random.default_rng(1)
    workers, shifts = province.workers(WORKERS), list(province.shifts(SHIFTS))
    index.load(workers)
    standing = begin(snapshot_of(index, shifts))
    taken: dict[str, list[float]] = {}
    for minute in range(MINUTES):
        a_minute_passes(index, workers, shifts, minute, random)
        finding, now = timed(snapshot_of, index, shifts)
        comparing, change = timed(difference, standing.snapshot, now)
        solving, following = timed(go_on, standing, change)
        keeping, kept = timed(change.stored)
        anew, from_nothing = timed(begin, now)
        keeping_all, kept_all = timed(now.stored)
        assert following.certificate.ok
        assert following.certificate.total_fit == from_nothing.certificate.total_fit
        assert following.certificate.filled == from_nothing.certificate.filled
        measured = {
            "finding the pairs, ms": finding * 1e3, "comparing, ms": comparing * 1e3, "repairing, ms": solving * 1e3,
            "packing, ms": keeping * 1e3, "kept, KB": len(kept) / 1e3, "from nothing: solving, ms": anew * 1e3,
            "from nothing: packing, ms": keeping_all * 1e3, "from nothing: kept, KB": len(kept_all) / 1e3,
        }  # fmt: skip
        for name, figure in measured.items():
            taken.setdefault(name, []).append(figure)
        standing = following
    print(
        f"\n{WORKERS:,} workers, {SHIFTS} shifts, {len(standing.snapshot.worker):,} pairs, medians of {MINUTES} minutes"
    )
    found = {name: median(figures) for name, figures in taken.items()}
    for name, figure in found.items():
        print(f"  {name:26} {figure:8.1f}")
    assert 2 * (found["comparing, ms"] + found["repairing, ms"] + found["packing, ms"]) < (
        found["from nothing: solving, ms"] + found["from nothing: packing, ms"]
    )
    assert 20 * found["kept, KB"] < found["from nothing: kept, KB"]
