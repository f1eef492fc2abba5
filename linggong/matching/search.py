"""Finding the best rows for a shift, or all of them: score many at a time, then ask only the best for the rest."""

import math
from typing import Any

import numpy as np

from linggong.matching import measure
from linggong.matching import question as q
from linggong.matching.compiled import also_compiled, compiled
from linggong.matching.identity import Keys
from linggong.matching.order import candidate, in_order, place_of
from linggong.matching.pairs import Ints, Longs
from linggong.matching.people import NEXT, NO_NOTE, NOTES, admits
from linggong.matching.postings import (
    BAND,
    BANDS,
    EAST,
    LATITUDE_BITS,
    NO_BUCKET,
    POINTS,
    PROFILE_BITS,
    SIZE,
    SKILL_BITS,
    START,
    TIERS,
    WHERE,
    WHO,
    band_of,
    first_at,
)

Whole = Any
"""An integer, or many of them in an array."""

WAITING_BITS = 16
MOST_WAITING = 2**15 - 1
NO_KEY = -1
"""A key orders candidates: total points, then days of waiting, in one integer."""

PLACE_BITS = 32

BINS, BIN_SHIFT = 4096, WAITING_BITS + 3
"""Candidates are told apart roughly by eight points."""

ASKS_SHIFT, REACH_SHIFT, REACH, UNIT_SHIFT, UNIT, IN_TOWN, OPEN_TO_LESS = 29, 5, 2**24 - 1, 2, 7, 2, 1
"""A profile: pay asked and own reach, each plus one (0: none said), pay unit, and two flags."""

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


def packed_profile(asks: Whole, reach: Whole, unit: Whole, in_town: Whole, open_to_less: Whole) -> Whole:
    """A profile in one integer, or many; pay and reach may be USUAL."""
    said = (asks + 1) << ASKS_SHIFT | (reach + 1) << REACH_SHIFT | unit << UNIT_SHIFT
    return said + IN_TOWN * in_town + OPEN_TO_LESS * open_to_less


(LATITUDES, LONGITUDES, SKILLS, OWN, ROWS, KEYS), COLUMNS = range(6), 6
"""Candidates in columns: position, skill, own points with days of waiting, row, and at last the key."""


@compiled
def score(columns: Ints, profiles: Longs, limits: Longs, asked: Longs) -> None:
    """Writes the keys of candidates whose profiles are given; NO_KEY for who is too far or asks for more than is paid.

    It reads and writes nothing but lines of equal length, one after the other, so that many are reckoned at a time.
    """
    latitudes, longitudes, skills = columns[LATITUDES], columns[LONGITUDES], columns[SKILLS]
    own, keys = columns[OWN], columns[KEYS]
    latitude, longitude, scale = asked[q.LATITUDE], asked[q.LONGITUDE], asked.view(np.float64)[q.SCALE]
    in_town, transport = bool(asked[q.IN_TOWN]), bool(asked[q.TRANSPORT])
    offered, minutes = asked[q.OFFERED], asked[q.MINUTES]
    town, country, transported = limits[q.TOWN], limits[q.COUNTRY], limits[q.TRANSPORTED]
    for_trade, for_step = limits[q.POINTS_TRADE], limits[q.POINTS_STEP]
    for_distance, for_pay = limits[q.POINTS_DISTANCE], limits[q.POINTS_PAY]
    for at in range(len(keys)):
        profile = profiles[at]
        usual = town if in_town and (profile & IN_TOWN) != 0 else country
        way = measure.metres(latitudes[at], longitudes[at], latitude, longitude, scale)
        farthest = measure.reach(((profile >> REACH_SHIFT) & REACH) - 1, usual, transport, transported)
        wanted = measure.asked((profile >> ASKS_SHIFT) - 1, (profile >> UNIT_SHIFT) & UNIT, minutes)
        total = (
            measure.skill_points(skills[at], for_trade, for_step)
            + measure.distance_points(way, usual, farthest, for_distance)
            + measure.pay_points(offered, wanted, for_pay)
        )
        key = (total << WAITING_BITS) + own[at]
        out = way > farthest or measure.underpaid(offered, wanted, (profile & OPEN_TO_LESS) != 0)
        keys[at] = NO_KEY if out else key


