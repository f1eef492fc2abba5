"""Every part of the certificate can fail by itself, and nothing but the best plan passes."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from linggong.matching.assignment import LARGEST_SUM, assign, check_sums
from linggong.matching.certificate import certify
from linggong.matching.holding import SCALE
from linggong.matching.pairs import TooLarge
from tests.matching.test_assignment import market

PAIRS = market({(0, 0): 5, (0, 1): 9, (1, 1): 7, (2, 1): 6, (2, 2): 1}, [1, 1, 2], 3)
PLAN = assign(PAIRS)


def proof(shift_of=PLAN.shift_of, price=PLAN.price, bonus=PLAN.bonus):
    return certify(PAIRS, np.array(shift_of, np.int32), np.array(price, np.int64), bonus)


def test_of_all_ways_to_send_three_people_only_the_best_one_passes():
    passed = [ways for ways in itertools.product(range(-1, 3), repeat=3) if proof(shift_of=ways).ok]
    assert passed == [tuple(PLAN.shift_of.tolist())]


def test_somebody_sent_where_he_is_not_eligible_is_a_fault():
    assert proof(shift_of=[2, 1, 2]).faults == 1


def test_an_oversold_shift_is_a_fault():
    assert proof(shift_of=[1, 1, 2]).faults == 1


def test_a_negative_price_is_a_fault():
    assert proof(price=[-1, *PLAN.price[1:]]).faults == 1


def test_a_place_left_empty_that_could_be_filled_is_seen_from_the_cover():
    fewer = proof(shift_of=[0, 1, -1])
    assert not fewer.faults and fewer.filled < fewer.most_filled


def test_a_worse_fit_with_as_many_places_filled_is_seen_from_the_bound():
    pairs = market({(0, 0): 5, (0, 1): 9, (1, 0): 5, (1, 1): 7}, [1, 1], 2)
    worse = certify(pairs, np.array([0, 1], np.int32), assign(pairs).price, assign(pairs).bonus)
    assert not worse.faults and worse.filled == worse.most_filled and worse.value < worse.bound


@pytest.mark.parametrize("shift", range(3))
@pytest.mark.parametrize("step", [-1, 1])
def test_a_price_that_proves_less_is_never_below_the_value(shift, step):
    price = PLAN.price.copy()
    price[shift] += step
    moved = proof(price=price)
    assert moved.faults or moved.bound >= moved.value


@pytest.mark.parametrize("part", [{"faults": 1}, {"filled": 2}, {"most_filled": 4}, {"value": 0}, {"bound": 10**9}])
def test_each_part_alone_makes_it_fail(part):
    assert PLAN.certificate.ok and not replace(PLAN.certificate, **part).ok


def test_the_limit_of_sums_lies_exactly_where_the_bound_could_pass_it():
    """One worker, one place, fit 9: the largest bonus allowed keeps (fit + bonus) x 3 under the limit."""
    pairs = market({(0, 0): 9}, [1], 1)
    largest = (LARGEST_SUM - 1) // 3 - 9 * SCALE - 1
    check_sums(pairs, largest)
    with pytest.raises(TooLarge, match="分县"):
        check_sums(pairs, largest + 1)
