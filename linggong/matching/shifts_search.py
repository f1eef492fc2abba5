"""Finding the best shifts for a worker: every open shift of the worker's trades that is near enough is looked at."""

import struct
from typing import NamedTuple

import numpy as np

from linggong.matching import measure
from linggong.matching import question as q
from linggong.matching.compiled import called_often, inlined
from linggong.matching.handing import handed, int_rows, ints, key_rows, long_rows, longs
from linggong.matching.identity import Keys
from linggong.matching.order import candidate, in_order, place_of
from linggong.matching.pairs import Ints, Longs
from linggong.matching.people import FIRST_MINUTE, admits
from linggong.matching.postings import EAST, PROFILE_BITS, SHIFT_BAND_BITS, SKILL_BITS, WHERE, WHO
from linggong.matching.question import Line, line_at
from linggong.matching.search import (
    ASKS_SHIFT,
    IN_TOWN,
    OPEN_TO_LESS,
    REACH,
    REACH_SHIFT,
    UNIT,
    UNIT_SHIFT,
    is_in,
    stretches,
)


class ShiftMarket(NamedTuple):
    """What is searched: the arrays of an index of shifts. `lines` are shifts by row, `needed` their certificates."""

    directory: Ints
    buckets: Ints
    postings: Ints
    lines: Longs
    needed: Ints
    ids: Keys
    limits: Longs


class Seeker(NamedTuple):
    """A worker as compiled code has it: profile (see `search`) and own points, and where the list that goes with it is
    cut into trades (each with its skill after it), shifts barred and shifts that ask for the worker by name, by row and
    sorted. `scale` is never more metres per microdegree of longitude than anywhere within reach."""

    latitude: int
    longitude: int
    profile: int
    own: int
    barred_at: int
    named_at: int
    lists_end: int
    scale: float


SEEKER = struct.Struct("7qd")

NOT_FOR_ME = -1

START_BITS, PLACE_BITS = 26, 22
"""An order of shifts: total points, then the earlier start, then (in PLACE_BITS) the place among the candidates."""


@inlined
def points_for(seeker: Seeker, skill: int, shift: Line, limits: Longs) -> int:
    """What trade, distance and pay of a shift come to for a worker; NOT_FOR_ME if it is too far or pays too little."""
    profile = seeker.profile
    usual = limits[q.TOWN] if shift.in_town and profile & IN_TOWN else limits[q.COUNTRY]
    way = measure.metres(seeker.latitude, seeker.longitude, shift.latitude, shift.longitude, shift.scale)
    said = ((profile >> REACH_SHIFT) & REACH) - 1
    farthest = measure.reach(said, usual, bool(shift.transport), limits[q.TRANSPORTED])
    wanted = measure.asked((profile >> ASKS_SHIFT) - 1, (profile >> UNIT_SHIFT) & UNIT, shift.minutes)
    if way > farthest or measure.underpaid(shift.offered, wanted, bool(profile & OPEN_TO_LESS)):
        return NOT_FOR_ME
    return int(
        measure.skill_points(skill, limits[q.POINTS_TRADE], limits[q.POINTS_STEP])
        + measure.distance_points(way, usual, farthest, limits[q.POINTS_DISTANCE])
        + measure.pay_points(shift.offered, wanted, limits[q.POINTS_PAY])
    )


@inlined
def find_shifts(
    market: ShiftMarket, radii: Longs, seeker: Seeker, told: Ints, people: Ints, notes: Ints, sites: Ints, hours: Ints,
    room: int,
) -> Ints:  # fmt: skip
    """The best `room` shifts for a worker, best first: a line of rows and a line of total points.

    `people` and what follows are the worker alone, as `people.admits` takes them.
    """
    postings, lines, limits = market.postings, market.lines, market.limits
    named, barred = told[seeker.named_at : seeker.lists_end], told[seeker.barred_at : seeker.named_at]
    chosen, who, count = np.empty(64, np.int64), np.empty(64, np.int32), 0
    for trade in range(0, seeker.barred_at, 2):
        near, _ = stretches(
            market.directory, market.buckets, postings, SHIFT_BAND_BITS, radii, told[trade], seeker.latitude,
            seeker.longitude, seeker.scale,
        )  # fmt: skip
        for number in range(len(near)):
            for slot in range(near[number, 0], near[number, 1]):
                if beyond(postings, slot, seeker, radii):
                    continue
                row = postings[slot, WHO] >> PROFILE_BITS
                shift = line_at(lines, row)
                points = points_for(seeker, told[trade + 1], shift, limits)
                if points == NOT_FOR_ME or shift.places <= 0 or is_in(barred, row):
                    continue
                if not admits(people, notes, sites, hours, limits, shift, market.needed, 0):
                    continue
                if count == len(chosen):
                    chosen, who = np.concatenate((chosen, chosen)), np.concatenate((who, who))
                total = points + seeker.own + (limits[q.POINTS_NAMED] if is_in(named, row) else 0)
                sooner = 2**START_BITS - 1 - (shift.starts - FIRST_MINUTE)
                chosen[count] = candidate((total << START_BITS) | sooner, count, PLACE_BITS)
                who[count] = row
                count += 1
    in_order(chosen[:count], who, market.ids, PLACE_BITS)
    found = np.empty((2, max(min(count, room), 0)), np.int32)
    for at in range(found.shape[1]):
        found[0, at] = who[place_of(chosen[at], PLACE_BITS)]
        found[1, at] = chosen[at] >> (START_BITS + PLACE_BITS)
    return found


@inlined
def beyond(postings: Ints, slot: int, seeker: Seeker, radii: Longs) -> bool:
    """Whether a posting is certainly farther than the worker goes, as far as it can be told without its shift."""
    north = (postings[slot, WHERE] - seeker.latitude) * measure.METRES_PER_MICRODEGREE
    east = ((postings[slot, EAST] >> SKILL_BITS) - 180_000_000 - seeker.longitude) * seeker.scale
    return bool(north * north + east * east > (radii[-1] + 1.0) * (radii[-1] + 1.0))


@called_often
def find_shifts_at(market: int, asked: int, room: int) -> Ints:
    """Finds the best shifts for a worker; market and question are handed over (see `handing`)."""
    arrays, question = handed(market, 7), handed(asked, 7)
    there = ShiftMarket(
        ints(arrays, 0), int_rows(arrays, 1, 3), int_rows(arrays, 2, 4), long_rows(arrays, 3, q.LINE_LENGTH),
        ints(arrays, 4), key_rows(arrays, 5), longs(arrays, 6),
    )  # fmt: skip
    one = longs(question, 1)
    seeker = Seeker(one[0], one[1], one[2], one[3], one[4], one[5], one[6], one.view(np.float64)[7])
    return find_shifts(
        there, longs(question, 0), seeker, ints(question, 2), int_rows(question, 3, 4), int_rows(question, 4, 3),
        int_rows(question, 5, 2), ints(question, 6), room,
    )  # fmt: skip
