"""What only the best candidates are asked: age, certificates, blocks, and what they are booked for.

Each row has a chain of notes. A mask of days tells, mostly without reading them, that no note matters for a day:
one bit for each of 32 days, taken in turn, so a bit may stand for several days and then the notes decide.
All is kept in records, so that one look at a row costs one line of memory.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from linggong.matching import measure
from linggong.matching.compiled import also_compiled, compiled
from linggong.matching.pairs import Ints

Records = NDArray[np.void]
Record = Any
"""One entry of an array of records."""

PERSON = np.dtype(
    [("lot", "i8"), ("certificates", "i8"), ("born", "i4"), ("days", "u4"), ("notes", "i4"), ("hours", "i4")]
)
"""A row: the lot that settles ties, certificates held for good, birth day (GONE: left), day mask, first note,
and wished hours: weekdays in seven bits, then from and until in eleven each."""

NOTE = np.dtype([("subject", "i4"), ("place", "i4"), ("next", "i4"), ("length", "i2")])
"""A booking: start, site, next note, and length (see BLOCK and CERTIFICATE for others)."""

SITE = np.dtype([("latitude", "i4"), ("longitude", "i4")])
"""Where a booking is, in microdegrees."""

WANTED = np.dtype(
    [
        ("trade", "i8"),
        ("latitude", "i8"),
        ("longitude", "i8"),
        ("scale", "f8"),
        ("in_town", "?"),
        ("transport", "?"),
        ("offered", "i8"),
        ("minutes", "i8"),
        ("starts", "i8"),
        ("ends", "i8"),
        ("last_day", "i8"),
        ("born_from", "i8"),
        ("born_to", "i8"),
        ("needed", "i8"),
        ("rare", "?"),
        ("employer", "i8"),
        ("days", "i8"),
        ("free_times", "?"),
    ]
)
"""A shift as plain numbers; see `model.Shift`. `needed` masks the certificates numbered below MASKED, `rare` says
there are others; `days` masks the days that a booking in the way can touch."""

LIMITS = np.dtype(
    [
        (name, "i8")
        for name in (
            "town", "country", "transported", "speed", "changeover", "travel_limit", "unknown_site",
            "trade", "skill_step", "distance", "pay", "named",
        )
    ]
)  # fmt: skip
"""The rules and the weights as plain numbers."""

EVERY_DAY = 0xFFFFFFFF
NO_SITE = -1

BLOCK, CERTIFICATE = -1, -2
"""Stand in place of a length: the note is no booking, but an employer blocked or a certificate with its last day."""

MASKED = 62
"""So many certificates are kept as bits if they are held for good; others, and those that expire, as notes."""

LONGEST_NOTE = 32_000
"""Minutes one note can span; a longer absence takes several."""

also_compiled(measure.metres, measure.travel, measure.collides, measure.off_hours)

ANY_HOURS = measure.EVERY_WEEKDAY


def day_mask(first_minute: int, last_minute: int) -> int:
    """The bits of the days from one minute to another."""
    first, last = first_minute // measure.MINUTES_OF_A_DAY, last_minute // measure.MINUTES_OF_A_DAY
    if last - first >= 31:
        return EVERY_DAY
    return sum(1 << day % 32 for day in range(first, last + 1))


@compiled
def admits(
    people: Records, notes: Records, sites: Records, wanted: Record, limits: Record, needed: Ints, row: int
) -> bool:
    """Whether age, certificates, blocks and bookings let a row take the shift; `needed` lists certificates."""
    person = people[row]
    if not wanted["born_from"] <= person["born"] <= wanted["born_to"]:
        return False
    if person["hours"] != ANY_HOURS and not wanted["free_times"] and unwanted(person["hours"], wanted):
        return False
    missing = 0
    if wanted["rare"] or person["certificates"] & wanted["needed"] != wanted["needed"]:
        for name in needed:
            missing += name >= MASKED or not (person["certificates"] >> name) & 1
    elif person["days"] & wanted["days"] == 0:
        return True
    at = person["notes"]
    while at >= 0:
        note = notes[at]
        if note["length"] == CERTIFICATE:
            for name in needed:
                missing -= name == note["subject"] and note["place"] >= wanted["last_day"]
        elif note["length"] == BLOCK:
            if note["subject"] == wanted["employer"]:
                return False
        elif not wanted["free_times"] and conflicts(
            sites, wanted, limits, note["subject"], note["length"], note["place"]
        ):
            return False
        at = note["next"]
    return bool(missing == 0)


@compiled
def unwanted(hours: int, wanted: Record) -> bool:
    """Whether the shift is at a time at which somebody with these packed hours does not want to work."""
    return measure.off_hours(wanted["starts"], wanted["ends"], hours & 127, (hours >> 7) & 2047, (hours >> 18) & 2047)


@compiled
def conflicts(sites: Records, wanted: Record, limits: Record, starts: int, length: int, site: int) -> bool:
    """Whether a booking leaves no time for the shift and the way between the two."""
    gap = limits["unknown_site"]
    if site >= 0:
        there = sites[site]
        way = measure.metres(
            there["latitude"], there["longitude"], wanted["latitude"], wanted["longitude"], wanted["scale"]
        )
        gap = measure.travel(way, limits["speed"], limits["changeover"], limits["travel_limit"])
    return measure.collides(wanted["starts"], wanted["ends"], starts, starts + length, gap)
