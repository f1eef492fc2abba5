"""Finding the best rows for a shift, or all of them: score many at a time, then ask only the best for the rest."""

import math
from typing import Any, NamedTuple

import numpy as np

from linggong.matching import measure
from linggong.matching import question as q
from linggong.matching.compiled import also_compiled, called_often, compiled, inlined
from linggong.matching.handing import handed, int_rows, ints, key_rows, longs
from linggong.matching.identity import Keys
from linggong.matching.order import candidate, in_order, place_of
from linggong.matching.pairs import Ints, Longs
from linggong.matching.people import NEXT, NO_NOTE, NOTES, SURE, UNSURE, admits, first_look
from linggong.matching.postings import (
    BAND,
    BAND_BITS,
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
    bands_of,
    first_at,
)
from linggong.matching.question import Line, line_at

SHORT = 24
"""So many slots are sooner looked at than cut."""

Whole = Any
"""An integer, or many of them in an array."""

WAITING_BITS = 16
MOST_WAITING = 2**15 - 1
NO_KEY = -1
"""A key orders candidates: total points, then days of waiting, in one integer."""

PLACE_BITS = 32

BINS, BIN_SHIFT = 4096, PLACE_BITS + WAITING_BITS + 3
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


class Market(NamedTuple):
    """What is searched: the arrays of an index of workers. The answer to one question goes to `answers`."""

    directory: Ints
    buckets: Ints
    postings: Ints
    profiles: Longs
    people: Ints
    notes: Ints
    sites: Ints
    hours: Ints
    ids: Keys
    limits: Longs
    answers: Ints


(LATITUDES, LONGITUDES, SKILLS, OWN, KEYS), COLUMNS = range(5), 5
"""Candidates in columns: position, skill, own points with days of waiting, and at last the key."""


@compiled
def score(columns: Ints, profiles: Longs, limits: Longs, shift: Line) -> None:
    """Writes the keys of candidates whose profiles are given; NO_KEY for who is too far or asks for more than is paid.

    It reads and writes nothing but lines of equal length, one after the other, so that many are reckoned at a time.
    """
    latitudes, longitudes, skills = columns[LATITUDES], columns[LONGITUDES], columns[SKILLS]
    own, keys = columns[OWN], columns[KEYS]
    in_town, transport = bool(shift.in_town), bool(shift.transport)
    town, country, transported = limits[q.TOWN], limits[q.COUNTRY], limits[q.TRANSPORTED]
    for_trade, for_step = limits[q.POINTS_TRADE], limits[q.POINTS_STEP]
    for_distance, for_pay = limits[q.POINTS_DISTANCE], limits[q.POINTS_PAY]
    for at in range(len(keys)):
        profile = profiles[at]
        usual = town if in_town and (profile & IN_TOWN) != 0 else country
        way = measure.metres(latitudes[at], longitudes[at], shift.latitude, shift.longitude, shift.scale)
        farthest = measure.reach(((profile >> REACH_SHIFT) & REACH) - 1, usual, transport, transported)
        wanted = measure.asked((profile >> ASKS_SHIFT) - 1, (profile >> UNIT_SHIFT) & UNIT, shift.minutes)
        total = (
            measure.skill_points(skills[at], for_trade, for_step)
            + measure.distance_points(way, usual, farthest, for_distance)
            + measure.pay_points(shift.offered, wanted, for_pay)
        )
        key = (total << WAITING_BITS) + own[at]
        out = way > farthest or measure.underpaid(shift.offered, wanted, (profile & OPEN_TO_LESS) != 0)
        keys[at] = NO_KEY if out else key


@inlined
def stretch(
    directory: Ints, buckets: Ints, postings: Ints, bits: int, number: int, radius: float, latitude: int,
    longitude: int, scale: float,
) -> tuple[int, int]:  # fmt: skip
    """First slot and end of the stretch of a bucket that lies within the radius, by the number of the bucket; a short
    bucket is not cut. Bands are 2**`bits` microdegrees high, `scale` is metres per microdegree of longitude."""
    here = directory[number] - 1
    if here == NO_BUCKET:
        return 0, 0
    first, end = buckets[here, START], buckets[here, START] + buckets[here, SIZE]
    if end - first <= SHORT:
        return first, end
    south, middle = southern_edge(number % bands_of(bits), bits), longitude + 180_000_000
    off = max(south - latitude, latitude - south - (1 << bits) + 1, 0) * measure.METRES_PER_MICRODEGREE
    half = int(math.sqrt(max(radius * radius - off * off, 0.0)) / scale) + 2
    first = first_at(postings, first, end, (middle - half) << SKILL_BITS)
    return first, first_at(postings, first, end, (middle + half + 1) << SKILL_BITS)


