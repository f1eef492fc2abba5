"""Finding the best rows for a shift, or all of them: score whole stretches, then ask only the best for more.

A key orders candidates: total points, then days of waiting, in one integer; equal keys are settled by the lot.
"""

import math

import numpy as np

from linggong.matching import measure
from linggong.matching.compiled import also_compiled, compiled
from linggong.matching.pairs import Ints, Longs
from linggong.matching.people import Record, Records, admits
from linggong.matching.postings import BAND, BANDS, TIERS, band_of, first_at

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


BEST = np.dtype([("key", "i8"), ("lot", "i8"), ("row", "i8")])
"""An entry among the best so far, which are a heap with the worst in front."""


@compiled
def score(posting: Record, wanted: Record, limits: Record) -> int:
    """The key of one posting; NO_KEY if it is too far or the pay too low."""
    traits = posting["traits"]
    usual = limits["town"] if wanted["in_town"] and traits & IN_TOWN else limits["country"]
    way = measure.metres(
        posting["latitude"], posting["longitude"], wanted["latitude"], wanted["longitude"], wanted["scale"]
    )
    farthest = measure.reach(posting["reach"], usual, wanted["transport"], limits["transported"])
    if way > farthest:
        return NO_KEY
    asked = measure.asked(posting["asks"], (traits >> UNIT_SHIFT) & UNIT, wanted["minutes"])
    if measure.underpaid(wanted["offered"], asked, bool(traits & OPEN_TO_LESS)):
        return NO_KEY
    total = (
        measure.skill_points(traits & SKILL, limits["trade"], limits["skill_step"])
        + measure.distance_points(way, usual, farthest, limits["distance"])
        + measure.pay_points(wanted["offered"], asked, limits["pay"])
    )
    return int((total << WAITING_BITS) + posting["points"])


@compiled
def stretch(bucket: Record, postings: Records, wanted: Record, radius: int, band: int) -> tuple[int, int]:
    """The slots of one bucket that can lie within the radius: first and end."""
    first = bucket["start"]
    end = first + bucket["size"]
    south, north = band * BAND - 90_000_000, (band + 1) * BAND - 90_000_001
    off = max(south - wanted["latitude"], wanted["latitude"] - north, 0) * measure.METRES_PER_MICRODEGREE
    if first == end or off > radius:
        return first, first
    east = int(math.sqrt(float(radius) * radius - off * off) / wanted["scale"]) + 2
    first = first_at(postings, first, end, wanted["longitude"] - east)
    return first, first_at(postings, first, end, wanted["longitude"] + east + 1)


@compiled
def find_best(
    buckets: Records,
    postings: Records,
    people: Records,
    notes: Records,
    sites: Records,
    wanted_: Records,
    limits_: Records,
    radii: Longs,
    needed: Ints,
    barred: Ints,
    named: Ints,
    best: Records,
) -> int:
    """Finds the best rows for a shift, best first, and says how many.

    `wanted_` and `limits_` are arrays of one; `radii` bounds each tier; `barred` and `named` are rows, sorted.
    """
    wanted, limits, count = wanted_[0], limits_[0], 0
    for tier in range(TIERS):
        radius = radii[tier]
        around = int(radius / measure.METRES_PER_MICRODEGREE) + 1
        lowest, highest = band_of(wanted["latitude"] - around), band_of(wanted["latitude"] + around)
        for band in range(lowest, highest + 1 if radius >= 0 else lowest):
            bucket = buckets[(wanted["trade"] * TIERS + tier) * BANDS + band]
            first, end = stretch(bucket, postings, wanted, radius, band)
            for at in range(first, end):
                key = score(postings[at], wanted, limits)
                row = postings[at]["row"]
                if key != NO_KEY and len(named) and is_in(named, row):
                    key += limits["named"] << WAITING_BITS
                if key == NO_KEY or (count == len(best) and key < best[0]["key"]):
                    continue
                lot = people[row]["lot"]
                if (count == len(best) and not improves(best[0], key, lot)) or is_in(barred, row):
                    continue
                if admits(people, notes, sites, wanted, limits, needed, row):
                    count = keep(best, count, key, lot, row)
    in_order(best, count)
    return count


@compiled
def find_all(
    buckets: Records,
    postings: Records,
    people: Records,
    notes: Records,
    sites: Records,
    wanted_: Records,
    limits_: Records,
    radii: Longs,
    needed: Ints,
    barred: Ints,
    named: Ints,
    rows: Ints,
    totals: Ints,
) -> int:
    """Writes all eligible rows and their total points, and says how many; more than there is room for are counted."""
    wanted, limits, count = wanted_[0], limits_[0], 0
    for tier in range(TIERS):
        radius = radii[tier]
        around = int(radius / measure.METRES_PER_MICRODEGREE) + 1
        lowest, highest = band_of(wanted["latitude"] - around), band_of(wanted["latitude"] + around)
        for band in range(lowest, highest + 1 if radius >= 0 else lowest):
            bucket = buckets[(wanted["trade"] * TIERS + tier) * BANDS + band]
            first, end = stretch(bucket, postings, wanted, radius, band)
            for at in range(first, end):
                key = score(postings[at], wanted, limits)
                row = postings[at]["row"]
                if key == NO_KEY or is_in(barred, row):
                    continue
                if admits(people, notes, sites, wanted, limits, needed, row):
                    if count < len(rows):
                        rows[count] = row
                        totals[count] = (key >> WAITING_BITS) + (limits["named"] if is_in(named, row) else 0)
                    count += 1
    return count


@compiled
def is_in(rows: Ints, row: int) -> bool:
    """Whether a row is among sorted rows."""
    at = np.searchsorted(rows, row)
    return bool(at < len(rows) and rows[at] == row)


@compiled
def improves(worst: Record, key: int, lot: int) -> bool:
    """Whether a candidate is better than an entry."""
    return bool(key > worst["key"] or (key == worst["key"] and lot < worst["lot"]))


@compiled
def keep(best: Records, count: int, key: int, lot: int, row: int) -> int:
    """Puts a candidate among the best, in place of the worst if there are enough; their number then."""
    if count == len(best):
        sink(best, count, key, lot, row)
        return count
    at = count
    while at > 0 and not improves(best[(at - 1) >> 1], key, lot):
        best[at] = best[(at - 1) >> 1]
        at = (at - 1) >> 1
    put(best[at], key, lot, row)
    return count + 1


@compiled
def sink(best: Records, count: int, key: int, lot: int, row: int) -> None:
    """Lets an entry find its place from the front of a heap of `count`, whose first entry is dropped."""
    at = 0
    while 2 * at + 1 < count:
        child = 2 * at + 1
        if child + 1 < count and not improves(best[child], best[child + 1]["key"], best[child + 1]["lot"]):
            child += 1
        if improves(best[child], key, lot):
            put(best[at], best[child]["key"], best[child]["lot"], best[child]["row"])
            at = child
        else:
            break
    put(best[at], key, lot, row)


@compiled
def put(entry: Record, key: int, lot: int, row: int) -> None:
    """Writes an entry."""
    entry["key"], entry["lot"], entry["row"] = key, lot, row


@compiled
def in_order(best: Records, count: int) -> None:
    """Sorts the heap, best first."""
    for last in range(count - 1, 0, -1):
        key, lot, row = best[last]["key"], best[last]["lot"], best[last]["row"]
        put(best[last], best[0]["key"], best[0]["lot"], best[0]["row"])
        sink(best, last, key, lot, row)
