"""What only the best candidates are asked: age, certificates, blocks, and what they are booked for.

Each row has a chain of notes. A mask of days tells, mostly without reading them, that no note matters for a day:
one bit for each of 32 days, taken in turn, so a bit may stand for several days and then the notes decide.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linggong.matching import measure
from linggong.matching.compiled import also_compiled, compiled
from linggong.matching.pairs import Ints, Longs
from linggong.matching.postings import grown

Days = NDArray[np.uint32]
Shorts = NDArray[np.int16]

EVERY_DAY = 0xFFFFFFFF
NO_SITE = -1
MINUTES_OF_A_DAY = 1440

BLOCK, CERTIFICATE = -1, -2
"""Stand in place of a length: the note is no booking, but an employer blocked or a certificate with its last day."""

MASKED = 62
"""So many certificates are kept as bits if they are held for good; others, and those that expire, as notes."""

LONGEST_NOTE = 32_000
"""Minutes one note can span; a longer absence takes several."""

also_compiled(measure.metres, measure.travel, measure.collides)


class People(NamedTuple):
    """By row: the lot that settles ties, certificates held for good, birth day (GONE: left), day mask, first note."""

    lot: Longs
    certificates: Longs
    born: Ints
    days: Days
    notes: Ints


class Notes(NamedTuple):
    """By note: start, length and site of a booking (see BLOCK and CERTIFICATE for others), and the next note.

    `used` counts notes in use. Sites are rows of `latitude` and `longitude`.
    """

    subject: Ints
    length: Shorts
    place: Ints
    next: Ints
    used: Longs


class Sites(NamedTuple):
    """Positions in microdegrees of the sites of bookings."""

    latitude: Ints
    longitude: Ints


def no_people() -> People:
    """No rows."""
    none = np.empty(0, np.int32)
    return People(np.empty(0, np.int64), np.empty(0, np.int64), none, np.empty(0, np.uint32), none)


def no_notes() -> Notes:
    """No notes."""
    none = np.empty(0, np.int32)
    return Notes(none, np.empty(0, np.int16), none, none, np.zeros(1, np.int64))


def more_people(people: People) -> People:
    """The same rows with room for half as many again."""
    more = len(people.born) // 2 + 1024
    lot, certificates, born, days, notes = people
    return People(grown(lot, more), grown(certificates, more), grown(born, more), grown(days, more), grown(notes, more))


def more_notes(notes: Notes) -> Notes:
    """The same notes with room for half as many again."""
    more = len(notes.next) // 2 + 1024
    subject, length, place, following, used = notes
    return Notes(grown(subject, more), grown(length, more), grown(place, more), grown(following, more), used)


class Wanted(NamedTuple):
    """A shift as plain numbers; see `model.Shift`.

    `needed` masks the certificates numbered below `MASKED`, `rare` says there are others; `days` masks the days that
    a booking in the way can touch.
    """

    trade: int
    latitude: int
    longitude: int
    scale: float
    in_town: bool
    transport: bool
    offered: int
    minutes: int
    starts: int
    ends: int
    last_day: int
    born_from: int
    born_to: int
    needed: int
    rare: bool
    employer: int
    days: int


class Limits(NamedTuple):
    """The rules and the weights as plain numbers."""

    town: int
    country: int
    transported: int
    speed: int
    changeover: int
    travel_limit: int
    unknown_site: int
    trade: int
    skill_step: int
    distance: int
    pay: int


def day_mask(first_minute: int, last_minute: int) -> int:
    """The bits of the days from one minute to another."""
    first, last = first_minute // MINUTES_OF_A_DAY, last_minute // MINUTES_OF_A_DAY
    if last - first >= 31:
        return EVERY_DAY
    return sum(1 << day % 32 for day in range(first, last + 1))


@compiled
def add_note(people: People, notes: Notes, row: int, subject: int, length: int, place: int, days: int) -> None:
    """Puts a note in front of a row's chain."""
    note = notes.used[0]
    notes.subject[note], notes.length[note], notes.place[note] = subject, length, place
    notes.next[note] = people.notes[row]
    people.notes[row] = note
    people.days[row] |= days
    notes.used[0] += 1


@compiled
def admits(people: People, notes: Notes, sites: Sites, wanted: Wanted, limits: Limits, needed: Ints, row: int) -> bool:
    """Whether age, certificates, blocks and bookings let a row take the shift; `needed` lists certificates."""
    if not wanted.born_from <= people.born[row] <= wanted.born_to:
        return False
    missing = 0
    if wanted.rare or people.certificates[row] & wanted.needed != wanted.needed:
        for name in needed:
            missing += name >= MASKED or not (people.certificates[row] >> name) & 1
    elif people.days[row] & wanted.days == 0:
        return True
    note = people.notes[row]
    while note >= 0:
        subject, length, place = notes.subject[note], notes.length[note], notes.place[note]
        if length == CERTIFICATE:
            for name in needed:
                missing -= name == subject and place >= wanted.last_day
        elif length == BLOCK:
            if subject == wanted.employer:
                return False
        elif conflicts(sites, wanted, limits, subject, length, place):
            return False
        note = notes.next[note]
    return bool(missing == 0)


@compiled
def conflicts(sites: Sites, wanted: Wanted, limits: Limits, starts: int, length: int, site: int) -> bool:
    """Whether a booking leaves no time for the shift and the way between the two."""
    gap = limits.unknown_site
    if site >= 0:
        way = measure.metres(
            sites.latitude[site], sites.longitude[site], wanted.latitude, wanted.longitude, wanted.scale
        )
        gap = measure.travel(way, limits.speed, limits.changeover, limits.travel_limit)
    return measure.collides(wanted.starts, wanted.ends, starts, starts + length, gap)
