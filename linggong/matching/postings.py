"""Where everybody is: one posting for each row and trade, in buckets by trade, reach and band of latitude.

A posting is four 32-bit integers. A bucket holds its postings side by side in order of longitude, with some room to
grow, so that a query reads one short stretch of memory, and a change is a short move and is seen by the next query.
Rows that are gone keep their postings until their bucket is full, or all are laid out anew.
"""

import numpy as np

from linggong.matching.compiled import compiled, inlined
from linggong.matching.pairs import Ints, Longs, TooLarge
from linggong.matching.people import GONE, birth_day

EAST, POINTS, WHO, WHERE = range(4)
"""Of a posting: longitude and skill; own points and days of waiting; row and profile; latitude in the band
and the rest of the profile."""

START, SIZE, ROOM = range(3)
"""Of a bucket: its first slot, how many postings it has, and how many it has room for. The number of a bucket is
(trade x TIERS + tier) x bands + band."""

BAND_BITS = 15
BAND = 1 << BAND_BITS
"""Height of a band of workers in microdegrees, about 3.6 km."""

SHIFT_BAND_BITS = 17
"""The bands of shifts, which are fewer, are about 15 km high."""

TIERS = 4
"""Rows are kept apart by how far they go, so that few far-going ones do not widen every search."""

SKILL_BITS, LATITUDE_BITS, PROFILE_BITS = 2, BAND_BITS, 5
MOST_ROWS = 2**26
MOST_PROFILES = 2**21

NO_BUCKET = -1


@inlined
def band_of(latitude: int, bits: int) -> int:
    """The band, 2**bits microdegrees high, that a latitude lies in."""
    return int((latitude + 90_000_000) >> bits)


@inlined
def bands_of(bits: int) -> int:
    """How many such bands there are."""
    return int((180_000_000 >> bits) + 1)


@inlined
def first_at(postings: Ints, low: int, high: int, east: int) -> int:
    """The first slot from `low` up to `high` that does not lie west of a longitude.

    It halves what is left without asking which half it is, so that the processor has nothing to guess.
    """
    left = high - low
    while left > 0:
        half = (left + 1) >> 1
        low += half * (postings[low + half - 1, EAST] < east)
        left -= half
    return low


@compiled
def insert(buckets: Ints, postings: Ints, used: Longs, people: Ints, here: int, posting: Ints) -> bool:
    """Puts a posting into a bucket, in order; False if no slots are left to enlarge it.

    The postings of those who are gone make room first.
    """
    if buckets[here, SIZE] == buckets[here, ROOM]:
        clear_out(buckets, postings, people, here)
        if 8 * buckets[here, SIZE] >= 7 * buckets[here, ROOM] and not enlarge(buckets, postings, used, here):
            return False
    end = buckets[here, START] + buckets[here, SIZE]
    at = first_at(postings, buckets[here, START], end, posting[EAST])
    for slot in range(end, at, -1):
        for part in range(4):
            postings[slot, part] = postings[slot - 1, part]
    for part in range(4):
        postings[at, part] = posting[part]
    buckets[here, SIZE] += 1
    return True


@compiled
def clear_out(buckets: Ints, postings: Ints, people: Ints, here: int) -> None:
    """Drops the postings of rows that are gone."""
    first = buckets[here, START]
    kept = first
    for slot in range(first, first + buckets[here, SIZE]):
        if birth_day(people, postings[slot, WHO] >> PROFILE_BITS) != GONE:
            for part in range(4):
                postings[kept, part] = postings[slot, part]
            kept += 1
    buckets[here, SIZE] = kept - first


@compiled
def enlarge(buckets: Ints, postings: Ints, used: Longs, here: int) -> bool:
    """Moves a bucket to new slots with half as much room again; False if there are not enough."""
    room = buckets[here, ROOM] + buckets[here, ROOM] // 2 + 4
    target, first = used[0], buckets[here, START]
    if target + room > len(postings):
        return False
    for offset in range(buckets[here, SIZE]):
        for part in range(4):
            postings[target + offset, part] = postings[first + offset, part]
    buckets[here, START], buckets[here, ROOM] = target, room
    used[0] += room
    return True


