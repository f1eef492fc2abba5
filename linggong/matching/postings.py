"""Where everybody is: one posting for each row and trade, in buckets by trade, reach and band of latitude.

A posting is four 32-bit integers, each in a line of its own, so that many are scored at a time. A bucket holds its
postings in order of longitude, with some room to grow, so that a change is a short move of memory and the next query
sees it. Rows that are gone keep their postings until their bucket is full, or all are laid out anew.
"""

import numpy as np

from linggong.matching.compiled import compiled
from linggong.matching.pairs import Ints, Longs, TooLarge
from linggong.matching.people import GONE, birth_day

EAST, POINTS, WHO, WHERE = range(4)
"""The lines of a posting: longitude and skill; own points and days of waiting; row and profile; latitude in the band
and the rest of the profile."""

START, SIZE, ROOM = range(3)
"""Of a bucket: its first slot, how many postings it has, and how many it has room for. The number of a bucket is
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
def insert(buckets: Ints, postings: Ints, used: Longs, people: Ints, here: int, posting: Ints) -> bool:
    """Puts a posting into a bucket, in order; False if no slots are left to enlarge it.

    The postings of those who are gone make room first.
    """
    if buckets[here, SIZE] == buckets[here, ROOM]:
        clear_out(buckets, postings, people, here)
        if 8 * buckets[here, SIZE] >= 7 * buckets[here, ROOM] and not enlarge(buckets, postings, used, here):
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
def enlarge(buckets: Ints, postings: Ints, used: Longs, here: int) -> bool:
    """Moves a bucket to new slots with half as much room again; False if there are not enough."""
    room = buckets[here, ROOM] + buckets[here, ROOM] // 2 + 4
    target, first = used[0], buckets[here, START]
    if target + room > postings.shape[1]:
        return False
    for line in range(4):
        for offset in range(buckets[here, SIZE]):
            postings[line, target + offset] = postings[line, first + offset]
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
        for line in range(4):
            for offset in range(size):
                roomier[line, target + offset] = postings[line, first + offset]
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
            for line in range(4):
                postings[line, target + end - at] = given[line, order[end]]
            end += 1
        size = end - at
        buckets[here, START], buckets[here, SIZE], buckets[here, ROOM] = target, size, size + size // 16
        used[0] += buckets[here, ROOM]
        at = end


@compiled
def insert_from(first: int, buckets: Ints, postings: Ints, used: Longs, people: Ints, which: Ints, given: Ints) -> int:
    """Inserts postings from the `first` on into their buckets; the number of the first one there was no room for."""
    for at in range(first, len(which)):
        if not insert(buckets, postings, used, people, which[at], given[:, at]):
            return at
    return len(which)


class Postings:
    """All postings. `directory` says which bucket has a number, plus one; `lines` are the four lines of integers."""

    def __init__(self) -> None:
        self.directory, self.buckets = directory_for(0), np.empty((0, 3), np.int32)
        self.lines, self.used = np.empty((4, 0), np.int32), np.zeros(1, np.int64)

    def enter(self, numbers: Ints, given: Ints, people: Ints) -> None:
        """Enters postings into the buckets with these numbers; the first ones ever all at once. Raises `TooLarge`."""
        which = self.buckets_at(numbers)
        if not self.used[0]:
            self.lines = np.empty((4, slots_for(len(which), 64)), np.int32)
            order = np.argsort(which.astype(np.int64) << 32 | given[EAST])
            fill(self.buckets, self.lines, self.used, which, order, given)
            return
        done = 0
        while (done := insert_from(done, self.buckets, self.lines, self.used, people, which, given)) < len(which):
            self.lay_out(people, len(which) - done)

    def buckets_at(self, numbers: Ints) -> Ints:
        """The buckets with these numbers; those that are not there yet are opened."""
        trades = len(self.directory) // (TIERS * BANDS)
        needed = int(numbers.max(initial=-1)) // (TIERS * BANDS) + 1
        if needed > trades:
            self.directory = np.concatenate((self.directory, directory_for(max(needed - trades, trades // 2))))
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
        roomier = np.empty((4, slots_for(there, there // 8 + 1024 + 8 * more)), np.int32)
        lay_out(self.buckets, self.lines, self.used, people, roomier)
        self.lines = roomier


def slots_for(there: int, more: int) -> int:
    """Slots for so many postings, a sixteenth more in each bucket, and some. Raises `TooLarge`."""
    slots = there + there // 16 + more
    if slots >= 2**31:
        raise TooLarge("一个索引最多能放二十亿条登记。")
    return slots
