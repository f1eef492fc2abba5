"""Who should go where: as many places filled as can be, then the greatest total fit. Exact, sparse, provable.

The bonus for filling a place starts just above any single fit. Should the best plan at that bonus leave a place
empty that could be filled, the bonus grows and the plan is repaired, until the most places are filled; a plan that
fills the most places and is best at any bonus is best among all that fill as many.
"""

from dataclasses import dataclass

import numpy as np

from linggong.matching import auction, paths
from linggong.matching.certificate import Certificate, certify
from linggong.matching.holding import SCALE, Holding, empty_holding
from linggong.matching.pairs import Ints, Longs, Pairs, TooLarge

STEPS = (8, 64, 512)
"""The auction's steps, as parts of the bonus; measured to be the quickest way to prices good enough."""

LARGEST_SUM = 2**62


@dataclass(frozen=True, slots=True)
class Plan:
    """The best assignment, with the prices that prove it.

    `shift_of` is the shift of each worker (-1: none), `price` what a place of each shift is worth in units of
    1/SCALE of a point, at `bonus` for each place filled.
    """

    shift_of: Ints
    price: Longs
    bonus: int
    certificate: Certificate


def assign(pairs: Pairs) -> Plan:
    """The best plan from nothing. Raises `TooLarge` where sums could pass 62 bits."""
    highest = int(pairs.worker_fit.max(initial=0))
    check_sums(pairs, highest)
    holding, bonus = empty_holding(pairs), SCALE * (highest + 1)
    return find_prices(pairs, holding, bonus)


def check_sums(pairs: Pairs, highest: int) -> None:
    """Raises `TooLarge` if the value of a plan at the largest bonus could pass 62 bits."""
    seats = min(pairs.workers, int(pairs.seat_start[-1])) + 1
    if SCALE * (highest + 1) * (seats + 1) * (pairs.workers + int(pairs.seat_start[-1]) + 1) >= LARGEST_SUM:
        raise TooLarge("人数、班次和分数太大, 相加会超出整数的范围。请分县计算, 或者减小分数。")


def find_prices(pairs: Pairs, holding: Holding, bonus: int) -> Plan:
    """Auctions in ever smaller steps, then the exact end."""
    for part in STEPS:
        auction.auction_round(pairs, holding, bonus, max(bonus // part, 1))
    return finish(pairs, holding, bonus)


def finish(pairs: Pairs, holding: Holding, bonus: int) -> Plan:
    """Makes a plan near the best exact; with a larger bonus if more places could be filled."""
    search, wanting = paths.new_search(pairs), np.empty(pairs.workers, np.int32)
    count = auction.tighten(pairs, holding, bonus, wanting)
    paths.place_workers(pairs, holding, bonus, search, wanting[:count])
    paths.fill_holes(pairs, holding, bonus, search)
    certificate = certify(pairs, holding.shift_of, holding.price, bonus)
    if certificate.filled < certificate.most_filled:
        return find_prices(pairs, holding, 4 * bonus)
    return Plan(holding.shift_of, holding.price, bonus, certificate)
