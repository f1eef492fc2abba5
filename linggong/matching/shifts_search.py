"""Finding the best shifts for a worker: every open shift of the worker's trades that is near enough is looked at."""

import struct
from typing import NamedTuple

import numpy as np

from linggong.matching import measure
from linggong.matching import question as q
from linggong.matching.compiled import called_often, inlined
from linggong.matching.handing import handed, int_rows, ints, key_rows, longs
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
    buckets_around,
    is_in,
    stretch,
)


class ShiftMarket(NamedTuple):
    """What is searched: the arrays of an index of shifts. `lines` are shifts by row, `needed` their certificates.
    On the way, `near` and `chosen` hold a line for each shift; the answer goes to `answers`."""

    directory: Ints
    buckets: Ints
    postings: Ints
    lines: Ints
    needed: Ints
    ids: Keys
    limits: Longs
    near: Ints
    chosen: Longs
    answers: Ints


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
    total = (
        measure.skill_points(skill, limits[q.POINTS_TRADE], limits[q.POINTS_STEP])
        + measure.distance_points(way, usual, farthest, limits[q.POINTS_DISTANCE])
        + measure.pay_points(shift.offered, wanted, limits[q.POINTS_PAY])
    )
    out = (way > farthest) | measure.underpaid(shift.offered, wanted, bool(profile & OPEN_TO_LESS))
    return NOT_FOR_ME if out else int(total)


@inlined
def find_shifts(
    market: ShiftMarket, radii: Longs, seeker: Seeker, told: Ints, people: Ints, notes: Ints, sites: Ints, hours: Ints,
    room: int,
) -> int:  # fmt: skip
    """Writes down the best `room` shifts for a worker, best first, or as many as there is room for; their number.

    `people` and what follows are the worker alone, as `people.admits` takes them.
    """
    near, chosen, lines, limits = market.near, market.chosen, market.lines, market.limits
    named, barred = told[seeker.named_at : seeker.lists_end], told[seeker.barred_at : seeker.named_at]
    fitting, count = 0, 0
    for at in range(find_near(market, radii, seeker, told)):
        shift = line_at(lines, near[at, 0])
        points = points_for(seeker, near[at, 1], shift, limits)
        sooner = 2**START_BITS - 1 - (shift.starts - FIRST_MINUTE)
        chosen[fitting] = candidate(((points + seeker.own) << START_BITS) | sooner, at, PLACE_BITS)
        fitting += (points != NOT_FOR_ME) & (shift.places > 0)
    for one in chosen[:fitting]:
        row = near[place_of(one, PLACE_BITS), 0]
        chosen[count] = one
        if len(named) and is_in(named, row):
            chosen[count] += limits[q.POINTS_NAMED] << (START_BITS + PLACE_BITS)
        count += admits(people, notes, sites, hours, limits, line_at(lines, row), market.needed, 0) and not (
            len(barred) and is_in(barred, row)
        )
    in_order(chosen[:count], near[:, 0], market.ids, PLACE_BITS)
    number = max(min(count, room, len(market.answers) // 2), 0)
    for at in range(number):
        market.answers[at] = near[place_of(chosen[at], PLACE_BITS), 0]
        market.answers[number + at] = chosen[at] >> (START_BITS + PLACE_BITS)
    return number


@inlined
def find_near(market: ShiftMarket, radii: Longs, seeker: Seeker, told: Ints) -> int:
    """Writes down the shifts with open places that may be near enough, each with the worker's skill; their number.

    Nothing is decided on the way, so the processor need not guess and the memory fetches many lines at a time.
    """
    postings, near, count = market.postings, market.near, 0
    for trade in range(0, seeker.barred_at, 2):
        for tier in range(len(radii)):
            radius = float(radii[tier])
            lowest, above = buckets_around(told[trade], tier, radius, seeker.latitude, SHIFT_BAND_BITS)
            for number in range(lowest, above if radius >= 0 else lowest):
                first, end = stretch(
                    market.directory, market.buckets, postings, SHIFT_BAND_BITS, number, radius, seeker.latitude,
                    seeker.longitude, seeker.scale,
                )  # fmt: skip
                for slot in range(first, end):
                    row = postings[slot, WHO] >> PROFILE_BITS
                    near[count, 0], near[count, 1] = row, told[trade + 1]
                    count += not beyond(postings, slot, seeker, radius)
    return count


@inlined
def beyond(postings: Ints, slot: int, seeker: Seeker, radius: float) -> bool:
    """Whether a posting is certainly farther away than a radius, as far as it can be told without its shift."""
    north = (postings[slot, WHERE] - seeker.latitude) * measure.METRES_PER_MICRODEGREE
    east = ((postings[slot, EAST] >> SKILL_BITS) - 180_000_000 - seeker.longitude) * seeker.scale
    return bool(north * north + east * east > (radius + 1.0) * (radius + 1.0))


@called_often
def find_shifts_at(market: int, asked: int, room: int) -> int:
    """Finds the best shifts for a worker; market and question are handed over (see `handing`)."""
    arrays, question = handed(market, 10), handed(asked, 7)
    there = ShiftMarket(
        ints(arrays, 0), int_rows(arrays, 1, 3), int_rows(arrays, 2, 4), int_rows(arrays, 3, q.LINE_LENGTH),
        ints(arrays, 4), key_rows(arrays, 5), longs(arrays, 6), int_rows(arrays, 7, 2), longs(arrays, 8),
        ints(arrays, 9),
    )  # fmt: skip
    one = longs(question, 1)
    seeker = Seeker(one[0], one[1], one[2], one[3], one[4], one[5], one[6], one.view(np.float64)[7])
    return find_shifts(
        there, longs(question, 0), seeker, ints(question, 2), int_rows(question, 3, 4), int_rows(question, 4, 3),
        int_rows(question, 5, 2), ints(question, 6), room,
    )  # fmt: skip
