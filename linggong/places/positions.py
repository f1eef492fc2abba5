"""Where divisions lie, as far as known: `positions.csv`, the project's own approximation.

Counties stand at their seat, the streets and towns of 潞州区 near their offices. A village has no position of its
own in the file: the villages of a township are laid evenly around its office, always at the same points.
"""

import csv
from functools import cache
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("positions.csv")
METRES_PER_DEGREE = 111_195
GOLDEN_ANGLE = 2.399963
"""Radians. Points turned by it and moved outwards by the root of their number lie evenly in a circle."""
FILLED = 60
"""So many points fill the circle; the villages beyond lie on its edge."""

TOWNSHIP_DIGITS = 9


class Position(NamedTuple):
    """Degrees; `radius_m` is how far the villages of a township lie around it."""

    latitude: float
    longitude: float
    in_town: bool
    radius_m: int


def position_of(code: str) -> Position | None:
    """Where a division lies, if the file knows it or its township."""
    known = _read()
    if code in known or code[:TOWNSHIP_DIGITS] not in known or len(code) <= TOWNSHIP_DIGITS:
        return known.get(code)
    return _around(known[code[:TOWNSHIP_DIGITS]], int(code[TOWNSHIP_DIGITS:]))


def _around(centre: Position, village: int) -> Position:
    """The point of a village: communities count from 001, village committees from 200, here turn by turn."""
    number = village % 200 * 2 + village // 200 % 2
    metres = centre.radius_m * sqrt(min((number + 0.5) / FILLED, 1))
    angle = number * GOLDEN_ANGLE
    north = metres * cos(angle) / METRES_PER_DEGREE
    east = metres * sin(angle) / METRES_PER_DEGREE / cos(radians(centre.latitude))
    return Position(round(centre.latitude + north, 5), round(centre.longitude + east, 5), centre.in_town, 0)


@cache
def _read() -> dict[str, Position]:
    with FILE.open(encoding="utf-8", newline="") as rows:
        return {
            row["code"]: Position(
                float(row["latitude"]), float(row["longitude"]), row["in_town"] == "1", int(row["radius_m"])
            )
            for row in csv.DictReader(rows)
        }
