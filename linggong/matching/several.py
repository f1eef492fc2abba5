"""Several shifts a day for each worker, none overlapping: a good plan, and a bound that says how good.

With prices on places the best set of shifts for one worker is weighted interval scheduling, solved exactly. No plan is
worth more than the price of all places and what each worker gains with the best set (Lagrange duality; the lowest such
bound is that of the linear program). Prices come from two sides in turns. Steps down the bound, of a length that each
shift learns for itself (M. Riedmiller, H. Braun, "A direct adaptive method for faster backpropagation learning", IEEE
International Conference on Neural Networks, 1993), go quickly as far as they can alone. Then every worker is cut into
slots, one for each shift held and one for the free time, and the slots are assigned exactly: that moves whole chains of
workers at once, and its prices are so near that few steps more suffice.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linggong.matching.assignment import LARGEST_SUM, Plan, assign
from linggong.matching.compiled import compiled
from linggong.matching.holding import NOBODY, SCALE
from linggong.matching.pairs import Ints, Longs, Pairs, pairs_of

Flags = NDArray[np.bool_]

ROUNDS = 2
"""How often slots are assigned and the bound is lowered, at most."""

GOOD_ENOUGH = 0.0003
"""A gap at which another round is not worth its time."""

FIRST_DESCENTS, DESCENTS = 30, 60
"""Steps down the bound, before and after the slots have been assigned."""

FIRST_STEP, LATER_STEP = 32, 320
"""The first step of a price, before and after the slots have been assigned, as a part of the bonus."""

FASTER, SLOWER = 1.1, 0.7
"""What a step grows by where a price keeps going the same way, and shrinks by where it turns."""

SHORTEST_STEP = 0.5

TURNS = 2
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
    bonus = first.bonus
    day = Day(pairs, pairs.worker_fit.astype(np.int64) * SCALE + bonus, last_before(pairs, starts, ends, gap))
    best = held_in(pairs, first)
    bound, price = lower_bound(day, first.price, bonus // FIRST_STEP, FIRST_DESCENTS)
    held = best_sets_that_fit(day, price)
    for _ in range(ROUNDS):
        moved, price = reassigned(day, held)
        lower, price = lower_bound(day, price, bonus // LATER_STEP, DESCENTS)
        chosen = one_more(day, best_sets_that_fit(day, price))
        again, _ = reassigned(day, chosen)
        bound = min(bound, lower)
        held = completed(day, max((moved, chosen, one_more(day, again)), key=day.worth))
        best = max(best, held, key=day.worth)
        if bound - day.worth(best) <= GOOD_ENOUGH * bound:
            break
    total_fit = int(pairs.worker_fit[best].sum(dtype=np.int64))
    found = owners(pairs)[best], pairs.worker_shift[best]
    return Schedule(*found, int(best.sum()), total_fit, day.worth(best), bound, bonus)


class Day(NamedTuple):
    """The pairs, what each is worth, and how many of the worker's earlier pairs can be worked before it."""

    pairs: Pairs
    value_of: Longs
    before: Ints

    def worth(self, held: Flags) -> int:
        """What the pairs held are worth together."""
        return int(self.value_of[held].sum())


def owners(pairs: Pairs) -> Ints:
    """The worker of each pair."""
    return np.repeat(np.arange(pairs.workers, dtype=np.int32), np.diff(pairs.worker_start))


def held_in(pairs: Pairs, plan: Plan) -> Flags:
    """The pairs that a plan chose."""
    chosen: Flags = plan.shift_of[owners(pairs)] == pairs.worker_shift
    return chosen


def completed(day: Day, held: Flags) -> Flags:
    """A plan made better in turns: every worker gives back a shift and gets the best one there is beside the others."""
    for turn in range(TURNS):
        after = one_more(day, held & ~given_back(day.pairs, held, turn))
        if day.worth(after) >= day.worth(held):
            held = after
    return held


def one_more(day: Day, kept: Flags) -> Flags:
    """What is kept, and beside it the best assignment of one more shift to each worker."""
    pairs = day.pairs
    open_ = open_pairs(pairs, day.before, kept)
    places = pairs.places - np.bincount(pairs.worker_shift[kept], minlength=pairs.shifts)
    worker, shift, fit = owners(pairs)[open_], pairs.worker_shift[open_], pairs.worker_fit[open_]
    plan = assign(pairs_of(pairs.workers, worker, shift, fit, places))
    more: Flags = kept | (open_ & held_in(pairs, plan))
    return more


def reassigned(day: Day, held: Flags) -> tuple[Flags, Longs]:
    """The best assignment of all slots at once, where two of a worker overlap the better of them; and its prices."""
    pairs = day.pairs
    slot, slots = slots_of(pairs, day.before, held)
    known = np.flatnonzero(slot >= 0)
    plan = assign(pairs_of(slots, slot[known], pairs.worker_shift[known], pairs.worker_fit[known], pairs.places))
    chosen = np.zeros(len(slot), np.bool_)
    chosen[known] = plan.shift_of[slot[known]] == pairs.worker_shift[known]
    nothing = np.zeros(pairs.shifts, np.int64)
    return best_sets(pairs, np.where(chosen, day.value_of, 0), day.before, nothing), plan.price