@inlined
def buckets_around(trade: int, tier: int, radius: float, latitude: int, bits: int) -> tuple[int, int]:
    """The number of the first bucket with bands within a radius, and that behind the last one."""
    around, first = int(radius / measure.METRES_PER_MICRODEGREE) + 1, (trade * TIERS + tier) * bands_of(bits)
    lowest, highest = (
        max(band_of(latitude - around, bits), 0),
        min(band_of(latitude + around, bits) + 1, bands_of(bits)),
    )
    return first + lowest, first + highest


@inlined
def southern_edge(band: int, bits: int) -> int:
    """Where a band begins, in microdegrees."""
    return int((band << bits) - 90_000_000)


@inlined
def stretches(directory: Ints, buckets: Ints, postings: Ints, radii: Longs, shift: Line) -> tuple[Longs, int]:
    """The stretches of slots within the radius of each tier, as first slot, end and southern edge of the band; and how
    many slots they have."""
    most = 1
    for radius in radii if shift.trade >= 0 else radii[:0]:
        most += (2 * (int(radius / measure.METRES_PER_MICRODEGREE) + 1) >> BAND_BITS) + 2
    found, count, total = np.empty((most, 3), np.int64), 0, 0
    for tier in range(len(radii) if shift.trade >= 0 else 0):
        radius = float(radii[tier])
        lowest, above = buckets_around(shift.trade, tier, radius, shift.latitude, BAND_BITS)
        for number in range(lowest, above if radius >= 0 else lowest):
            first, end = stretch(
                directory, buckets, postings, BAND_BITS, number, radius, shift.latitude, shift.longitude, shift.scale
            )
            found[count, 0], found[count, 1] = first, end
            found[count, 2] = southern_edge(number % bands_of(BAND_BITS), BAND_BITS)
            count += first < end
            total += end - first
    return found[:count], total


@compiled
def candidates(market: Market, shift: Line, lists: Ints) -> tuple[Longs, Ints]:
    """All who are near enough and ask no more than is paid: candidates (see `order`) in no order, and rows by place."""
    postings, limits, profile_of = market.postings, market.limits, market.profiles
    first_radius = q.RADII + shift.transport * TIERS
    places, total = stretches(
        market.directory, market.buckets, postings, limits[first_radius : first_radius + TIERS], shift
    )
    columns, profiles, rows = np.empty((COLUMNS, total), np.int32), np.empty(total, np.int64), np.empty(total, np.int32)
    at = 0
    for number in range(len(places)):
        south = places[number, 2]
        for slot in range(places[number, 0], places[number, 1]):
            east, who, where = postings[slot, EAST], postings[slot, WHO], postings[slot, WHERE]
            columns[LATITUDES, at] = south + (where & (BAND - 1))
            columns[LONGITUDES, at] = (east >> SKILL_BITS) - 180_000_000
            columns[SKILLS, at] = east & ((1 << SKILL_BITS) - 1)
            columns[OWN, at] = postings[slot, POINTS]
            rows[at] = who >> PROFILE_BITS
            profile = np.uint32((where >> LATITUDE_BITS << PROFILE_BITS) | (who & ((1 << PROFILE_BITS) - 1)))
            profiles[at] = profile_of[profile]
            at += 1
    score(columns, profiles, limits, shift)
    keys, named, found = columns[KEYS], lists[shift.named_at : shift.lists_end], profiles
    if len(named):
        for at in range(total):
            if keys[at] != NO_KEY and is_in(named, rows[at]):
                keys[at] += limits[q.POINTS_NAMED] << WAITING_BITS
    count = 0
    for at in range(total):
        found[count] = candidate(keys[at], at, PLACE_BITS)
        count += keys[at] != NO_KEY
    return found[:count], rows


@compiled
def choose(market: Market, shift: Line, lists: Ints, found: Longs, who: Ints, rows: Ints, best: Ints) -> int:
    """Writes the best rows for a shift and their keys, best first, as many as there is room for; their number.

    Candidates are sorted into bins by their points. From the best bins on, twice as many as are wanted are asked for
    the rest and put in order, until there are enough.
    """
    chosen, count = 0, len(found)
    if count <= 2 * len(rows) + 8:
        return take(market, shift, lists, found, who, rows, best, 0)
    bins, highest = np.zeros(BINS, np.int32), 0
    for one in found:
        bins[one >> BIN_SHIFT] += 1
        highest = max(highest, one >> BIN_SHIFT)
    above = highest + 1
    while above > 0 and chosen < len(rows):
        wanted, lowest, count = 2 * (len(rows) - chosen) + 8, above, 0
        while lowest > 0 and count < wanted:
            lowest -= 1
            count += bins[lowest]
        chosen = take(market, shift, lists, between(found, lowest, above, count), who, rows, best, chosen)
        above = lowest
    return chosen