@compiled
def stretch(buckets: Ints, postings: Ints, asked: Longs, radius: int, band: int, here: int) -> tuple[int, int]:
    """The slots of one bucket that can lie within the radius: first and end."""
    first = buckets[here, START]
    end = first + buckets[here, SIZE]
    south, north = band * BAND - 90_000_000, (band + 1) * BAND - 90_000_001
    off = max(south - asked[q.LATITUDE], asked[q.LATITUDE] - north, 0) * measure.METRES_PER_MICRODEGREE
    if first == end or off > radius:
        return first, first
    half = int(math.sqrt(float(radius) * radius - off * off) / asked.view(np.float64)[q.SCALE]) + 2
    middle, line = asked[q.LONGITUDE] + 180_000_000, postings[EAST]
    first = first_at(line, first, end, (middle - half) << SKILL_BITS)
    return first, first_at(line, first, end, (middle + half + 1) << SKILL_BITS)


@compiled
def stretches(directory: Ints, buckets: Ints, postings: Ints, limits: Longs, asked: Longs) -> Longs:
    """The stretches to be scored: first slot, end, and southern edge of the band."""
    trade, radii = asked[q.TRADE], limits[q.RADII + asked[q.TRANSPORT] * TIERS :]
    most = 2 * (int(radii[:TIERS].max() / measure.METRES_PER_MICRODEGREE) + 1) // BAND + 2
    found, count = np.empty((TIERS * most, 3), np.int64), 0
    for tier in range(TIERS if trade >= 0 else 0):
        around = int(radii[tier] / measure.METRES_PER_MICRODEGREE) + 1
        lowest = max(band_of(asked[q.LATITUDE] - around), 0)
        highest = min(band_of(asked[q.LATITUDE] + around), BANDS - 1)
        for band in range(lowest, highest + 1 if radii[tier] >= 0 else lowest):
            here = directory[(trade * TIERS + tier) * BANDS + band] - 1
            if here == NO_BUCKET:
                continue
            first, end = stretch(buckets, postings, asked, radii[tier], band, here)
            if first < end:
                found[count, 0], found[count, 1], found[count, 2] = first, end, band * BAND - 90_000_000
                count += 1
    return found[:count]


@compiled
def gather(postings: Ints, first: int, end: int, south: int, columns: Ints) -> None:
    """Writes a stretch of postings into columns, with the number of the profile in place of the key."""
    east, own = postings[EAST, first:end], postings[POINTS, first:end]
    who, where = postings[WHO, first:end], postings[WHERE, first:end]
    latitudes, longitudes, skills = columns[LATITUDES], columns[LONGITUDES], columns[SKILLS]
    owns, rows, numbers = columns[OWN], columns[ROWS], columns[KEYS]
    for at in range(len(east)):
        latitudes[at] = south + (where[at] & (BAND - 1))
    for at in range(len(east)):
        longitudes[at] = (east[at] >> SKILL_BITS) - 180_000_000
    for at in range(len(east)):
        skills[at] = east[at] & ((1 << SKILL_BITS) - 1)
    for at in range(len(east)):
        owns[at] = own[at]
    for at in range(len(east)):
        rows[at] = who[at] >> PROFILE_BITS
    for at in range(len(east)):
        numbers[at] = (where[at] >> LATITUDE_BITS << PROFILE_BITS) | (who[at] & ((1 << PROFILE_BITS) - 1))


@compiled
def candidates(
    directory: Ints, buckets: Ints, postings: Ints, profiles: Longs, limits: Longs, asked: Longs, lists: Ints
) -> tuple[Ints, Ints]:
    """Keys and rows of all who are near enough and ask no more than is paid, in no order."""
    places, total = stretches(directory, buckets, postings, limits, asked), 0
    for number in range(len(places)):
        total += places[number, 1] - places[number, 0]
    columns, filled = np.empty((COLUMNS, total), np.int32), 0
    for number in range(len(places)):
        first, end = places[number, 0], places[number, 1]
        gather(postings, first, end, places[number, 2], columns[:, filled : filled + end - first])
        filled += end - first
    keys, rows, count = columns[KEYS], columns[ROWS], 0
    theirs = np.empty(total, np.int64)
    for at in range(total):
        theirs[at] = profiles[np.uint32(keys[at])]
    score(columns, theirs, limits, asked)
    named = lists[asked[q.NAMED_AT] : asked[q.LISTS_END]]
    for at in range(total):
        key, row = keys[at], rows[at]
        if len(named) and key != NO_KEY and is_in(named, row):
            key += limits[q.POINTS_NAMED] << WAITING_BITS
        keys[count], rows[count] = key, row
        count += key != NO_KEY
    return keys[:count], rows[:count]


