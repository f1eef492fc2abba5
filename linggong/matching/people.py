"""What only the best candidates are asked: age, hours, certificates, blocks, and what they are booked for.

Each row is four integers, so that one look costs one line of memory, and has a chain of notes. A mask of days tells,
mostly without reading them, that no note matters for a day: one bit for each of 32 days, taken in turn, so a bit may
stand for several days and then the notes decide.
"""

import numpy as np

from linggong.matching import measure
from linggong.matching import question as q
from linggong.matching.compiled import also_compiled, compiled, inlined
from linggong.matching.pairs import Ints, Longs
from linggong.matching.question import Line

CERTIFICATES, DAYS, NOTES, TRAITS = range(4)
"""Of a row: certificates held for good as bits, day mask, first note, and birth day, hours and priority packed."""

BORN_SHIFT, BORN, HOURS_SHIFT, HOURS, PRIORITY = 16, 0xFFFF, 1, 0x7FFF, 1
"""In TRAITS: the birth day in 16 bits (GONE: nobody), the number of the wished hours in 15 (0: any), and one flag."""

GONE = 0

NEXT, WHAT, WHERE = range(3)
"""A note is three integers: the next note, and two in which subject (25 bits), place (24) and length (13) are packed.
A booking has its start, counted from FIRST_MINUTE on, the number of its site and its minutes. With the length BLOCK it
is an employer blocked, with CERTIFICATE a certificate and, as its place, the last day."""

HIGH_BITS, LOW_BITS, PLACE, LENGTH = 6, 7, 2**24 - 1, 2**13 - 1
"""The upper six bits of the length stand below the subject, the lower seven below the place."""

BLOCK, CERTIFICATE = 0, LENGTH
LONGEST_NOTE = LENGTH - 1
"""Minutes one note can span; a longer absence takes several."""

NO_SITE = PLACE
FIRST_MINUTE = 15_778_080
"""1 January 2000 UTC."""
MINUTES_KEPT = 2**25
"""A note can start in the years 2000 to 2063."""

NO_NOTE = -1

ROWS, FREE, PRESENT, LEFT, NOTES_USED, SPARE_NOTE = range(6)
"""Places in the counts: rows ever used, rows free to be used again, workers present, rows left since rows were freed,
notes ever used, first of the notes to be used again."""

COUNTS = 6

also_compiled(measure.metres, measure.travel, measure.collides, measure.off_hours, measure.local_day)


def packed_note(subject: int, place: int, length: int) -> tuple[int, int]:
    """WHAT and WHERE of a note."""
    return (subject << HIGH_BITS) | (length >> LOW_BITS), (place << LOW_BITS) | (length & (2**LOW_BITS - 1))


also_compiled(packed_note)


@compiled
def note(people: Ints, notes: Ints, counts: Longs, row: int, subject: int, place: int, length: int) -> None:
    """Adds a note to a row; there must be room for it."""
    at = counts[SPARE_NOTE]
    if at == NO_NOTE:
        at = counts[NOTES_USED]
        counts[NOTES_USED] += 1
    else:
        counts[SPARE_NOTE] = notes[at, NEXT]
    notes[at, WHAT], notes[at, WHERE] = packed_note(subject, place, length)
    notes[at, NEXT] = people[row, NOTES]
    people[row, NOTES] = at


@compiled
def note_booking(people: Ints, notes: Ints, counts: Longs, row: int, starts: int, ends: int, site: int) -> None:
    """Notes a busy time, in as many parts as its length takes; there must be room for them."""
    at = starts
    while at < ends:
        until = min(at + LONGEST_NOTE, ends)
        note(people, notes, counts, row, at - FIRST_MINUTE, site, until - at)
        for day in range(measure.local_day(at), measure.local_day(until) + 1):
            people[row, DAYS] |= np.int32(np.uint32(1) << np.uint32(day & 31))
        at = until


@compiled
def leave(people: Ints, notes: Ints, counts: Longs, row: int) -> None:
    """Takes somebody out of a row; the notes can be used again at once, the row once no posting names it any more."""
    first = people[row, NOTES]
    if first != NO_NOTE:
        last = first
        while notes[last, NEXT] != NO_NOTE:
            last = notes[last, NEXT]
        notes[last, NEXT] = counts[SPARE_NOTE]
        counts[SPARE_NOTE] = first
    people[row, NOTES], people[row, TRAITS] = NO_NOTE, GONE
    counts[PRESENT] -= 1
    counts[LEFT] += 1