@compiled
def lay_out(buckets: Ints, postings: Ints, used: Longs, people: Ints, roomier: Ints) -> None:
    """Moves all buckets, without those who are gone, to the front of new postings; each gets room for a sixteenth more.

    The new postings need at most as many slots as there are postings, a sixteenth more.
    """
    used[0] = 0
    for here in range(len(buckets)):
        clear_out(buckets, postings, people, here)
        first, size, target = buckets[here, START], buckets[here, SIZE], used[0]
        for offset in range(size):
            for part in range(4):
                roomier[target + offset, part] = postings[first + offset, part]
        buckets[here, START], buckets[here, ROOM] = target, size + size // 16
        used[0] += buckets[here, ROOM]


@compiled
def fill(buckets: Ints, postings: Ints, used: Longs, which: Ints, order: Longs, given: Ints) -> None:
    """Writes many postings into buckets that are empty; `order` sorts them by bucket `which` and by longitude.

    Each bucket gets room for a sixteenth more; there must be slots enough.
    """
    at = 0
    while at < len(order):
        here, end, target = which[order[at]], at, used[0]
        while end < len(order) and which[order[end]] == here:
            for part in range(4):
                postings[target + end - at, part] = given[order[end], part]
            end += 1
        size = end - at
        buckets[here, START], buckets[here, SIZE], buckets[here, ROOM] = target, size, size + size // 16
        used[0] += buckets[here, ROOM]
        at = end


@compiled
def insert_from(first: int, buckets: Ints, postings: Ints, used: Longs, people: Ints, which: Ints, given: Ints) -> int:
    """Inserts postings from the `first` on into their buckets; the number of the first one there was no room for."""
    for at in range(first, len(which)):
        if not insert(buckets, postings, used, people, which[at], given[at]):
            return at
    return len(which)


def by_place(latitudes: Ints | Longs, longitudes: Ints | Longs, *then: Ints | Longs) -> Longs:
    """An order in which neighbours (within some 15 km, and among them what else is given) follow one another, so that
    what belongs to them lies together in memory."""
    return np.lexsort((*then, longitudes >> SHIFT_BAND_BITS, latitudes >> SHIFT_BAND_BITS))


class Postings:
    """All postings. `directory` says which bucket has a number, plus one; `slots` are the postings."""

    def __init__(self, band_bits: int) -> None:
        self.of_a_trade = TIERS * ((180_000_000 >> band_bits) + 1)
        self.directory, self.buckets = np.empty(0, np.int32), np.empty((0, 3), np.int32)
        self.slots, self.used = np.empty((0, 4), np.int32), np.zeros(1, np.int64)

    def enter(self, numbers: Ints, given: Ints, people: Ints) -> None:
        """Enters postings into the buckets with these numbers; the first ones ever all at once. Raises `TooLarge`."""
        which = self.buckets_at(numbers)
        if not self.used[0]:
            self.slots = np.empty((slots_for(len(which), 64), 4), np.int32)
            order = np.argsort(which.astype(np.int64) << 32 | given[:, EAST])
            fill(self.buckets, self.slots, self.used, which, order, given)
            return
        done = 0
        while (done := insert_from(done, self.buckets, self.slots, self.used, people, which, given)) < len(which):
            self.lay_out(people, len(which) - done)

    def buckets_at(self, numbers: Ints) -> Ints:
        """The buckets with these numbers; those that are not there yet are opened."""
        trades, needed = len(self.directory) // self.of_a_trade, int(numbers.max(initial=-1)) // self.of_a_trade + 1
        if needed > trades:
            more = max(needed - trades, trades // 2)
            self.directory = np.concatenate((self.directory, np.zeros(more * self.of_a_trade, np.int32)))
        fresh = numbers[self.directory[numbers] == 0]
        if len(fresh):
            fresh = np.unique(fresh)
            opened = np.zeros((len(fresh), 3), np.int32)
            self.directory[fresh] = np.arange(len(self.buckets) + 1, len(self.buckets) + 1 + len(fresh))
            self.buckets = np.concatenate((self.buckets, opened))
        found: Ints = self.directory[numbers] - 1
        return found

    def lay_out(self, people: Ints, more: int) -> None:
        """Lays all postings out anew, without those of rows that are gone and with room for more."""
        there = int(self.buckets[:, SIZE].sum())
        roomier = np.empty((slots_for(there, there // 8 + 1024 + 8 * more), 4), np.int32)
        lay_out(self.buckets, self.slots, self.used, people, roomier)
        self.slots = roomier


def slots_for(there: int, more: int) -> int:
    """Slots for so many postings, a sixteenth more in each bucket, and some. Raises `TooLarge`."""
    slots = there + there // 16 + more
    if slots >= 2**31:
        raise TooLarge("一个索引最多能放二十亿条登记。")
    return slots
