"""A shift as a line of plain integers, which is what the compiled search is asked."""

import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from linggong.matching import eligibility, measure
from linggong.matching.compiled import inlined
from linggong.matching.model import Rules, Shift, Weights
from linggong.matching.pairs import Ints, Longs, TooLarge

(
    LATITUDE, LONGITUDE, SCALE, OFFERED, MINUTES, OPEN, STARTS, BORN, NEEDED, DAYS, EMPLOYER, TRADE, NEEDED_AT,
    BARRED_AT, NAMED_AT, LISTS_END,
), LINE_LENGTH = range(16), 16  # fmt: skip
"""Places in a line of 32-bit integers, which fills a line of memory. SCALE counts in `measure.SCALE_STEP`, BORN has the
earliest and the latest birth day in 16 bits each, OPEN the open places and in its lowest bits the traits."""

IN_TOWN, TRANSPORT, RARE, FREE_TIMES, TRAIT_BITS = 1, 2, 4, 8, 4
TRAITS = (1 << TRAIT_BITS) - 1


class Line(NamedTuple):
    """A shift as compiled code has it, see `model.Shift`.

    `needed` masks the certificates numbered below MASKED, `rare` says that there are others; `days` masks the days a
    booking in the way can touch. The last four cut the list that goes with the lines into certificates needed, rows
    barred and rows asked for by name, each sorted.
    """

    latitude: int
    longitude: int
    scale: float
    in_town: int
    transport: int
    offered: int
    minutes: int
    places: int
    starts: int
    ends: int
    born_from: int
    born_to: int
    needed: int
    rare: int
    days: int
    free_times: int
    trade: int
    employer: int
    needed_at: int
    barred_at: int
    named_at: int
    lists_end: int


@inlined
def line_at(lines: Ints, number: int) -> Line:
    """One of the lines."""
    one = lines[number]
    traits, ends = one[OPEN] & TRAITS, one[STARTS] + one[MINUTES]
    return Line(
        one[LATITUDE], one[LONGITUDE], one[SCALE] * measure.SCALE_STEP, traits & IN_TOWN, traits & TRANSPORT != 0,
        one[OFFERED], one[MINUTES], one[OPEN] >> TRAIT_BITS, one[STARTS], ends, one[BORN] & 0xFFFF,
        one[BORN] >> 16 & 0xFFFF, one[NEEDED], traits & RARE, one[DAYS], traits & FREE_TIMES, one[TRADE],
        one[EMPLOYER], one[NEEDED_AT], one[BARRED_AT], one[NAMED_AT], one[LISTS_END],
    )  # fmt: skip


LINE = struct.Struct("7iI8i")

(
    TOWN, COUNTRY, TRANSPORTED, SPEED, CHANGEOVER, TRAVEL_LIMIT, UNKNOWN_SITE,
    POINTS_TRADE, POINTS_STEP, POINTS_DISTANCE, POINTS_PAY, POINTS_NAMED, RADII,
) = range(13)  # fmt: skip
"""Places in the limits: rules, weights, and from RADII on how far to look in each tier without and with transport."""

MASKED = 31
"""So many kinds of certificates are kept as bits if they are held for good; others, and those that expire, as notes."""

EVERY_DAY = -1
"""The mask of 32 days with all its bits, as a signed integer."""

MOST_PAY_FEN = 2 * 10**9

FIRST_BIRTH_DAY = 693_596
"""1 January 1900 as an ordinal; birth days are counted from here, starting with 1."""
LATEST_BIRTH_DAY = 65_535


def born(ordinal: int) -> int:
    """A birth day in 16 bits, 1 or more; who would be born before 1900 or after 2079 counts as born there."""
    return min(max(ordinal - FIRST_BIRTH_DAY + 1, 1), LATEST_BIRTH_DAY)


