"""Who should go where: as many places filled as can be, then the greatest total fit. Exact, sparse, provable.

The bonus for filling a place starts at several times any single fit. Should the best plan at that bonus leave a place
empty that could be filled, the bonus grows and the plan is repaired, until the most places are filled; a plan that
fills the most places and is best at any bonus is best among all that fill as many.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linggong.matching import auction, paths
from linggong.matching.certificate import Certificate, certify
from linggong.matching.compiled import compiled
from linggong.matching.holding import NOBODY, SCALE, Holding, empty_holding, reseat, settle
from linggong.matching.pairs import Ints, Longs, Pairs, TooLarge

FIRST_BONUS = 2
"""The bonus to start with, in greatest fits: on a province's day it is enough, and a higher one takes longer."""

STEPS = (16, 128, 1024)
"""The auction's steps, as parts of the bonus; measured to be the quickest way to prices good enough."""

SLACK = 2
"""By how many of the last round's steps prices are lowered before the next; less leaves too many places empty."""

LARGEST_SUM = 2**62


@dataclass(frozen=True, slots=True)
class Plan:
    """The best assignment, with the prices that prove it.

    `shift_of` is the shift of each worker (-1: none), `price` what a place of each shift is worth and `gain` what
    each worker has beyond it, in units of 1/SCALE of a point, at `bonus` for each place filled.
    """

    shift_of: Ints
    price: Longs
    gain: Longs
    bonus: int
    certificate: Certificate


def assign(pairs: Pairs) -> Plan:
    """The best plan from nothing. Raises `TooLarge` where sums could pass 62 bits."""
    highest = int(pairs.worker_fit.max(initial=0))
    bonus = FIRST_BONUS * SCALE * (highest + 1)
    check_sums(pairs, bonus)
    return find_prices(pairs, empty_holding(pairs), bonus)


def check_sums(pairs: Pairs, bonus: int) -> None:
    """Raises `TooLarge` if the value of a plan, or its bound, could pass 62 bits."""
    highest = SCALE * int(pairs.worker_fit.max(initial=0)) + bonus
    if (highest + 1) * (pairs.workers + int(pairs.seat_start[-1]) + 1) >= LARGEST_SUM:
        raise TooLarge("人数、班次和分数太大, 相加会超出整数的范围。请分县计算, 或者减小分数。")


def repair(pairs: Pairs, plan: Plan, workers: Ints, shifts: Ints) -> Plan:
    """The best plan again, after a change, in a fraction of the time.

    `pairs` are the present ones, numbered as for `plan`; new workers and shifts come last, those who left have no
    pairs. `workers` and `shifts` name all whose pairs or places have changed, the new and the gone among them.
    """
    check_sums(pairs, plan.bonus)
    holding = empty_holding(pairs)
    holding.shift_of[: len(plan.shift_of)] = plan.shift_of
    holding.gain[: len(plan.gain)] = plan.gain
    holding.price[: len(plan.price)] = plan.price
    wanting, holes = np.empty(pairs.workers, np.int32), np.zeros(pairs.shifts, np.bool_)
    count = carry(pairs, holding, plan.bonus, workers.astype(np.int32), shifts.astype(np.int32), wanting, holes)
    return end_exactly(pairs, holding, plan.bonus, wanting[:count], np.flatnonzero(holes).astype(np.int32))


@compiled
def carry(
    pairs: Pairs, holding: Holding, bonus: int, workers: Ints, shifts: Ints, wanting: Ints, holes: NDArray[np.bool_]
) -> int:
    """Releases all whom a change touches and gives them exact gains at the old prices; how many want a place then.

    A changed shift gets the lowest price at which nobody untouched would rather be there.
    """
    touched = np.zeros(len(holding.shift_of), np.bool_)
    touched[workers] = True
    holes[shifts] = True
    for worker in range(len(touched)):
        shift = holding.shift_of[worker]
        if shift >= 0 and (touched[worker] or holes[shift]):
            touched[worker] = True
    for worker in workers:
        if holding.shift_of[worker] >= 0:
            holes[holding.shift_of[worker]] = True
    for shift in shifts:
        price = 0
        for at in range(pairs.shift_start[shift], pairs.shift_start[shift + 1]):
            worker = pairs.shift_worker[at]
            if not touched[worker]:
                price = max(price, pairs.shift_fit[at] * SCALE + bonus - holding.gain[worker])
        holding.price[shift] = price
    count = 0
    for worker in range(len(touched)):
        if touched[worker]:
            holding.shift_of[worker] = NOBODY
            if settle(pairs, holding, worker, bonus):
                wanting[count] = worker
                count += 1
    reseat(pairs, holding)
    return count


def find_prices(pairs: Pairs, holding: Holding, bonus: int) -> Plan:
    """Auctions in ever smaller steps, then the exact end."""
    slack = 0
    for part in STEPS:
        step = max(bonus // part, 1)
        auction.auction_round(pairs, holding, bonus, step, slack)
        slack = SLACK * step
    return finish(pairs, holding, bonus)


def finish(pairs: Pairs, holding: Holding, bonus: int) -> Plan:
    """Makes a plan near the best exact."""
    wanting = np.empty(pairs.workers, np.int32)
    count = auction.tighten(pairs, holding, bonus, wanting)
    return end_exactly(pairs, holding, bonus, wanting[:count], np.arange(pairs.shifts, dtype=np.int32))


def end_exactly(pairs: Pairs, holding: Holding, bonus: int, wanting: Ints, holes: Ints) -> Plan:
    """Places all who want a place and fills the holes there may be; anew with a larger bonus if that fills more."""
    search = paths.new_search(pairs)
    paths.place_workers(pairs, holding, bonus, search, wanting)
    paths.fill_holes(pairs, holding, bonus, search, holes)
    certificate = certify(pairs, holding.shift_of, holding.price, bonus)
    if certificate.filled < certificate.most_filled:
        check_sums(pairs, 4 * bonus)
        return find_prices(pairs, holding, 4 * bonus)
    return Plan(holding.shift_of, holding.price, holding.gain, bonus, certificate)
