"""Several shifts a day for each worker, none overlapping: a good plan, and a bound that says how good.

With prices on places the best set of shifts for one worker is weighted interval scheduling, solved exactly. No plan is
worth more than the price of all places and what each worker gains with the best set (Lagrange duality; the lowest such
bound is that of the linear program). Subgradient steps lower the bound; the best sets at its prices, as far as there
are places, are the start of a plan. It is completed in turns: every worker gives back at most one shift, and the best
assignment of one more shift to each, beside what is kept, is found exactly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linggong.matching.assignment import LARGEST_SUM, Plan, assign
from linggong.matching.compiled import compiled
from linggong.matching.holding import NOBODY, SCALE
from linggong.matching.pairs import Ints, Longs, Pairs, pairs_of

Flags = NDArray[np.bool_]

ROUNDS = 4
"""How often the bound is lowered and a plan made from its prices."""

DESCENTS = 60
"""Subgradient steps in each round."""

TURNS = 4
"""Turns to complete a plan."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Who works which shifts, as parallel arrays, and how good that is.

    `value` and `bound` are in units of 1/SCALE of a point, with a bonus for each place filled.
    """

    worker: Ints
    shift: Ints
    filled: int
    total_fit: int
    value: int
    bound: int
    bonus: int

    @property
    def gap(self) -> float:
        """The most by which the best plan can be better, as a share of it."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0


def schedule(pairs: Pairs, starts: Longs, ends: Longs, gap: int) -> Schedule:
    """A schedule for shifts that start and end at these minutes, with `gap` minutes between two of one worker.

    The pairs of each worker must be in the order of the shifts' ends: so they are if they were given in that order.
    """
    earlier = np.diff(ends[pairs.worker_shift], prepend=0) < 0
    earlier[pairs.worker_start[:-1][np.diff(pairs.worker_start) > 0]] = False
    if earlier.any():
        raise ValueError("the pairs are not in the order of the shifts' ends")
    first = assign(pairs)
    value_of = pairs.worker_fit.astype(np.int64) * SCALE + first.bonus
    before = last_before(pairs, starts, ends, gap)
    price, bound, best = first.price, LARGEST_SUM, completed(pairs, value_of, before, held_in(pairs, first))
    for _ in range(ROUNDS):
        lower, price = lower_bound(pairs, value_of, before, price, int(value_of[best].sum()))
        bound = min(bound, lower)
        held = completed(pairs, value_of, before, best_sets_that_fit(pairs, value_of, before, price))
        best = max(best, held, key=lambda one: int(value_of[one].sum()))
    value, total_fit = int(value_of[best].sum()), int(pairs.worker_fit[best].sum(dtype=np.int64))
    return Schedule(
        owners(pairs)[best], pairs.worker_shift[best], int(best.sum()), total_fit, value, bound, first.bonus
    )


def owners(pairs: Pairs) -> Ints:
    """The worker of each pair."""
    return np.repeat(np.arange(pairs.workers, dtype=np.int32), np.diff(pairs.worker_start))


def held_in(pairs: Pairs, plan: Plan) -> Flags:
    """The pairs that a plan chose."""
    chosen: Flags = plan.shift_of[owners(pairs)] == pairs.worker_shift
    return chosen


def completed(pairs: Pairs, value_of: Longs, before: Ints, held: Flags) -> Flags:
    """A plan made better in turns."""
    for turn in range(TURNS):
        kept = held & ~given_back(pairs, held, turn)
        after = kept | one_more(pairs, kept, open_pairs(pairs, before, kept))
        if value_of[after].sum() >= value_of[held].sum():
            held = after
    return held


def one_more(pairs: Pairs, kept: Flags, open_: Flags) -> Flags:
    """The best assignment of one more shift to each worker among the open pairs, as pairs."""
    places = pairs.places - np.bincount(pairs.worker_shift[kept], minlength=pairs.shifts)
    worker, shift, fit = owners(pairs)[open_], pairs.worker_shift[open_], pairs.worker_fit[open_]
    return open_ & held_in(pairs, assign(pairs_of(pairs.workers, worker, shift, fit, places)))


@compiled
def given_back(pairs: Pairs, held: Flags, turn: int) -> Flags:
    """Of each worker's pairs held one, another in each turn; none in the first."""
    back = np.zeros(len(held), np.bool_)
    if turn == 0:
        return back
    for worker in range(len(pairs.worker_start) - 1):
        first, end = pairs.worker_start[worker], pairs.worker_start[worker + 1]
        count = held[first:end].sum()
        if count == 0:
            continue
        choice = (worker * 7 + turn) % count
        for pair in range(first, end):
            if held[pair]:
                back[pair] = choice == 0
                choice -= 1
    return back