@compiled
def slots_of(pairs: Pairs, before: Ints, held: Flags) -> tuple[Ints, int]:
    """The slot of each pair, and how many there are: that of the only shift held which the pair overlaps (or is), the
    slot for the free time if it overlaps none, NOBODY if it overlaps several."""
    slot, count = np.full(len(held), NOBODY, np.int32), 0
    for worker in range(len(pairs.worker_start) - 1):
        first, end = pairs.worker_start[worker], pairs.worker_start[worker + 1]
        free = count
        count += 1
        for pair in range(first, end):
            if held[pair]:
                slot[pair] = count
                count += 1
        for pair in range(first, end):
            if held[pair]:
                continue
            overlapping, mine = 0, free
            for other in range(first, end if count > free + 1 else first):
                if held[other] and first + before[max(pair, other)] <= min(pair, other):
                    overlapping += 1
                    mine = slot[other]
            if overlapping <= 1:
                slot[pair] = mine
    return slot, count


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
def best_set(pairs: Pairs, value_of: Longs, before: Ints, price: Longs, worker: int, best: Longs, chosen: Flags) -> int:
    """What a worker gains most at these prices, by weighted interval scheduling; `chosen` marks the pairs.

    `best` and `chosen` are scratch as long as the worker has pairs.
    """
    first, count = pairs.worker_start[worker], pairs.worker_start[worker + 1] - pairs.worker_start[worker]
    best[0] = 0
    for at in range(count):
        gain = value_of[first + at] - price[pairs.worker_shift[first + at]] + best[before[first + at]]
        best[at + 1] = max(gain, best[at])
        chosen[at] = False
    at = count
    while at > 0:
        if best[at] == best[at - 1]:
            at -= 1
        else:
            chosen[at - 1] = True
            at = before[first + at - 1]
    return int(best[count])


@compiled
def best_sets(pairs: Pairs, value_of: Longs, before: Ints, price: Longs) -> Flags:
    """The pairs of everybody's best sets at these prices."""
    held = np.zeros(len(value_of), np.bool_)
    best = np.empty(most_pairs(pairs) + 1, np.int64)
    for worker in range(len(pairs.worker_start) - 1):
        first, end = pairs.worker_start[worker], pairs.worker_start[worker + 1]
        best_set(pairs, value_of, before, price, worker, best, held[first:end])
    return held


@compiled
def most_pairs(pairs: Pairs) -> int:
    """The most pairs a worker has."""
    most = 0
    for worker in range(len(pairs.worker_start) - 1):
        most = max(most, pairs.worker_start[worker + 1] - pairs.worker_start[worker])
    return most


def lower_bound(day: Day, price: Longs, step: int, descents: int) -> tuple[int, Longs]:
    """The lowest bound found from these prices on in so many steps, and its prices."""
    here, lowest = price.astype(np.float64), LARGEST_SUM
    steps, way = np.full(len(price), max(step, 1), np.float64), np.zeros(len(price))
    for _ in range(descents):
        whole = np.rint(here).astype(np.int64)
        bound, surplus = bound_at(day.pairs, day.value_of, day.before, whole)
        if bound < lowest:
            lowest, price = bound, whole
        last, way = way, np.sign(surplus)
        steps *= np.where(way * last > 0, FASTER, np.where(way * last < 0, SLOWER, 1))
        steps = np.maximum(steps, SHORTEST_STEP)
        here = np.maximum(here - way * steps, 0)
    return int(lowest), price


@compiled
def bound_at(pairs: Pairs, value_of: Longs, before: Ints, price: Longs) -> tuple[int, Longs]:
    """The bound at these prices, and by shift how many places are left over when everybody has the best set.

    A place left over at price 0 does not count: no lower price can help.
    """
    left = np.diff(pairs.seat_start)
    bound = (left * price).sum()
    most = most_pairs(pairs)
    best, chosen = np.empty(most + 1, np.int64), np.empty(most, np.bool_)
    for worker in range(len(pairs.worker_start) - 1):
        bound += best_set(pairs, value_of, before, price, worker, best, chosen)
        first = pairs.worker_start[worker]
        for at in range(pairs.worker_start[worker + 1] - first):
            left[pairs.worker_shift[first + at]] -= chosen[at]
    for shift in range(len(price)):
        if price[shift] == 0 and left[shift] > 0:
            left[shift] = 0
    return bound, left


def best_sets_that_fit(day: Day, price: Longs) -> Flags:
    """The pairs of everybody's best sets at these prices, as far as there are places: of too many the worthiest."""
    held = best_sets(day.pairs, day.value_of, day.before, price)
    wanting = np.flatnonzero(held)
    keep_worthiest(day.pairs, held, wanting[np.argsort(-day.value_of[wanting], kind="stable")])
    return held


@compiled
def keep_worthiest(pairs: Pairs, held: Flags, wanting: Longs) -> None:
    """Takes away from the pairs held, the worthiest first, those for which no places are left."""
    left = np.diff(pairs.seat_start)
    for pair in wanting:
        left[pairs.worker_shift[pair]] -= 1
        if left[pairs.worker_shift[pair]] < 0:
            held[pair] = False
