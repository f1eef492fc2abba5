"""Distances on the ground, from degrees of latitude and longitude."""

from math import asin, ceil, cos, degrees, radians, sin, sqrt
from typing import NamedTuple

from linggong.lib.text import choose

EARTH_RADIUS_M = 6_371_009
WALKING_M_PER_MINUTE = 80
"""4.8 km/h: a quarter of an hour is 1.2 km, the pace by which 15-minute circles are drawn."""


class Box(NamedTuple):
    """Edges in degrees."""

    south: float
    west: float
    north: float
    east: float


def distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> int:
    """Metres as the crow flies (haversine on a sphere, within 0.5 per cent)."""
    north, east = radians(lat2 - lat1) / 2, radians(lon2 - lon1) / 2
    half_chord = sin(north) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(east) ** 2
    return round(2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half_chord))))


def walking_minutes(distance_m: int) -> int:
    """Minutes on foot for a straight line of `distance_m` metres, rounded up."""
    return ceil(distance_m / WALKING_M_PER_MINUTE)


def bounding_box(lat: float, lon: float, metres: float) -> Box:
    """The smallest box that holds every point within `metres`, away from poles and date line: to search by index."""
    reach = metres / EARTH_RADIUS_M
    north = degrees(reach)
    east = degrees(asin(min(1.0, sin(reach) / cos(radians(lat)))))
    return Box(lat - north, lon - east, lat + north, lon + east)


def distance_words(metres: int, language: str = "zh") -> str:
    """'800 米', '1.4 公里', '12 公里'; in English '800 m', '1.4 km'."""
    if metres < 995:
        return f"{round(metres, -1)} {choose(language, '米', 'm')}"
    kilometres = round(metres / 1000, 1)
    return f"{kilometres:.{0 if kilometres >= 10 else 1}f} {choose(language, '公里', 'km')}".replace(".0 ", " ")
