"""The arithmetic of eligibility and fit, on plain integers.

These are the only definitions: the plain reference (`eligibility`, `fit`) calls them as Python, the index compiles
the very same functions to machine code. So they use nothing but integers, IEEE division and square root, which give
the same bits either way. Positions are integer microdegrees, times are minutes since 1970 UTC, lengths are metres.
"""

import math
from collections.abc import Mapping
from datetime import date, datetime

SCALE_STEP = 2.0**-31
METRES_PER_MICRODEGREE = 0.111195
"""Of latitude, on a sphere of radius 6,371.0 km."""

HOUR, DAY, MONTH, WHOLE, UNCOMPARABLE = range(5)
UNITS: Mapping[str, int] = {"hour": HOUR, "day": DAY, "month": MONTH, "shift": WHOLE}

MINUTES_OF_A_DAY = 1440
MINUTES_OF_A_DAYS_WORK = 480
CENTIDAYS_OF_A_MONTH = 2175
"""21.75 paid days in a month, as the labour ministry reckons (notice 2008 no. 3)."""

EAST_OF_UTC = 480
"""Minutes by which clocks in China are ahead of UTC; there has been no summer time since 1991."""

FIRST_OF_1970 = 719_163
"""1 January 1970 as an ordinal."""

EVERY_WEEKDAY = 0b1111111
THURSDAY = 3
"""The weekday of 1 January 1970, counted from Monday."""

USUAL = -1
"""Stands for "no answer given" where an integer is asked: reach, pay."""


def microdegrees(degrees: float) -> int:
    """A latitude or longitude in degrees as an integer; 1 is about 0.1 m."""
    return round(degrees * 1_000_000)


def longitude_scale(latitude: float) -> float:
    """Metres per microdegree of longitude at a latitude in degrees, in whole steps so that 32 bits keep it exactly."""
    return round(METRES_PER_MICRODEGREE * math.cos(math.radians(latitude)) / SCALE_STEP) * SCALE_STEP


def minute(moment: datetime) -> int:
    """An aware moment as whole minutes since 1970 UTC."""
    return int(moment.timestamp() // 60)


def local_day(minutes: int) -> int:
    """The day in China, as an ordinal, of a moment in minutes since 1970 UTC."""
    return FIRST_OF_1970 + (minutes + EAST_OF_UTC) // MINUTES_OF_A_DAY


def ordinal(day: date | None) -> int:
    """A day as an integer; None, for good, as the largest there is."""
    return date.max.toordinal() if day is None else day.toordinal()


def unit_code(unit: str | None) -> int:
    """The number of a pay unit; what cannot be compared by time (pieces) gets one of its own."""
    return UNITS.get(unit or "", UNCOMPARABLE)


def metres(lat_a: int, lon_a: int, lat_b: int, lon_b: int, scale: float) -> int:
    """Straight distance between two positions; `scale` is the longitude scale at either of them.

    On the reach of a market (50 km) this is within 0.5% of the great circle.
    """
    north = (lat_a - lat_b) * METRES_PER_MICRODEGREE
    east = (lon_a - lon_b) * scale
    return int(math.sqrt(north * north + east * east))


def reach(own_reach: int, usual: int, transport: bool, transported: int) -> int:
    """How far this worker may be from this shift: as the person says, else the usual; farther with transport."""
    said = usual if own_reach < 0 else own_reach
    return max(said, transported) if transport else said


def worth(fen: int, unit: int, minutes: int) -> int:
    """What pay of `fen` per `unit` comes to for one shift of so many minutes, in fen; USUAL if it cannot be said.

    An hour counts by the minute. A day is the shift if it lasts eight hours or more, and in proportion if less.
    A month has 21.75 days. This is the one place where pay in different units is made comparable.
    """
    full = min(minutes, MINUTES_OF_A_DAYS_WORK)
    part, whole = (full, MINUTES_OF_A_DAYS_WORK) if unit == DAY else (1, 1)
    if unit == HOUR:
        part, whole = minutes, 60
    elif unit == MONTH:
        part, whole = 100 * full, CENTIDAYS_OF_A_MONTH * MINUTES_OF_A_DAYS_WORK
    return int(fen * part / whole) if unit != UNCOMPARABLE else USUAL


def asked(fen: int, unit: int, minutes: int) -> int:
    """What a worker asks for one shift, in fen; USUAL if nothing, or nothing comparable, was said."""
    return worth(fen, unit, minutes) if fen >= 0 else USUAL


def underpaid(offered: int, wanted: int, open_to_less: bool) -> bool:
    """Whether the shift pays less than is asked; what was not said or cannot be compared is no hindrance."""
    return 0 <= offered < wanted and not open_to_less


def travel(way: int, speed: int, changeover: int, limit: int) -> int:
    """Minutes needed between two sites `way` metres apart."""
    return changeover + min(way // speed, limit)


def collides(starts: int, ends: int, busy_from: int, busy_to: int, gap: int) -> bool:
    """Whether a shift cannot be worked by somebody busy at that time, with `gap` minutes needed in between.

    A busy time that ends before it begins is none.
    """
    return busy_from < busy_to and starts < busy_to + gap and busy_from < ends + gap


def off_hours(starts: int, ends: int, weekdays: int, opens: int, closes: int) -> bool:
    """Whether any part of a shift lies outside the hours somebody wants to work.

    `weekdays` has a bit for each day from Monday on. The window from `opens` to `closes`, in minutes of the local day,
    is the night if it ends before it begins; if both are the same, any time of day will do.
    """
    first = (starts + EAST_OF_UTC) // MINUTES_OF_A_DAY
    last = (ends + EAST_OF_UTC - 1) // MINUTES_OF_A_DAY
    for day in range(first, last + 1):
        if not (weekdays >> ((day + THURSDAY) % 7)) & 1:
            return True
        midnight = day * MINUTES_OF_A_DAY - EAST_OF_UTC
        since, until = max(starts - midnight, 0), min(ends - midnight, MINUTES_OF_A_DAY)
        if opens < closes and (since < opens or until > closes):
            return True
        if closes < opens and since < opens and until > closes:
            return True
    return False


def skill_points(skill: int, trade: int, step: int) -> int:
    """Points for the trade and its skill, 0 to 3."""
    return trade + step * min(max(skill, 0), 3)


def distance_points(way: int, usual: int, farthest: int, points: int) -> int:
    """All points up to half the usual reach, falling evenly to none at `farthest`, or at twice the usual if that is
    more."""
    near, far = usual // 2, max(farthest, 2 * usual)
    if way <= near:
        return points
    if way >= far:
        return 0
    return int(points * (far - way) / (far - near))


def pay_points(offered: int, wanted: int, points: int) -> int:
    """Half the points if exactly what is asked is paid (or nothing is asked), all of them if twice that is paid."""
    if offered <= 0 or wanted < 0:
        return points // 2
    return int(points * min(max(3 * offered - 2 * wanted, 0), 2 * offered) / (2 * offered))


def kept_points(kept: int, missed: int, points: int) -> int:
    """Points for shifts kept, with four of five kept as a prior, so that newcomers are not buried."""
    return int(points * (kept + 4) / (kept + missed + 5))


def rating_points(rating_sum: int, rating_count: int, points: int) -> int:
    """Points for the mean of ratings from 1 to 5, with five ratings of 4 as a prior."""
    return int(points * max(rating_sum + 20 - (rating_count + 5), 0) / (4 * (rating_count + 5)))


def ramp_points(days: int, full: int, points: int) -> int:
    """Points growing evenly with days, all of them at `full` days."""
    return int(points * min(max(days, 0), full) / full) if full > 0 else points
