"""The proof that a plan is the best: two bounds from above that it meets.

Value: by duality no plan is worth more than the sum of what each worker can gain at the plan's prices and of the
price of every place. Filled places: a cover of all pairs by workers and places is a bound on how many can be filled
(D. König, 1931). Both bounds hold for any prices and any plan, so nothing of the solver has to be trusted.
"""

from dataclasses import dataclass

import numpy as np

from linggong.matching.compiled import compiled
from linggong.matching.holding import SCALE
from linggong.matching.pairs import Ints, Longs, Pairs


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a plan reaches, and what no plan can pass; `faults` counts what makes it no plan at all.

    `value` and `bound` are in units of 1/SCALE of a point, with the bonus for each place filled.
    """

    filled: int
    most_filled: int
    total_fit: int
    value: int
    bound: int
    faults: int

    @property
    def ok(self) -> bool:
        """Whether the plan is proved the best."""
        return not self.faults and self.filled == self.most_filled and self.value == self.bound


def certify(pairs: Pairs, shift_of: Ints, price: Longs, bonus: int) -> Certificate:
    """Reckons both bounds anew from the pairs."""
    filled, total_fit, bound, faults = reckon(pairs, shift_of, price, bonus)
    return Certificate(filled, cover(pairs, shift_of), total_fit, total_fit * SCALE + bonus * filled, bound, faults)


@compiled
def reckon(pairs: Pairs, shift_of: Ints, price: Longs, bonus: int) -> tuple[int, int, int, int]:
    """Places filled, total fit, the bound on value, and how many rules are broken."""
    filled, total_fit, bound, faults = 0, 0, 0, 0
    taken = np.zeros(len(price), np.int64)
    for worker in range(len(shift_of)):
        best, mine, found = 0, shift_of[worker], shift_of[worker] < 0
        for at in range(pairs.worker_start[worker], pairs.worker_start[worker + 1]):
            shift = pairs.worker_shift[at]
            best = max(best, pairs.worker_fit[at] * SCALE + bonus - price[shift])
            if shift == mine:
                found = True
                filled += 1
                total_fit += pairs.worker_fit[at]
                taken[shift] += 1
        bound += best
        faults += not found
    for shift in range(len(price)):
        places = pairs.seat_start[shift + 1] - pairs.seat_start[shift]
        bound += price[shift] * places
        faults += (taken[shift] > places) + (price[shift] < 0)
    return filled, total_fit, bound, faults


@compiled
def cover(pairs: Pairs, shift_of: Ints) -> int:
    """Size of the cover found from the empty places: the workers they could draw on, and the places out of reach.

    No plan fills more; it is what this plan fills unless a chain leads from an empty place to somebody idle.
    """
    shifts = len(pairs.shift_start) - 1
    empty = np.diff(pairs.seat_start)
    for worker in range(len(shift_of)):
        if shift_of[worker] >= 0:
            empty[shift_of[worker]] -= 1
    reached_shift, reached_worker = empty > 0, np.zeros(len(shift_of), np.bool_)
    stack = np.empty(shifts, np.int32)
    top, size = 0, 0
    for shift in range(shifts):
        if reached_shift[shift]:
            stack[top] = shift
            top += 1
        else:
            size += pairs.seat_start[shift + 1] - pairs.seat_start[shift]
    while top > 0:
        top -= 1
        shift = stack[top]
        for at in range(pairs.shift_start[shift], pairs.shift_start[shift + 1]):
            worker = pairs.shift_worker[at]
            if reached_worker[worker]:
                continue
            reached_worker[worker] = True
            size += 1
            other = shift_of[worker]
            if other >= 0 and not reached_shift[other]:
                reached_shift[other] = True
                size -= pairs.seat_start[other + 1] - pairs.seat_start[other]
                stack[top] = other
                top += 1
    return size
