"""Where everybody is: one posting for each row and trade, in buckets by trade, reach and band of latitude.

A bucket holds its postings in order of longitude, with some room to grow, so that a change is a short move of memory
and the next query sees it. Rows that are gone keep their postings until their bucket is full and is cleared out.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from linggong.matching.compiled import compiled
from linggong.matching.pairs import Longs
from linggong.matching.people import Record, Records

POSTING = np.dtype([(name, "i4") for name in ("latitude", "longitude", "row", "traits", "reach", "asks", "points")])
"""Position in microdegrees, row, traits (see `search`), own reach in metres, pay asked in fen, own points."""

BUCKET = np.dtype([("start", "i8"), ("size", "i4"), ("room", "i4")])
"""Where a bucket starts, how many postings it has, and how many it has room for.

A bucket's number is (trade x TIERS + tier) x BANDS + band.
"""

BAND = 36_000
"""Height of a band in microdegrees, about 4 km."""

BANDS = 180_000_000 // BAND + 1

TIERS = 3
"""Rows are kept apart by how far they go, so that few far-going ones do not widen every search."""

GONE = -1

Number = TypeVar("Number", bound=np.generic)


def buckets_for(trades: int) -> Records:
    """Empty buckets for so many trades."""
    return np.zeros(trades * TIERS * BANDS, BUCKET)


def grown(column: NDArray[Number], more: int) -> NDArray[Number]:
    """An array with more entries at its end, not set."""
    return np.concatenate((column, np.empty(more, column.dtype)))


@compiled
def band_of(latitude: int) -> int:
    """The band a latitude in microdegrees lies in."""
    return int((latitude + 90_000_000) // BAND)


@compiled
def first_at(postings: Records, low: int, high: int, longitude: int) -> int:
    """The first index from `low` up to `high` that is not west of a longitude."""
    while low < high:
        middle = (low + high) >> 1
        if postings[middle]["longitude"] < longitude:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def insert(buckets: Records, postings: Records, used: Longs, people: Records, number: int, posting: Record) -> bool:
    """Puts a posting (an array of one) into its bucket, in order; False if no slots are left to enlarge the bucket.

    `used` counts the slots given away. `people` are the rows; the postings of those who are GONE make room first.
    """
    bucket = buckets[number]
    if bucket["size"] == bucket["room"]:
        clear_out(bucket, postings, people)
        if 8 * bucket["size"] >= 7 * bucket["room"] and not enlarge(bucket, postings, used):
            return False
    end = bucket["start"] + bucket["size"]
    at = first_at(postings, bucket["start"], end, posting[0]["longitude"])
    for slot in range(end, at, -1):
        postings[slot] = postings[slot - 1]
    postings[at] = posting[0]
    bucket["size"] += 1
    return True


@compiled
def clear_out(bucket: Record, postings: Records, people: Records) -> None:
    """Drops the postings of rows that are gone."""
    kept = bucket["start"]
    for slot in range(bucket["start"], bucket["start"] + bucket["size"]):
        if people[postings[slot]["row"]]["born"] != GONE:
            postings[kept] = postings[slot]
            kept += 1
    bucket["size"] = kept - bucket["start"]


@compiled
def enlarge(bucket: Record, postings: Records, used: Longs) -> bool:
    """Moves a bucket to new slots with half as much room again; False if there are not enough."""
    room = bucket["room"] + bucket["room"] // 2 + 4
    target, first = used[0], bucket["start"]
    if target + room > len(postings):
        return False
    for offset in range(bucket["size"]):
        postings[target + offset] = postings[first + offset]
    bucket["start"], bucket["room"] = target, room
    used[0] += room
    return True


@compiled
def fill(buckets: Records, postings: Records, used: Longs, number: Longs, order: Longs, given: Records) -> None:
    """Writes many postings into empty buckets; `order` sorts them by bucket `number` and longitude.

    Each bucket gets room for a sixteenth more; there must be slots enough.
    """
    at = 0
    while at < len(order):
        here, end = number[order[at]], at
        while end < len(order) and number[order[end]] == here:
            postings[used[0] + end - at] = given[order[end]]
            end += 1
        bucket, size = buckets[here], end - at
        bucket["start"], bucket["size"], bucket["room"] = used[0], size, size + size // 16
        used[0] += bucket["room"]
        at = end
