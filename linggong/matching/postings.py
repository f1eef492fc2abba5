"""Where everybody is: one posting for each row and trade, in buckets by trade, reach and band of latitude.

A bucket holds its postings in order of longitude, with some room to grow, so that a change is a short move of memory
and the next query sees it. Rows that are gone keep their postings until their bucket is full and is cleared out.
"""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from linggong.matching.compiled import compiled
from linggong.matching.pairs import Ints, Longs
from linggong.matching.people import Records

BAND = 36_000
"""Height of a band in microdegrees, about 4 km."""

BANDS = 180_000_000 // BAND + 1

TIERS = 3
"""Rows are kept apart by how far they go, so that few far-going ones do not widen every search."""

GONE = -1

Number = TypeVar("Number", bound=np.generic)


class Postings(NamedTuple):
    """Buckets: where each starts, how many postings it has and has room for. Postings: position, row and four facts.

    `used` counts the postings' slots given to buckets. A bucket's number is (trade x TIERS + tier) x BANDS + band.
    """

    start: Longs
    size: Ints
    room: Ints
    used: Longs
    latitude: Ints
    longitude: Ints
    row: Ints
    traits: Ints
    reach: Ints
    asks: Ints
    points: Ints


class Facts(NamedTuple):
    """What one posting says: position in microdegrees, row, traits, own reach, pay asked, points."""

    latitude: int
    longitude: int
    row: int
    traits: int
    reach: int
    asks: int
    points: int


class Columns(NamedTuple):
    """The facts of many postings, each an array."""

    latitude: Ints
    longitude: Ints
    row: Ints
    traits: Ints
    reach: Ints
    asks: Ints
    points: Ints


def empty_postings(trades: int, slots: int) -> Postings:
    """Postings without any, with slots to give away."""
    buckets = trades * TIERS * BANDS
    start, size, room = np.zeros(buckets, np.int64), np.zeros(buckets, np.int32), np.zeros(buckets, np.int32)
    return Postings(start, size, room, np.zeros(1, np.int64), *columns(slots))


def columns(slots: int) -> Columns:
    """Columns of postings, not set."""
    return Columns(*(np.empty(slots, np.int32) for _ in range(len(Columns._fields))))


def more_trades(postings: Postings, trades: int) -> Postings:
    """The same postings with buckets for more trades."""
    more = trades * TIERS * BANDS - len(postings.start)
    return postings._replace(
        start=np.concatenate((postings.start, np.zeros(more, np.int64))),
        size=np.concatenate((postings.size, np.zeros(more, np.int32))),
        room=np.concatenate((postings.room, np.zeros(more, np.int32))),
    )


def more_slots(postings: Postings) -> Postings:
    """The same postings with half as many slots again."""
    more = len(postings.row) // 2 + 1024
    return Postings(*postings[:4], *(grown(column, more) for column in postings[4:]))


def grown(column: NDArray[Number], more: int) -> NDArray[Number]:
    """A column with more entries at its end, not set."""
    return np.concatenate((column, np.empty(more, column.dtype)))


@compiled
def band_of(latitude: int) -> int:
    """The band a latitude in microdegrees lies in."""
    return int((latitude + 90_000_000) // BAND)


@compiled
def first_at(longitude: Ints, low: int, high: int, wanted: int) -> int:
    """The first index from `low` up to `high` whose longitude is not west of what is wanted."""
    while low < high:
        middle = (low + high) >> 1
        if longitude[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def copy_posting(postings: Postings, source: int, target: int) -> None:
    """Copies one posting to another slot."""
    postings.latitude[target] = postings.latitude[source]
    postings.longitude[target] = postings.longitude[source]
    postings.row[target] = postings.row[source]
    postings.traits[target] = postings.traits[source]
    postings.reach[target] = postings.reach[source]
    postings.asks[target] = postings.asks[source]
    postings.points[target] = postings.points[source]


@compiled
def write_posting(postings: Postings, target: int, facts: Facts) -> None:
    """Writes one posting into a slot."""
    postings.latitude[target] = facts.latitude
    postings.longitude[target] = facts.longitude
    postings.row[target] = facts.row
    postings.traits[target] = facts.traits
    postings.reach[target] = facts.reach
    postings.asks[target] = facts.asks
    postings.points[target] = facts.points


@compiled
def insert(postings: Postings, people: Records, bucket: int, facts: Facts) -> bool:
    """Puts a posting into its bucket, in order; False if there are no slots left to enlarge the bucket.

    `people` are the rows; the postings of those who are GONE make room first.
    """
    if postings.size[bucket] == postings.room[bucket]:
        clear_out(postings, people, bucket)
        if 8 * postings.size[bucket] >= 7 * postings.room[bucket] and not enlarge(postings, bucket):
            return False
    first = postings.start[bucket]
    end = first + postings.size[bucket]
    at = first_at(postings.longitude, first, end, facts.longitude)
    for slot in range(end, at, -1):
        copy_posting(postings, slot - 1, slot)
    write_posting(postings, at, facts)
    postings.size[bucket] += 1
    return True


@compiled
def clear_out(postings: Postings, people: Records, bucket: int) -> None:
    """Drops the postings of rows that are gone."""
    first = postings.start[bucket]
    kept = first
    for slot in range(first, first + postings.size[bucket]):
        if people[postings.row[slot]]["born"] != GONE:
            copy_posting(postings, slot, kept)
            kept += 1
    postings.size[bucket] = kept - first


@compiled
def enlarge(postings: Postings, bucket: int) -> bool:
    """Moves a bucket to new slots with half as much room again; False if there are not enough."""
    room = postings.room[bucket] + postings.room[bucket] // 2 + 4
    if postings.used[0] + room > len(postings.row):
        return False
    target, first = postings.used[0], postings.start[bucket]
    for offset in range(postings.size[bucket]):
        copy_posting(postings, first + offset, target + offset)
    postings.start[bucket], postings.room[bucket] = target, room
    postings.used[0] += room
    return True


@compiled
def fill(postings: Postings, bucket: Longs, order: Longs, facts: Columns) -> None:
    """Writes many postings into empty buckets; `order` sorts them by bucket and longitude, `facts` holds columns.

    Each bucket gets room for a sixteenth more.
    """
    at, total = 0, len(order)
    while at < total:
        here, end = bucket[order[at]], at
        while end < total and bucket[order[end]] == here:
            end += 1
        first, count = postings.used[0], end - at
        postings.start[here], postings.size[here], postings.room[here] = first, count, count + count // 16
        postings.used[0] += postings.room[here]
        for offset in range(count):
            source, target = order[at + offset], first + offset
            postings.latitude[target] = facts.latitude[source]
            postings.longitude[target] = facts.longitude[source]
            postings.row[target] = facts.row[source]
            postings.traits[target] = facts.traits[source]
            postings.reach[target] = facts.reach[source]
            postings.asks[target] = facts.asks[source]
            postings.points[target] = facts.points[source]
        at = end
