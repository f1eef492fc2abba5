"""Which shifts may find workers in another shard: those near a cell of the globe where somebody lives."""

import math
from typing import NamedTuple

import numpy as np

from linggong.matching import measure
from linggong.matching.eligibility import USUAL_RULES
from linggong.matching.model import Rules, Shift
from linggong.matching.pairs import Longs

CELL = 100_000
"""The side of a cell in microdegrees, about 11 km of latitude."""
ROW = 10_000
"""More than there are cells around the globe."""
HIGHEST = 85.0


class Extent(NamedTuple):
    """The cells, sorted, from which a shift may reach a shard's workers: as it is, and with transport provided."""

    usual: Longs
    with_transport: Longs

    def reaches(self, shift: Shift) -> bool:
        """Whether there may be somebody for the shift."""
        cells = self.with_transport if shift.transport_provided else self.usual
        cell = cell_of(shift.latitude, shift.longitude)
        at = int(np.searchsorted(cells, cell))
        return at < len(cells) and int(cells[at]) == cell


NOWHERE = Extent(np.empty(0, np.int64), np.empty(0, np.int64))
"""Reached from no cell."""


def cell_of(latitude: float, longitude: float) -> int:
    """The cell of a place."""
    north, east = measure.microdegrees(latitude) + 90_000_000, measure.microdegrees(longitude) + 180_000_000
    return north // CELL * ROW + east // CELL


def reachable(cells: set[int], farthest: int, rules: Rules = USUAL_RULES) -> Extent:
    """The extent of workers who live in these cells and go at most `farthest` metres, or the usual way."""
    usual = max(farthest, rules.town_reach_m, rules.country_reach_m)
    return Extent(around(cells, usual), around(cells, max(usual, rules.transport_reach_m)))


def around(cells: set[int], radius: int) -> Longs:
    """All cells with a place within `radius` metres of one of the cells."""
    if not cells:
        return np.empty(0, np.int64)
    centre = np.array(sorted(cells), np.int64)
    side = CELL * measure.METRES_PER_MICRODEGREE
    farthest_north = np.abs(centre // ROW * CELL / 1_000_000 - 90).max() + 1
    narrowest = CELL * measure.longitude_scale(min(float(farthest_north), HIGHEST))
    rows, columns = math.ceil(radius / side), math.ceil(radius / narrowest)
    steps = np.arange(-rows, rows + 1)[:, None] * ROW + np.arange(-columns, columns + 1)
    return np.unique(centre[:, None] + steps.ravel())
