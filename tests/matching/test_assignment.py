import random
from functools import cache

import numpy as np
import pytest

from linggong.matching.assignment import assign, repair
from linggong.matching.pairs import TooLarge, pairs_of


def market(pairs, places, workers):
    """Pairs given as {(worker, shift): fit}."""
    worker, shift = np.array(list(pairs), np.int32).reshape(-1, 2).T
    fit = np.array(list(pairs.values()), np.int64)
    return pairs_of(workers, worker, shift, fit, np.array(places, np.int64))


def best_by_trying_everything(pairs, places, workers):
    """(most places filled, greatest total fit among those), by looking at every way."""

    @cache
    def from_worker(worker, left):
        if worker == workers:
            return 0, 0
        best = from_worker(worker + 1, left)
        for shift in range(len(left)):
            if left[shift] and (worker, shift) in pairs:
                filled, fit = from_worker(worker + 1, (*left[:shift], left[shift] - 1, *left[shift + 1 :]))
                best = max(best, (filled + 1, fit + pairs[worker, shift]))
        return best

    return from_worker(0, tuple(places))


def random_market(source):
    workers, shifts = source.randint(1, 8), source.randint(1, 5)
    density, range_of_fit = source.choice([0.2, 0.5, 1.0]), source.choice([0, 1, 10, 1000])
    places = [source.randint(0, 3) for _ in range(shifts)]
    pairs = {
        (worker, shift): source.randint(0, range_of_fit)
        for worker in range(workers)
        for shift in range(shifts)
        if source.random() < density
    }
    return pairs, places, workers


@pytest.mark.parametrize("seed", range(5))
def test_the_plan_is_the_one_found_by_trying_everything(seed):
    source = random.Random(seed)
    for _ in range(200):
        pairs, places, workers = random_market(source)
        certificate = assign(market(pairs, places, workers)).certificate
        assert certificate.ok
        assert (certificate.filled, certificate.total_fit) == best_by_trying_everything(pairs, places, workers)


def test_one_more_place_filled_is_worth_any_fit():
    """A chain in which filling all places means giving up every good fit."""
    links = 30
    pairs = {(link, link): 1000 for link in range(links)} | {(link, link + 1): 0 for link in range(links)}
    pairs[links, 0] = 0
    plan = assign(market(pairs, [1] * (links + 1), links + 1))
    assert (plan.certificate.filled, plan.certificate.total_fit) == (links + 1, 0)


def test_a_plan_names_the_shift_of_each_worker():
    plan = assign(market({(0, 0): 5, (0, 1): 9, (1, 1): 7, (2, 1): 6}, [1, 1], 3))
    assert plan.shift_of.tolist() == [0, 1, -1]


def test_a_market_without_pairs_has_an_empty_plan():
    plan = assign(market({}, [2, 1], 3))
    assert plan.certificate.ok and plan.shift_of.tolist() == [-1, -1, -1]


def test_numbers_that_could_overflow_are_refused():
    with pytest.raises(TooLarge):
        pairs_of(1, *np.array([[0], [0]], np.int32), np.array([2**31]), np.array([1]))
    with pytest.raises(TooLarge):
        assign(pairs_of(2_000_000, *np.array([[0], [0]], np.int32), np.array([2**31 - 1]), np.array([2_000_000_000])))


def test_the_largest_numbers_allowed_lose_nothing():
    highest = 2**31 - 1
    pairs = {(worker, shift): highest - (worker * shift) % 7 for worker in range(40) for shift in range(40)}
    certificate = assign(market(pairs, [1] * 40, 40)).certificate
    lower = {pair: fit - highest + 10 for pair, fit in pairs.items()}
    assert certificate.ok
    assert certificate.total_fit - 40 * highest == assign(market(lower, [1] * 40, 40)).certificate.total_fit - 400


@pytest.mark.parametrize(("worker", "shift"), [(3, 0), (0, 1), (-1, 0)])
def test_a_pair_that_names_nobody_is_an_error(worker, shift):
    with pytest.raises(ValueError, match="not there"):
        market({(worker, shift): 1}, [1], 3)


def changed(source, pairs, places, workers):
    """The market after a change: a worker and a shift come, a worker leaves, a shift changes; and which those are."""
    pairs, places = dict(pairs), list(places)
    leaver, shift = source.randrange(workers), source.randrange(len(places))
    pairs = {pair: fit for pair, fit in pairs.items() if pair[0] != leaver}
    for worker in range(workers):
        if source.random() < 0.3:
            pairs[worker, shift] = source.randint(0, 20)
    places[shift] = source.randint(0, 3)
    places.append(source.randint(1, 2))
    for one in range(len(places)):
        pairs[workers, one] = source.randint(0, 20)
    for worker in range(workers):
        if source.random() < 0.3:
            pairs[worker, len(places) - 1] = source.randint(0, 20)
    return pairs, places, workers + 1, [leaver, workers], [shift, len(places) - 1]


@pytest.mark.parametrize("seed", range(5))
def test_after_a_change_the_repaired_plan_is_as_good_as_one_from_nothing(seed):
    source = random.Random(seed)
    for _ in range(100):
        pairs, places, workers = random_market(source)
        plan = assign(market(pairs, places, workers))
        for _ in range(3):
            pairs, places, workers, touched, shifts = changed(source, pairs, places, workers)
            plan = repair(market(pairs, places, workers), plan, np.array(touched), np.array(shifts))
            fresh = assign(market(pairs, places, workers)).certificate
            assert plan.certificate.ok
            assert (plan.certificate.filled, plan.certificate.total_fit) == (fresh.filled, fresh.total_fit)
