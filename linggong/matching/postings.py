"""Where everybody is: one posting for each row and trade, in buckets by trade, reach and band of latitude.

A posting is four 32-bit integers, each in a line of its own, so that many are scored at a time. A bucket holds its
postings in order of longitude, with some room to grow, so that a change is a short move of memory and the next query
sees it. Rows that are gone keep their postings until their bucket is full, or all are laid out anew.
"""

import numpy as np

from linggong.matching.compiled import compiled
from linggong.matching.pairs import Ints, Longs
from linggong.matching.people import GONE, SLOTS_USED, birth_day

EAST, POINTS, WHO, WHERE = range(4)
"""The lines of a posting: longitude and skill; own points and days of waiting; row and profile; latitude in the band
and the rest of the profile."""

START, SIZE, ROOM, NUMBER = range(4)
"""Of a bucket: its first slot, how many postings it has, how many it has room for, and its number, which is
(trade x TIERS + tier) x BANDS + band."""

BAND = 2**15
"""Height of a band in microdegrees, about 3.6 km."""

BANDS = 180_000_000 // BAND + 1

TIERS = 4
"""Rows are kept apart by how far they go, so that few far-going ones do not widen every search."""

SKILL_BITS, LATITUDE_BITS, PROFILE_BITS = 2, 15, 5
MOST_ROWS = 2**26
MOST_PROFILES = 2**21

NO_BUCKET = -1


def directory_for(trades: int) -> Ints:
    """For each number of a bucket which one it is, plus one: nothing yet for so many trades."""
    return np.zeros(trades * TIERS * BANDS, np.int32)


@compiled
def band_of(latitude: int) -> int:
    """The band a latitude in microdegrees lies in."""
    return int((latitude + 90_000_000) // BAND)


@compiled
def first_at(line: Ints, low: int, high: int, value: int) -> int:
    """The first index from `low` up to `high` that is not under a value."""
    while low < high:
        middle = (low + high) >> 1
        if line[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def insert(buckets: Ints, postings: Ints, counts: Longs, people: Ints, here: int, posting: Ints) -> bool:
    """Puts a posting into a bucket, in order; False if no slots are left to enlarge it.

    The postings of those who are gone make room first.
    """
    if buckets[here, SIZE] == buckets[here, ROOM]:
        clear_out(buckets, postings, people, here)
        if 8 * buckets[here, SIZE] >= 7 * buckets[here, ROOM] and not enlarge(buckets, postings, counts, here):
            return False
    end = buckets[here, START] + buckets[here, SIZE]
    at = first_at(postings[EAST], buckets[here, START], end, posting[EAST])
    for line in range(4):
        values = postings[line]
        for slot in range(end, at, -1):
            values[slot] = values[slot - 1]
        values[at] = posting[line]
    buckets[here, SIZE] += 1
    return True


@compiled
def clear_out(buckets: Ints, postings: Ints, people: Ints, here: int) -> None:
    """Drops the postings of rows that are gone."""
    first = buckets[here, START]
    kept = first
    for slot in range(first, first + buckets[here, SIZE]):
        if birth_day(people, postings[WHO, slot] >> PROFILE_BITS) != GONE:
            for line in range(4):
                postings[line, kept] = postings[line, slot]
            kept += 1
    buckets[here, SIZE] = kept - first


@compiled
def enlarge(buckets: Ints, postings: Ints, counts: Longs, here: int) -> bool:
    """Moves a bucket to new slots with half as much room again; False if there are not enough."""
    room = buckets[here, ROOM] + buckets[here, ROOM] // 2 + 4
    target, first = counts[SLOTS_USED], buckets[here, START]
    if target + room > postings.shape[1]:
        return False
    for line in range(4):
        for offset in range(buckets[here, SIZE]):
            postings[line, target + offset] = postings[line, first + offset]
    buckets[here, START], buckets[here, ROOM] = target, room
    counts[SLOTS_USED] += room
    return True


@compiled
def lay_out(buckets: Ints, postings: Ints, counts: Longs, people: Ints, roomier: Ints) -> None:
    """Moves all buckets, without those who are gone, to the front of new postings; each gets room for a sixteenth more.

    The new postings need at most as many slots as there are postings, a sixteenth more.
    """
    counts[SLOTS_USED] = 0
    for here in range(len(buckets)):
        clear_out(buckets, postings, people, here)
        first, size, target = buckets[here, START], buckets[here, SIZE], counts[SLOTS_USED]
        for line in range(4):
            for offset in range(size):
                roomier[line, target + offset] = postings[line, first + offset]
        buckets[here, START], buckets[here, ROOM] = target, size + size // 16
        counts[SLOTS_USED] += buckets[here, ROOM]


@compiled
def fill(buckets: Ints, postings: Ints, counts: Longs, which: Ints, order: Longs, given: Ints) -> None:
    """Writes many postings into buckets that are empty; `order` sorts them by bucket `which` and by longitude.

    Each bucket gets room for a sixteenth more; there must be slots enough.
    """
    at = 0
    while at < len(order):
        here, end, target = which[order[at]], at, counts[SLOTS_USED]
        while end < len(order) and which[order[end]] == here:
            for line in range(4):
                postings[line, target + end - at] = given[line, order[end]]
            end += 1
        size = end - at
        buckets[here, START], buckets[here, SIZE], buckets[here, ROOM] = target, size, size + size // 16
        counts[SLOTS_USED] += buckets[here, ROOM]
        at = end
