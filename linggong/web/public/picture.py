"""A map picture of a county's sites and open jobs, north up. No tiles; the list beside it says the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import cos, hypot, radians

from linggong.places.models import Site
from linggong.posts.models import Shift

WIDTH, HEIGHT, MARGIN = 720, 640, 60
CELL = 52
"""Jobs that would lie closer together than this, in the picture's units, share one mark."""
LETTER, LINE, SIGN = 26, 32, 11
"""Drawn half as large on a phone, where a name must still be read."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
SUFFIXES = ("零工市场", "零工驿站", "骑手之家")


@dataclass(frozen=True)
class Mark:
    """A site; `name` (around its middle `name_x`, on the line `name_y`) is empty where there is no room for it."""

    x: int
    y: int
    kind: str
    name: str = ""
    name_x: int = 0
    name_y: int = 0


@dataclass(frozen=True)
class Heap:
    """Open jobs near each other: how many places they have."""

    x: int
    y: int
    places: int
    radius: int


@dataclass(frozen=True)
class Picture:
    marks: list[Mark]
    heaps: list[Heap]


class Ground:
    """Turns degrees into units of the picture, the same scale both ways."""

    def __init__(self, points: Iterable[tuple[float, float]]) -> None:
        latitudes, longitudes = zip(*points, strict=True)
        self.north, self.west = max(latitudes), min(longitudes)
        self.shrink = cos(radians(self.north))
        wide = max((max(longitudes) - self.west) * self.shrink, 0.01)
        high = max(self.north - min(latitudes), 0.01)
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        self.left = (WIDTH - wide * self.scale) / 2
        self.top = (HEIGHT - high * self.scale) / 2

    def at(self, latitude: float, longitude: float) -> tuple[int, int]:
        east, south = (longitude - self.west) * self.shrink, self.north - latitude
        return round(self.left + east * self.scale), round(self.top + south * self.scale)


def picture(sites: list[Site], shifts: list[Shift]) -> Picture | None:
    """The sites and, where jobs wait, a circle with the number of places; None where there is nothing to draw."""
    if not sites:
        return None
    near = [shift for shift in shifts if _is_near(shift, sites)]
    points = [(site.latitude, site.longitude) for site in sites]
    ground = Ground(points + [(shift.latitude, shift.longitude) for shift in near])
    heaps = _heaps(near, ground)
    marks = [Mark(*ground.at(site.latitude, site.longitude), site.kind) for site in sites]
    return Picture(_named(marks, [_short(site.name) for site in sites], heaps), heaps)


def _is_near(shift: Shift, sites: list[Site]) -> bool:
    """A wrong position must not shrink the county to a dot: a quarter of a degree around its sites is enough."""
    lat, lon = [s.latitude for s in sites], [s.longitude for s in sites]
    room = 0.25
    return (
        min(lat) - room <= shift.latitude <= max(lat) + room and min(lon) - room <= shift.longitude <= max(lon) + room
    )


def _heaps(shifts: list[Shift], ground: Ground) -> list[Heap]:
    """Each shift joins the first that lies near it, so that no number covers another."""
    heaps: list[list[tuple[int, int, int]]] = []
    for shift in shifts:
        x, y = ground.at(shift.latitude, shift.longitude)
        near = (heap for heap in heaps if hypot(heap[0][0] - x, heap[0][1] - y) < CELL)
        point = (x, y, shift.places - shift.taken)
        if heap := next(near, None):
            heap.append(point)
        else:
            heaps.append([point])
    return [_heap(points) for points in heaps]


def _heap(points: list[tuple[int, int, int]]) -> Heap:
    """It stands where its first shift is: those are a cell apart."""
    places = sum(count for _, _, count in points)
    return Heap(points[0][0], points[0][1], places, min(20 + places // 4, CELL // 2))


def _named(marks: list[Mark], names: list[str], heaps: list[Heap]) -> list[Mark]:
    """The marks, each market with its name where there is room beside what is drawn already."""
    taken = [_around(mark.x, mark.y, SIGN) for mark in marks]
    taken += [_around(heap.x, heap.y, heap.radius) for heap in heaps]
    named = []
    for mark, name in zip(marks, names, strict=True):
        box = _free_place(mark, name, taken) if mark.kind == Site.Kind.MARKET else None
        if not box and mark is marks[0]:
            box = _places_for(mark, name)[0]  # the county's own market is named in any crowd
        if box:
            taken.append(box)
            mark = replace(mark, name=name, name_x=round((box[0] + box[2]) / 2), name_y=round(box[3] - LINE / 4))
        named.append(mark)
    return named


def _free_place(mark: Mark, name: str, taken: list[Box]) -> Box | None:
    free = (box for box in _places_for(mark, name) if not any(_overlap(box, other) for other in taken))
    return next(free, None)


def _places_for(mark: Mark, name: str) -> list[Box]:
    """Below, above, right and left of the mark."""
    wide, gap = len(name) * LETTER, SIGN + 2
    corners = [
        (mark.x - wide / 2, mark.y + gap),
        (mark.x - wide / 2, mark.y - gap - LINE),
        (mark.x + gap, mark.y - LINE / 2),
        (mark.x - gap - wide, mark.y - LINE / 2),
    ]
    return [(x, y, x + wide, y + LINE) for x, y in corners]


def _around(x: int, y: int, radius: int) -> Box:
    return x - radius, y - radius, x + radius, y + radius


def _short(name: str) -> str:
    """'马厂镇' for 马厂镇零工市场: what kind it is, its mark says."""
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