@compiled
def open_pairs(pairs: Pairs, before: Ints, kept: Flags) -> Flags:
    """The pairs that overlap none that their worker keeps."""
    open_ = ~kept
    for worker in range(len(pairs.worker_start) - 1):
        first, end = pairs.worker_start[worker], pairs.worker_start[worker + 1]
        for pair in range(first, end):
            if not kept[pair]:
                continue
            for other in range(first + before[pair], pair):
                open_[other] = False
            for other in range(pair + 1, end):
                if first + before[other] <= pair:
                    open_[other] = False
    return open_


@compiled
def last_before(pairs: Pairs, starts: Longs, ends: Longs, gap: int) -> Ints:
    """For each pair of a worker, how many of the worker's pairs end early enough to be worked before it."""
    before = np.zeros(len(pairs.worker_shift), np.int32)
    for worker in range(len(pairs.worker_start) - 1):
        first = pairs.worker_start[worker]
        for at in range(first, pairs.worker_start[worker + 1]):
            earlier = at
            while earlier > first and ends[pairs.worker_shift[earlier - 1]] + gap > starts[pairs.worker_shift[at]]:
                earlier -= 1
            before[at] = earlier - first
    return before


@compiled
def best_set(
    pairs: Pairs,
    value_of: Longs,
    before: Ints,
    price: Longs,
    worker: int,
    without: int,
    best: Longs,
    chosen: NDArray[np.bool_],
) -> int:
    """What a worker gains most at these prices, by weighted interval scheduling; `chosen` marks the pairs.

    The pair `without` is left out. `best` and `chosen` are scratch as long as the worker has pairs.
    """
    first, count = pairs.worker_start[worker], pairs.worker_start[worker + 1] - pairs.worker_start[worker]
    best[0] = 0
    for at in range(count):
        pair = first + at
        gain = value_of[pair] - price[pairs.worker_shift[pair]] + best[before[pair]]
        best[at + 1] = gain if gain > best[at] and pair != without else best[at]
        chosen[at] = False
    at = count
    while at > 0:
        if best[at] == best[at - 1]:
            at -= 1
        else:
            chosen[at - 1] = True
            at = before[first + at - 1]
    return int(best[count])


def lower_bound(pairs: Pairs, value_of: Longs, before: Ints, price: Longs, value: int) -> tuple[int, Longs]:
    """The lowest bound found from these prices on, and its prices; `value` is what a plan is known to reach."""
    here, lowest, pace = price.copy(), LARGEST_SUM, 1.0
    for _ in range(DESCENTS):
        bound, surplus = bound_at(pairs, value_of, before, here)
        if bound < lowest:
            lowest, price = bound, here
        else:
            pace *= 0.8
        length = float(surplus @ surplus)
        if lowest <= value or length == 0:
            break
        here = np.maximum(here - np.rint(pace * (bound - value) * surplus / length).astype(np.int64), 0)
    return int(lowest), price


@compiled
def bound_at(pairs: Pairs, value_of: Longs, before: Ints, price: Longs) -> tuple[int, Longs]:
    """The bound at these prices, and by shift how many places are left over when everybody has the best set.

    A place left over at price 0 does not count: no lower price can help.
    """
    left = np.diff(pairs.seat_start)
    bound = (left * price).sum()
    most = 1
    for worker in range(len(pairs.worker_start) - 1):
        most = max(most, pairs.worker_start[worker + 1] - pairs.worker_start[worker])
    best, chosen = np.empty(most + 1, np.int64), np.empty(most, np.bool_)
    for worker in range(len(pairs.worker_start) - 1):
        bound += best_set(pairs, value_of, before, price, worker, NOBODY, best, chosen)
        first = pairs.worker_start[worker]
        for at in range(pairs.worker_start[worker + 1] - first):
            left[pairs.worker_shift[first + at]] -= chosen[at]
    for shift in range(len(price)):
        if price[shift] == 0 and left[shift] > 0:
            left[shift] = 0
    return bound, left


@compiled
def best_sets_that_fit(pairs: Pairs, value_of: Longs, before: Ints, price: Longs) -> Flags:
    """The pairs of everybody's best sets at these prices, as far as there are places: of too many the worthiest."""
    held, most = np.zeros(len(value_of), np.bool_), 1
    for worker in range(len(pairs.worker_start) - 1):
        most = max(most, pairs.worker_start[worker + 1] - pairs.worker_start[worker])
    best, chosen = np.empty(most + 1, np.int64), np.empty(most, np.bool_)
    for worker in range(len(pairs.worker_start) - 1):
        best_set(pairs, value_of, before, price, worker, NOBODY, best, chosen)
        first, end = pairs.worker_start[worker], pairs.worker_start[worker + 1]
        held[first:end] = chosen[: end - first]
    wanting = np.flatnonzero(held)
    left = np.diff(pairs.seat_start)
    for pair in wanting[np.argsort(-value_of[wanting])]:
        left[pairs.worker_shift[pair]] -= 1
        if left[pairs.worker_shift[pair]] < 0:
            held[pair] = False
    return held
