"""Finding the best rows for a shift, or all of them: score whole stretches, then ask only the best for more.

A key orders candidates: total points, then days of waiting, in one integer; equal keys are settled by the lot.
"""

import math
from typing import NamedTuple

import numpy as np

from linggong.matching import measure
from linggong.matching.compiled import also_compiled, compiled
from linggong.matching.pairs import Ints, Longs
from linggong.matching.people import Record, Records, admits
from linggong.matching.postings import BAND, BANDS, TIERS, Postings, band_of, first_at

WAITING_BITS = 16
MOST_WAITING = 2**15 - 1
NO_KEY = -1

SKILL, UNIT_SHIFT, UNIT, IN_TOWN, OPEN_TO_LESS = 3, 2, 7, 32, 64
"""Traits of a posting, in bits: skill, pay unit, and two flags."""

also_compiled(
    measure.metres,
    measure.reach,
    measure.worth,
    measure.asked,
    measure.underpaid,
    measure.skill_points,
    measure.distance_points,
    measure.pay_points,
)


class Best(NamedTuple):
    """The best so far as a heap with the worst in front: keys, lots and rows; `size` has one entry."""

    key: Longs
    lot: Longs
    row: Ints
    size: Longs


def new_best(limit: int) -> Best:
    """Room for the best `limit`."""
    return Best(np.empty(limit, np.int64), np.empty(limit, np.int64), np.empty(limit, np.int32), np.zeros(1, np.int64))


@compiled
def score(postings: Postings, wanted: Record, limits: Record, at: int) -> int:
    """The key of one posting; NO_KEY if it is too far or the pay too low."""
    traits = postings.traits[at]
    usual = limits["town"] if wanted["in_town"] and traits & IN_TOWN else limits["country"]
    way = measure.metres(
        postings.latitude[at], postings.longitude[at], wanted["latitude"], wanted["longitude"], wanted["scale"]
    )
    farthest = measure.reach(postings.reach[at], usual, wanted["transport"], limits["transported"])
    if way > farthest:
        return NO_KEY
    asked = measure.asked(postings.asks[at], (traits >> UNIT_SHIFT) & UNIT, wanted["minutes"])
    if measure.underpaid(wanted["offered"], asked, bool(traits & OPEN_TO_LESS)):
        return NO_KEY
    total = (
        measure.skill_points(traits & SKILL, limits["trade"], limits["skill_step"])
        + measure.distance_points(way, usual, farthest, limits["distance"])
        + measure.pay_points(wanted["offered"], asked, limits["pay"])
    )
    return int((total << WAITING_BITS) + postings.points[at])


@compiled
def stretch(postings: Postings, bucket: int, wanted: Record, radius: int, band: int) -> tuple[int, int]:
    """The slots of one bucket that can lie within the radius: first and end."""
    first = postings.start[bucket]
    end = first + postings.size[bucket]
    south, north = band * BAND - 90_000_000, (band + 1) * BAND - 90_000_001
    off = max(south - wanted["latitude"], wanted["latitude"] - north, 0) * measure.METRES_PER_MICRODEGREE
    if first == end or off > radius:
        return first, first
    east = int(math.sqrt(float(radius) * radius - off * off) / wanted["scale"]) + 2
    first = first_at(postings.longitude, first, end, wanted["longitude"] - east)
    return first, first_at(postings.longitude, first, end, wanted["longitude"] + east + 1)


@compiled
def find_best(
    postings: Postings,
    people: Records,
    notes: Records,
    sites: Records,
    wanted: Record,
    limits: Record,
    radii: Longs,
    needed: Ints,
    barred: Ints,
    named: Ints,
    best: Best,
) -> None:
    """The best rows for a shift, unsorted. `radii` bounds each tier; `barred` and `named` are rows, sorted."""
    for tier in range(TIERS):
        radius = radii[tier]
        around = int(radius / measure.METRES_PER_MICRODEGREE) + 1
        lowest, highest = band_of(wanted["latitude"] - around), band_of(wanted["latitude"] + around)
        for band in range(lowest, highest + 1 if radius >= 0 else lowest):
            first, end = stretch(postings, (wanted["trade"] * TIERS + tier) * BANDS + band, wanted, radius, band)
            for at in range(first, end):
                key = score(postings, wanted, limits, at)
                row = postings.row[at]
                if key != NO_KEY and len(named) and is_in(named, row):
                    key += limits["named"] << WAITING_BITS
                if key == NO_KEY or (best.size[0] == len(best.key) and key < best.key[0]):
                    continue
                lot = people[row]["lot"]
                if not better(best, key, lot) or is_in(barred, row):
                    continue
                if admits(people, notes, sites, wanted, limits, needed, row):
                    keep(best, key, lot, row)


@compiled
def is_in(rows: Ints, row: int) -> bool:
    """Whether a row is among sorted rows."""
    at = first_at(rows, 0, len(rows), row)
    return bool(at < len(rows) and rows[at] == row)


@compiled
def better(best: Best, key: int, lot: int) -> bool:
    """Whether a candidate belongs among the best."""
    if best.size[0] < len(best.key):
        return True
    return bool(key > best.key[0] or (key == best.key[0] and lot < best.lot[0]))


@compiled
def worse_at(best: Best, one: int, other: int) -> bool:
    """Whether the entry `one` is worse than `other`."""
    if best.key[one] != best.key[other]:
        return bool(best.key[one] < best.key[other])
    return bool(best.lot[one] > best.lot[other])


@compiled
def keep(best: Best, key: int, lot: int, row: int) -> None:
    """Puts a candidate among the best, in place of the worst if there are enough."""
    limit = len(best.key)
    if best.size[0] < limit:
        at = best.size[0]
        best.size[0] += 1
        best.key[at], best.lot[at], best.row[at] = key, lot, row
        while at > 0 and worse_at(best, at, (at - 1) >> 1):
            swap(best, at, (at - 1) >> 1)
            at = (at - 1) >> 1
    elif limit:
        best.key[0], best.lot[0], best.row[0] = key, lot, row
        sink(best, limit)


@compiled
def sink(best: Best, count: int) -> None:
    """Lets the front of a heap of `count` entries find its place."""
    at = 0
    while 2 * at + 1 < count:
        child = 2 * at + 1
        if child + 1 < count and worse_at(best, child + 1, child):
            child += 1
        if not worse_at(best, child, at):
            return
        swap(best, at, child)
        at = child


@compiled
def swap(best: Best, one: int, other: int) -> None:
    """Exchanges two entries."""
    best.key[one], best.key[other] = best.key[other], best.key[one]
    best.lot[one], best.lot[other] = best.lot[other], best.lot[one]
    best.row[one], best.row[other] = best.row[other], best.row[one]


@compiled
def in_order(best: Best) -> None:
    """Sorts the heap, best first."""
    for count in range(best.size[0] - 1, 0, -1):
        swap(best, 0, count)
        sink(best, count)