@compiled
def lay_out_notes(people: Ints, notes: Ints, counts: Longs, laid_out: Ints) -> None:
    """Copies the notes so that those of a row stand side by side, and one look into memory brings them all."""
    used = 0
    for row in range(counts[ROWS]):
        at = people[row, NOTES]
        if at != NO_NOTE:
            people[row, NOTES] = used
        while at != NO_NOTE:
            laid_out[used, WHAT], laid_out[used, WHERE] = notes[at, WHAT], notes[at, WHERE]
            at = notes[at, NEXT]
            used += 1
            laid_out[used - 1, NEXT] = NO_NOTE if at == NO_NOTE else used
    counts[NOTES_USED], counts[SPARE_NOTE] = used, NO_NOTE


@inlined
def birth_day(people: Ints, row: int) -> int:
    """The birth day of a row in 16 bits, or GONE."""
    return int((people[row, TRAITS] >> BORN_SHIFT) & BORN)


REFUSED, SURE, UNSURE = range(3)


@inlined
def first_look(people: Ints, shift: Line, row: int) -> int:
    """Whether a row can take the shift, as far as its four integers tell: REFUSED, SURE, or UNSURE where notes or hours
    decide. The same steps for everybody, so that the processor has nothing to guess."""
    traits = people[row, TRAITS]
    birth = (traits >> BORN_SHIFT) & BORN
    of_age = (shift.born_from <= birth) & (birth <= shift.born_to)
    any_hour = ((traits >> HOURS_SHIFT) & HOURS == 0) | (shift.free_times != 0)
    papers = (shift.rare == 0) & (people[row, CERTIFICATES] & shift.needed == shift.needed)
    idle = people[row, DAYS] & shift.days == 0
    return int(of_age * (UNSURE - (any_hour & papers & idle)))


@inlined
def admits(
    people: Ints, notes: Ints, sites: Ints, hours: Ints, limits: Longs, shift: Line, lists: Ints, row: int
) -> bool:
    """Whether age, hours, certificates, blocks and bookings let a row take the shift."""
    if not shift.born_from <= birth_day(people, row) <= shift.born_to:
        return False
    wish = (people[row, TRAITS] >> HOURS_SHIFT) & HOURS
    if wish and not shift.free_times and unwanted(hours[wish], shift.starts, shift.ends):
        return False
    missing = 0
    if shift.rare or people[row, CERTIFICATES] & shift.needed != shift.needed:
        for at in range(shift.needed_at, shift.barred_at):
            missing += lists[at] >= q.MASKED or not (people[row, CERTIFICATES] >> lists[at]) & 1
    elif people[row, DAYS] & shift.days == 0:
        return True
    widest = max(limits[q.CHANGEOVER] + limits[q.TRAVEL_LIMIT], limits[q.UNKNOWN_SITE])
    since, until = shift.starts - widest - FIRST_MINUTE, shift.ends + widest - FIRST_MINUTE
    at = people[row, NOTES]
    while at != NO_NOTE:
        subject, place = notes[at, WHAT] >> HIGH_BITS, notes[at, WHERE] >> LOW_BITS
        length = ((notes[at, WHAT] << LOW_BITS) | (notes[at, WHERE] & (2**LOW_BITS - 1))) & LENGTH
        if length == CERTIFICATE:
            missing -= place >= measure.local_day(shift.ends) and is_needed(
                lists, shift.needed_at, shift.barred_at, subject
            )
        elif length == BLOCK:
            if subject == shift.employer:
                return False
        elif subject + length <= since or subject >= until or shift.free_times:
            pass
        elif conflicts(sites, limits, shift, subject + FIRST_MINUTE, length, place):
            return False
        at = notes[at, NEXT]
    return bool(missing == 0)


@compiled
def is_needed(lists: Ints, first: int, end: int, certificate: int) -> bool:
    """Whether a certificate is among those needed."""
    found = False
    for at in range(first, end):
        found |= lists[at] == certificate
    return bool(found)


@compiled
def unwanted(hours: int, starts: int, ends: int) -> bool:
    """Whether a shift is at a time at which somebody with these packed hours does not want to work."""
    return measure.off_hours(starts, ends, hours & 127, (hours >> 7) & 2047, (hours >> 18) & 2047)


@inlined
def conflicts(sites: Ints, limits: Longs, shift: Line, starts: int, length: int, site: int) -> bool:
    """Whether a booking leaves no time for the shift and the way between the two."""
    gap = limits[q.UNKNOWN_SITE]
    if site != NO_SITE:
        way = measure.metres(sites[site, 0], sites[site, 1], shift.latitude, shift.longitude, shift.scale)
        gap = measure.travel(way, limits[q.SPEED], limits[q.CHANGEOVER], limits[q.TRAVEL_LIMIT])
    return measure.collides(shift.starts, shift.ends, starts, starts + length, gap)