def day_mask(first_minute: int, last_minute: int) -> int:
    """The bits of the days from one minute to another; 32 days are told apart, then they repeat."""
    first, last = measure.local_day(first_minute), measure.local_day(last_minute)
    if last - first >= 31:
        return EVERY_DAY
    mask = 0
    for day in range(first, last + 1):
        mask |= 1 << (day & 31)
    return mask - (1 << 32) if mask >> 31 else mask


@lru_cache(maxsize=4096)
def birth_days(day: int, age_min: int, age_max: int | None, adults_only: bool, rules: Rules) -> tuple[int, int]:
    """The earliest and the latest birth day, in 16 bits, that a shift on a day (ordinal) is open to."""
    latest, earliest = eligibility.birth_dates_on(day, age_min, age_max, adults_only, rules)
    return born(earliest.toordinal()), born(latest.toordinal())


def line_of(shift: Shift, trade: int, employer: int, needed: Sequence[int], ends: Sequence[int], rules: Rules) -> bytes:
    """A shift as the bytes of a line; `ends` are the last four entries. Raises `TooLarge`."""
    starts, until = measure.minute(shift.starts), measure.minute(shift.ends)
    minutes = until - starts
    offered = measure.worth(shift.pay_fen, measure.unit_code(shift.pay_unit), minutes)
    if offered > MOST_PAY_FEN:
        raise TooLarge("工钱太多, 一个班次最多两千万元。")
    adults_only = shift.heavy or shift.hazardous or eligibility.in_the_night(starts, until, rules)
    earliest, latest = birth_days(measure.local_day(starts), shift.age_min, shift.age_max, adults_only, rules)
    gap = max(rules.changeover_minutes + rules.travel_limit_minutes, rules.unknown_site_minutes)
    traits = IN_TOWN * shift.in_town | TRANSPORT * shift.transport_provided | FREE_TIMES * shift.free_times
    if needed and needed[-1] >= MASKED:
        traits |= RARE
    try:
        return LINE.pack(
            measure.microdegrees(shift.latitude),
            measure.microdegrees(shift.longitude),
            round(measure.longitude_scale(shift.latitude) / measure.SCALE_STEP),
            offered,
            minutes,
            (shift.open_places << TRAIT_BITS) | traits,
            starts,
            latest << 16 | earliest,
            sum(1 << number for number in needed if number < MASKED) if needed else 0,
            day_mask(starts - gap, until + gap),
            employer,
            trade,
            *ends,
        )
    except struct.error:
        raise TooLarge("班次的地点、时间或人数太大, 算不了。") from None


def lines(packed: bytes | bytearray) -> Ints:
    """Lines from their bytes, one in each row, each at the beginning of a line of memory."""
    found = empty_lines(len(packed) // LINE.size)
    found.view(np.uint8).reshape(-1)[:] = np.frombuffer(packed, np.uint8)
    return found


def empty_lines(count: int) -> Ints:
    """So many lines, not set."""
    room = np.empty((count + 1) * LINE_LENGTH, np.int32)
    first = -room.ctypes.data % LINE.size // 4
    return room[first : first + count * LINE_LENGTH].reshape(-1, LINE_LENGTH)


def longer_lines(lines: Ints, needed: int) -> Ints:
    """The lines with more of them at the end, not set: as many as are needed and some for later."""
    found = empty_lines(max(needed, len(lines) + max(len(lines) // 2, 1024)))
    found[: len(lines)] = lines
    return found


def limits_of(rules: Rules, weights: Weights, radii: Ints | Longs) -> Longs:
    """Rules and weights as plain integers, and the radii after them."""
    fixed = [
        rules.town_reach_m, rules.country_reach_m, rules.transport_reach_m, rules.travel_m_per_minute,
        rules.changeover_minutes, rules.travel_limit_minutes, rules.unknown_site_minutes,
        weights.trade, weights.skill_step, weights.distance, weights.pay, weights.named,
    ]  # fmt: skip
    return np.concatenate((np.array(fixed, np.int64), radii.astype(np.int64)))
