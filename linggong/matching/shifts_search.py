"""Finding the best shifts for a worker: every open shift of the worker's trades that is near enough is looked at."""

import numpy as np

from linggong.matching import measure
from linggong.matching import question as q
from linggong.matching.compiled import compiled
from linggong.matching.identity import Keys
from linggong.matching.order import candidate, in_order, place_of
from linggong.matching.pairs import Ints, Longs
from linggong.matching.people import FIRST_MINUTE, admits
from linggong.matching.postings import PROFILE_BITS, WHO
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

PROFILE, OWN = q.NEEDED, q.OFFERED
"""In the line of a worker these two places hold the profile (see `search`) and the worker's own points. Its last four
entries cut the list that goes with it into trades (each with its skill after it), shifts barred and shifts that ask for
the worker by name, by row and sorted. Where it is and how far to look stand as in the line of a shift."""

NOT_FOR_ME = -1

START_BITS, PLACE_BITS = 26, 22
"""An order of shifts: total points, then the earlier start, then (in PLACE_BITS) the place among the candidates."""


@compiled
def points_for(asked: Longs, skill: int, line: Longs, limits: Longs) -> int:
    """What trade, distance and pay of a shift come to for a worker; NOT_FOR_ME if it is too far or pays too little."""
    profile = asked[PROFILE]
    usual = limits[q.TOWN] if line[q.IN_TOWN] and profile & IN_TOWN else limits[q.COUNTRY]
    way = measure.metres(
        asked[q.LATITUDE], asked[q.LONGITUDE], line[q.LATITUDE], line[q.LONGITUDE], line.view(np.float64)[q.SCALE]
    )
    said = ((profile >> REACH_SHIFT) & REACH) - 1
    farthest = measure.reach(said, usual, bool(line[q.TRANSPORT]), limits[q.TRANSPORTED])
    wanted = measure.asked((profile >> ASKS_SHIFT) - 1, (profile >> UNIT_SHIFT) & UNIT, line[q.MINUTES])
    if way > farthest or measure.underpaid(line[q.OFFERED], wanted, bool(profile & OPEN_TO_LESS)):
        return NOT_FOR_ME
    return int(
        measure.skill_points(skill, limits[q.POINTS_TRADE], limits[q.POINTS_STEP])
        + measure.distance_points(way, usual, farthest, limits[q.POINTS_DISTANCE])
        + measure.pay_points(line[q.OFFERED], wanted, limits[q.POINTS_PAY])
    )


@compiled
def find_shifts(
    directory: Ints, buckets: Ints, postings: Ints, lines: Longs, places: Ints, needed: Ints, ids: Keys, limits: Longs,
    asked: Longs, told: Ints, people: Ints, notes: Ints, sites: Ints, hours: Ints, rows: Ints, totals: Ints,
) -> int:  # fmt: skip
    """Writes the best shifts for a worker and their total points, best first, as many as there is room for; how many.

    `lines` and `places` are the shifts by row and how many places each has open, `needed` their certificates; `people`
    and what follows are the worker alone, as `people.admits` takes them.
    """
    named = told[asked[q.NAMED_AT] : asked[q.LISTS_END]]
    barred = told[asked[q.BARRED_AT] : asked[q.NAMED_AT]]
    found, who, count = np.empty(64, np.int64), np.empty(64, np.int32), 0
    for trade in range(asked[q.NEEDED_AT], asked[q.BARRED_AT], 2):
        asked[q.TRADE] = told[trade]
        near = stretches(directory, buckets, postings, limits, asked)
        for number in range(len(near)):
            for slot in range(near[number, 0], near[number, 1]):
                row = postings[WHO, slot] >> PROFILE_BITS
                line = lines[row]
                points = points_for(asked, told[trade + 1], line, limits)
                if points == NOT_FOR_ME or places[row] <= 0 or is_in(barred, row):
                    continue
                if not admits(people, notes, sites, hours, limits, line, needed, 0):
                    continue
                total = points + asked[OWN] + (limits[q.POINTS_NAMED] if is_in(named, row) else 0)
                if count == len(found):
                    found, who = np.concatenate((found, found)), np.concatenate((who, who))
                sooner = 2**START_BITS - 1 - (line[q.STARTS] - FIRST_MINUTE)
                found[count] = candidate((total << START_BITS) | sooner, count, PLACE_BITS)
                who[count] = row
                count += 1
    in_order(found[:count], who, ids, PLACE_BITS)
    best = min(count, len(rows))
    for at in range(best):
        rows[at] = who[place_of(found[at], PLACE_BITS)]
        totals[at] = found[at] >> (START_BITS + PLACE_BITS)
    return best
