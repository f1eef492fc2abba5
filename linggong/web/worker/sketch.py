"""A map picture of two points: home and the place of work, north up. No tiles, nothing to load."""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians

from django.utils.translation import gettext as _

from linggong.posts.models import Shift
from linggong.web.worker.slips import distance_m, far
from linggong.workers.models import Worker

WIDTH, HEIGHT = 320, 210
ROOM = (150, 90)
"""Within which both points lie, so that their names have place around them."""


@dataclass(frozen=True)
class Point:
    """In the units of the picture; `label_y` is where its name stands."""

    x: int
    y: int
    label_y: int


@dataclass(frozen=True)
class Sketch:
    home: Point
    site: Point
    words: str


def sketch(worker: Worker, shift: Shift) -> Sketch | None:
    """Where the work is, seen from home; None where home is not known."""
    away = distance_m(worker, shift)
    if away is None or worker.latitude is None or worker.longitude is None:
        return None
    north = shift.latitude - worker.latitude
    east = (shift.longitude - worker.longitude) * cos(radians(shift.latitude))
    dx, dy = _drawn(east, north)
    words = _("在您家%(where)s，%(far)s") % {"where": _direction(east, north), "far": far(away)}
    return Sketch(home=_point(-dx, dy), site=_point(dx, -dy), words=words)


def _drawn(east: float, north: float) -> tuple[float, float]:
    """From the middle to the site: as long as the room allows."""
    scale = min(ROOM[0] / abs(east) if east else 1e9, ROOM[1] / abs(north) if north else 1e9)
    return (east * scale / 2, north * scale / 2) if hypot(east, north) > 1e-6 else (ROOM[0] / 2, 0)


def _point(dx: float, dy: float) -> Point:
    x, y = round(WIDTH / 2 + dx), round(HEIGHT / 2 + dy)
    return Point(x, y, y + 36 if dy > 0 else y - 18)


def _direction(east: float, north: float) -> str:
    names = [_("东边"), _("东北边"), _("北边"), _("西北边"), _("西边"), _("西南边"), _("南边"), _("东南边")]
    return names[round(degrees(atan2(north, east)) / 45) % 8]
