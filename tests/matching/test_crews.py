import random
from functools import cache

import numpy as np
import pytest

from linggong.matching.crews import MOST_CASES, Market, assign_crews


def market(pairs, places, crew):
    """Pairs given as {(worker, shift): fit}, the crew of each worker."""
    worker, shift = np.array(list(pairs), np.int32).reshape(-1, 2).T
    fit = np.array(list(pairs.values()), np.int32)
    return Market(worker.copy(), shift.copy(), fit, np.array(places, np.int64), np.array(crew, np.int32))


def best_by_trying_everything(pairs, places, crew):
    """The most (places filled, total fit) with every crew whole, by looking at every way."""
    parties = [[w for w in range(len(crew)) if crew[w] == one] for one in sorted({c for c in crew if c >= 0})]
    parties += [[w] for w in range(len(crew)) if crew[w] < 0]

    @cache
    def from_party(at, left):
        if at == len(parties):
            return 0, 0
        best = from_party(at + 1, left)
        for shift in range(len(left)):
            if left[shift] >= len(parties[at]) and all((w, shift) in pairs for w in parties[at]):
                after = (*left[:shift], left[shift] - len(parties[at]), *left[shift + 1 :])
                filled, fit = from_party(at + 1, after)
                best = max(best, (filled + len(parties[at]), fit + sum(pairs[w, shift] for w in parties[at])))
        return best

    return from_party(0, tuple(places))


def random_market(source):
    workers, shifts = source.randint(2, 9), source.randint(1, 4)
    density, highest = source.choice([0.4, 0.8, 1.0]), source.choice([0, 3, 100])
    places = [source.randint(0, 4) for _ in range(shifts)]
    pairs = {
        (w, s): source.randint(0, highest) for w in range(workers) for s in range(shifts) if source.random() < density
    }
    return pairs, places, [source.choice([-1, 0, 0, 1, 1, 2]) for _ in range(workers)]


def is_whole(shift_of, crew):
    return all(len({shift_of[w] for w in range(len(crew)) if crew[w] == one}) == 1 for one in set(crew) - {-1})


@pytest.mark.parametrize("seed", range(4))
def test_the_plan_is_the_best_of_all_that_keep_crews_whole(seed):
    source = random.Random(seed)
    for _ in range(100):
        pairs, places, crew = random_market(source)
        plan = assign_crews(market(pairs, places, crew))
        assert plan.worth == plan.most == best_by_trying_everything(pairs, places, crew)


@pytest.mark.parametrize("cases", [0, 3, MOST_CASES])
def test_the_best_lies_between_the_plan_and_its_bound_however_soon_one_stops(cases):
    source = random.Random(9)
    for _ in range(60):
        pairs, places, crew = random_market(source)
        plan = assign_crews(market(pairs, places, crew), cases)
        assert plan.worth <= best_by_trying_everything(pairs, places, crew) <= plan.most


def test_the_plan_can_be_worked():
    source = random.Random(11)
    for _ in range(60):
        pairs, places, crew = random_market(source)
        shift_of = assign_crews(market(pairs, places, crew)).shift_of.tolist()
        placed = [(w, s) for w, s in enumerate(shift_of) if s >= 0]
        assert is_whole(shift_of, crew)
        assert all(pair in pairs for pair in placed)
        assert all(shift_of.count(s) <= count for s, count in enumerate(places))


def test_a_crew_stays_together_though_apart_would_fit_better():
    pairs = {(0, 0): 100, (0, 1): 1, (1, 0): 1, (1, 1): 100}
    assert assign_crews(market(pairs, [2, 2], [-1, -1])).worth == (2, 200)
    assert assign_crews(market(pairs, [2, 2], [0, 0])).worth == (2, 101)


def test_a_crew_too_large_for_any_shift_stays_at_home_and_others_go():
    pairs = {(w, s): 10 for w in range(4) for s in range(2)}
    plan = assign_crews(market(pairs, [2, 2], [0, 0, 0, -1]))
    assert plan.shift_of[:3].tolist() == [-1, -1, -1] and plan.worth == (1, 10)
