"""Putting candidates in order: by key, the higher first, and equal keys by the lot drawn from the id."""

import numpy as np

from linggong.matching.compiled import compiled, inlined
from linggong.matching.identity import Keys, lot_of
from linggong.matching.pairs import Ints, Longs

VERY_FEW, FEW = 8, 160

GAPS = (3905, 1750, 701, 301, 132, 57, 23, 10, 4, 1)
"""The gaps of Ciura for the method of Shell, which is quick with what is nearly in order."""


@inlined
def candidate(key: int, place: int, bits: int) -> int:
    """A candidate as one integer: its key, and in so many bits its place in the lists of the caller, counted down."""
    return int((np.int64(key) << bits) | ((1 << bits) - 1 - place))


@inlined
def place_of(one: int, bits: int) -> int:
    """The place of a candidate in the lists of the caller."""
    mask = (1 << bits) - 1
    return int(mask - (one & mask))


@inlined
def in_order(candidates: Longs, rows: Ints, ids: Keys, bits: int) -> None:
    """Sorts candidates; `rows` are the rows by place, whose ids settle what is equal."""
    descend(candidates)
    first = 0
    for at in range(1, len(candidates) + 1):
        if at == len(candidates) or candidates[at] >> bits != candidates[first] >> bits:
            if at - first > 1:
                draw(candidates[first:at], rows, ids, bits)
            first = at


@inlined
def descend(values: Longs) -> None:
    """Sorts different values downwards. Of few values, unless they are very few, it is counted for each how many are
    greater, which is its place: many comparisons, but many at a time."""
    if VERY_FEW < len(values) <= FEW:
        unsorted = values.copy()
        for value in unsorted:
            place = 0
            for other in unsorted:
                place += other > value
            values[place] = value
        return
    for gap in GAPS:
        for at in range(gap, len(values)):
            value, to = values[at], at
            while to >= gap and values[to - gap] < value:
                values[to] = values[to - gap]
                to -= gap
            values[to] = value


@compiled
def draw(equals: Longs, rows: Ints, ids: Keys, bits: int) -> None:
    """Sorts candidates by lot (see `fit.lot`), the lower first."""
    lots = np.empty(len(equals), np.uint64)
    for at in range(len(equals)):
        lots[at] = lot_of(ids, rows[place_of(equals[at], bits)])
    for gap in GAPS:
        for at in range(gap, len(equals)):
            one, lot, to = equals[at], lots[at], at
            while to >= gap and lots[to - gap] > lot:
                equals[to], lots[to] = equals[to - gap], lots[to - gap]
                to -= gap
            equals[to], lots[to] = one, lot