@compiled
def find_best(
    directory: Ints, buckets: Ints, postings: Ints, profiles: Longs, people: Ints, notes: Ints, sites: Ints,
    hours: Ints, ids: Keys, limits: Longs, asked: Longs, lists: Ints, rows: Ints, best: Ints,
) -> int:  # fmt: skip
    """Writes the best rows for a shift and their keys, best first, as many as there is room for; their number.

    Candidates are sorted into bins by their points. From the best bins on, twice as many as are wanted are put in
    order and asked for the rest, until there are enough.
    """
    keys, who = candidates(directory, buckets, postings, profiles, limits, asked, lists)
    barred, chosen = lists[asked[q.BARRED_AT] : asked[q.NAMED_AT]], 0
    bins, highest = np.zeros(BINS, np.int32), 0
    for at in range(len(keys)):
        bins[keys[at] >> BIN_SHIFT] += 1
        highest = max(highest, keys[at] >> BIN_SHIFT)
    above = highest + 1
    while above > 0 and chosen < len(rows):
        wanted, lowest, count = 2 * (len(rows) - chosen) + 8, above, 0
        while lowest > 0 and count < wanted:
            lowest -= 1
            count += bins[lowest]
        first = between(keys, bins, lowest, above, count)
        in_order(first, who, ids, PLACE_BITS)
        bring_near(first, who, people, notes)
        for at in range(count):
            row = who[place_of(first[at], PLACE_BITS)]
            if chosen == len(rows) or is_in(barred, row):
                continue
            if admits(people, notes, sites, hours, limits, asked, lists, row):
                rows[chosen], best[chosen] = row, first[at] >> PLACE_BITS
                chosen += 1
        above = lowest
    return chosen


@compiled
def between(keys: Ints, bins: Ints, lowest: int, above: int, count: int) -> Longs:
    """The candidates in the bins from `lowest` up to `above`, of which there are `count`, higher bins first."""
    found, place = np.empty(count, np.int64), 0
    for one in range(above - 1, lowest - 1, -1):
        size = bins[one]
        bins[one] = place
        place += size
    for at in range(len(keys)):
        one = keys[at] >> BIN_SHIFT
        if lowest <= one < above:
            found[bins[one]] = candidate(keys[at], at, PLACE_BITS)
            bins[one] += 1
    return found


@compiled
def bring_near(first: Longs, who: Ints, people: Ints, notes: Ints) -> None:
    """Reads a little of every candidate, so that the memory fetches many at a time and not one after the other."""
    near = np.empty(len(first), np.int32)
    for at in range(len(first)):
        near[at] = people[who[place_of(first[at], PLACE_BITS)], NOTES]
    for at in range(len(first)):
        if near[at] != NO_NOTE:
            near[at] = notes[near[at], NEXT]


@compiled
def find_best_of_many(
    directory: Ints, buckets: Ints, postings: Ints, profiles: Longs, people: Ints, notes: Ints, sites: Ints,
    hours: Ints, ids: Keys, limits: Longs, lines: Longs, lists: Ints, order: Longs, rows: Ints, best: Ints,
    counts: Ints,
) -> None:  # fmt: skip
    """Finds the best rows for many shifts, one line each in `lines`, `rows`, `best` and `counts`.

    They are answered in the given order, best so that neighbours of one trade follow one another.
    """
    for number in order:
        counts[number] = find_best(
            directory, buckets, postings, profiles, people, notes, sites, hours, ids, limits, lines[number], lists,
            rows[number], best[number],
        )  # fmt: skip


@compiled
def find_all(
    directory: Ints, buckets: Ints, postings: Ints, profiles: Longs, people: Ints, notes: Ints, sites: Ints,
    hours: Ints, ids: Keys, limits: Longs, asked: Longs, lists: Ints,
) -> tuple[Ints, Ints]:  # fmt: skip
    """All eligible rows and their total points, in no order."""
    totals, rows = candidates(directory, buckets, postings, profiles, limits, asked, lists)
    barred, count = lists[asked[q.BARRED_AT] : asked[q.NAMED_AT]], 0
    for at in range(len(rows)):
        row = rows[at]
        if not is_in(barred, row) and admits(people, notes, sites, hours, limits, asked, lists, row):
            rows[count], totals[count] = row, totals[at] >> WAITING_BITS
            count += 1
    return rows[:count], totals[:count]


@compiled
def is_in(rows: Ints, row: int) -> bool:
    """Whether a row is among sorted rows."""
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) >> 1
        if rows[middle] < row:
            low = middle + 1
        else:
            high = middle
    return bool(low < len(rows) and rows[low] == row)