@compiled
def between(found: Longs, lowest: int, above: int, count: int) -> Longs:
    """The candidates in the bins from `lowest` up to `above`, of which there are `count`."""
    chosen, at = np.empty(count + 1, np.int64), 0
    low, high = lowest << BIN_SHIFT, above << BIN_SHIFT
    for one in found:
        chosen[at] = one
        at += low <= one < high
    return chosen[:count]


@compiled
def take(market: Market, shift: Line, lists: Ints, found: Longs, who: Ints, rows: Ints, best: Ints, chosen: int) -> int:
    """Writes those of the candidates whom nothing keeps from the shift, in order, behind the `chosen` ones."""
    count = keep_admitted(market, shift, lists, found, who)
    in_order(found[:count], who, market.ids, PLACE_BITS)
    for at in range(min(count, len(rows) - chosen)):
        rows[chosen], best[chosen] = who[place_of(found[at], PLACE_BITS)], found[at] >> PLACE_BITS
        chosen += 1
    return chosen


@compiled
def keep_admitted(market: Market, shift: Line, lists: Ints, found: Longs, who: Ints) -> int:
    """Moves the candidates whom nothing keeps from the shift to the front; how many they are.

    A first look, the same for all, decides most. Then a little is read of each of the others, so that the memory
    fetches many at a time and not one after the other.
    """
    people, notes, sites, hours, limits = market.people, market.notes, market.sites, market.hours, market.limits
    barred = lists[shift.barred_at : shift.named_at]
    count, doubtful = 0, 0
    doubts, chains = np.empty(len(found), np.int64), np.empty(len(found), np.int32)
    for one in found:
        row = who[place_of(one, PLACE_BITS)]
        state = first_look(people, shift, row)
        found[count] = one
        count += state == SURE
        doubts[doubtful], chains[doubtful] = one, people[row, NOTES]
        doubtful += state == UNSURE
    for at in range(doubtful):
        if chains[at] != NO_NOTE:
            chains[at] = notes[chains[at], NEXT]
    for at in range(doubtful):
        row = who[place_of(doubts[at], PLACE_BITS)]
        if admits(people, notes, sites, hours, limits, shift, lists, row):
            found[count] = doubts[at]
            count += 1
    if len(barred):
        kept = 0
        for at in range(count):
            found[kept] = found[at]
            kept += not is_in(barred, who[place_of(found[at], PLACE_BITS)])
        count = kept
    return count


@compiled
def find_best_of_many(
    market: Market, lines: Ints, lists: Ints, order: Longs, rows: Ints, best: Ints, counts: Ints
) -> None:
    """Finds the best rows for many shifts, one line each in `lines`, `rows`, `best` and `counts`.

    They are answered in the given order, best so that neighbours follow one another.
    """
    for number in order:
        shift = line_at(lines, number)
        found, who = candidates(market, shift, lists)
        counts[number] = choose(market, shift, lists, found, who, rows[number], best[number])


@compiled
def find_all(market: Market, lines: Ints, lists: Ints) -> tuple[Ints, Ints]:
    """All eligible rows for the first shift and their total points, in no order."""
    shift = line_at(lines, 0)
    found, who = candidates(market, shift, lists)
    count = keep_admitted(market, shift, lists, found, who)
    rows, totals = np.empty(count, np.int32), np.empty(count, np.int32)
    for at in range(count):
        rows[at], totals[at] = who[place_of(found[at], PLACE_BITS)], found[at] >> (PLACE_BITS + WAITING_BITS)
    return rows, totals


@called_often
def find_best_at(market: int, asked: int, number: int, room: int) -> int:
    """Writes down the best `room` for one of the shifts, or as many as there is room for; their number. Market and
    questions are handed over (see `handing`)."""
    arrays, questions = handed(market, 11), handed(asked, 2)
    there = Market(
        ints(arrays, 0), int_rows(arrays, 1, 3), int_rows(arrays, 2, 4), longs(arrays, 3), int_rows(arrays, 4, 4),
        int_rows(arrays, 5, 3), int_rows(arrays, 6, 2), ints(arrays, 7), key_rows(arrays, 8), longs(arrays, 9),
        ints(arrays, 10),
    )  # fmt: skip
    shift, lists = line_at(int_rows(questions, 0, q.LINE_LENGTH), number), ints(questions, 1)
    found, who = candidates(there, shift, lists)
    room = max(min(room, len(there.answers) // 2), 0)
    keys = there.answers[room : 2 * room]
    count = choose(there, shift, lists, found, who, there.answers[:room], keys)
    there.answers[count : 2 * count] = keys[:count]
    return count


@inlined
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
