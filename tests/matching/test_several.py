import random
from itertools import combinations

import numpy as np
import pytest

from linggong.matching.holding import SCALE
from linggong.matching.several import schedule
from tests.matching.test_assignment import market

GAP = 30


def random_day(source):
    workers, shifts = source.randint(1, 4), source.randint(1, 5)
    times = sorted((source.randint(0, 10) * 60 + 120, source.randint(1, 5)) for _ in range(shifts))
    ends = np.array([end for end, _ in times])
    starts = np.array([end - 60 * length for end, length in times])
    places = [source.randint(1, 2) for _ in range(shifts)]
    pairs = {(w, s): source.randint(0, 100) for w in range(workers) for s in range(shifts) if source.random() < 0.7}
    return pairs, places, workers, starts, ends


def compatible(chosen, starts, ends):
    return all(ends[a] + GAP <= starts[b] or ends[b] + GAP <= starts[a] for a, b in combinations(chosen, 2))


def best_value(pairs, places, workers, starts, ends, bonus):
    """The most a plan can be worth, by looking at every one."""
    if workers == 0:
        return 0
    mine = [shift for shift in range(len(places)) if places[shift] and (workers - 1, shift) in pairs]
    best = 0
    for size in range(len(mine) + 1):
        for chosen in combinations(mine, size):
            if compatible(chosen, starts, ends):
                left = [count - (shift in chosen) for shift, count in enumerate(places)]
                worth = sum(pairs[workers - 1, shift] * SCALE + bonus for shift in chosen)
                best = max(best, worth + best_value(pairs, left, workers - 1, starts, ends, bonus))
    return best


@pytest.mark.parametrize("seed", range(4))
def test_the_best_lies_between_value_and_bound_and_is_mostly_reached(seed):
    source, reached = random.Random(seed), 0
    for _ in range(40):
        pairs, places, workers, starts, ends = random_day(source)
        found = schedule(market(pairs, places, workers), starts, ends, GAP)
        best = best_value(pairs, places, workers, starts, ends, found.bonus)
        assert found.value <= best <= found.bound
        reached += found.value == best
    assert reached >= 36


def test_the_schedule_is_one_that_can_be_worked():
    source = random.Random(5)
    for _ in range(50):
        pairs, places, workers, starts, ends = random_day(source)
        found = schedule(market(pairs, places, workers), starts, ends, GAP)
        assert all((w, s) in pairs for w, s in zip(found.worker, found.shift, strict=True))
        assert (np.bincount(found.shift, minlength=len(places)) <= places).all()
        for worker in range(workers):
            assert compatible(found.shift[found.worker == worker], starts, ends)
        assert found.total_fit == sum(pairs[w, s] for w, s in zip(found.worker, found.shift, strict=True))


def test_morning_and_afternoon_go_to_one_worker_but_not_two_at_once():
    pairs = {(0, 0): 10, (0, 1): 10, (0, 2): 10}
    found = schedule(market(pairs, [1, 1, 1], 1), np.array([480, 500, 800]), np.array([720, 730, 1000]), GAP)
    assert found.filled == 2 and 2 in found.shift and found.gap == 0


def test_pairs_out_of_order_are_an_error():
    with pytest.raises(ValueError, match="order"):
        schedule(market({(0, 0): 1, (0, 1): 1}, [1, 1], 1), np.array([0, 0]), np.array([9, 8]), 0)


def test_on_a_day_of_some_size_little_can_be_missing():
    """Three hundred people, sixty shifts of two to five hours from six to ten, places for two in three."""
    random = np.random.default_rng(4)
    ends = np.sort(random.integers(8 * 60, 22 * 60, 60))
    starts = ends - random.integers(2, 6, 60) * 60
    pairs = {(w, s): int(random.integers(300, 800)) for w in range(300) for s in range(60) if random.random() < 0.15}
    found = schedule(market(pairs, [4] * 60, 300), starts, ends, GAP)
    assert found.filled > 220 and found.gap < 0.003
