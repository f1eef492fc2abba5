"""One shard: the workers of some counties in an index of their own, and the shifts of the same counties.

Everything a shard knows it makes from its packed counties, when it is first asked. So one that is lost and started
again, on whatever machine, gives the same answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linggong.matching.cluster.borders import Extent, cell_of, reachable
from linggong.matching.cluster.day import Members, unpacked
from linggong.matching.cluster.found import Found, Standing, joined
from linggong.matching.cluster.local_auction import Visitors, bid
from linggong.matching.fit import lot
from linggong.matching.index import WorkerIndex
from linggong.matching.model import Shift
from linggong.matching.pairs import Ints, Longs

Asked = tuple[Ints, list[Shift]]
"""Shifts of another shard, by number there."""

Best = tuple[int, int, int, str]
"""One of the best workers for a shift: less total points and days of waiting, lot and id; the best sorts first."""


class Loaded(NamedTuple):
    """What a shard has: where its workers can be reached, a lot that tells each of them, and places by shift."""

    extent: Extent
    lots: NDArray[np.uint64]
    places: Longs


@dataclass(frozen=True, slots=True)
class Counties:
    """The counties of a shard, unpacked: workers in an index, shifts in order, and days without work by id."""

    index: WorkerIndex
    shifts: list[Shift]
    idle_days: dict[str, int]
    loaded: Loaded


class Shard:
    """The counties of one shard. Shifts are numbered by cell and trade, workers as those shifts first name them."""

    def __init__(self, members: Members) -> None:
        self.members = members

    @cached_property
    def counties(self) -> Counties:
        """The counties, read when first asked for."""
        index, shifts, idle_days = WorkerIndex(), list[Shift](), dict[str, int]()
        cells, farthest, lots = set[int](), 0, list[int]()
        for name, member in self.members.items():
            workers, some = unpacked(name, member)
            index.load(workers)
            shifts += some
            cells.update(cell_of(worker.latitude, worker.longitude) for worker in workers)
            farthest = max(farthest, *(worker.reach_m or 0 for worker in workers), 0)
            lots += [lot(worker.id) for worker in workers]
            idle_days.update((worker.id, worker.idle_days) for worker in workers)
        shifts.sort(key=lambda shift: (cell_of(shift.latitude, shift.longitude), shift.trade, shift.id))
        places = np.array([max(shift.open_places, 0) for shift in shifts], np.int64)
        loaded = Loaded(reachable(cells, farthest), np.array(lots, np.uint64), places)
        return Counties(index, shifts, idle_days, loaded)

    def load(self) -> Loaded:
        """Reads the counties, if that has not been done."""
        return self.counties.loaded

    @cached_property
    def numbers(self) -> tuple[Found, Ints]:
        """Own pairs, and the number of each row of the index."""
        everyone = len(self.counties.loaded.lots)
        rows, fit, count = self.everybody(self.counties.shifts)
        first = np.full(everyone, len(rows), np.int64)
        first[rows[::-1]] = np.arange(len(rows))[::-1]
        number = np.empty(everyone, np.int32)
        number[np.argsort(first, kind="stable")] = np.arange(len(number), dtype=np.int32)
        return Found(np.arange(len(self.counties.shifts), dtype=np.int32), count, number[rows], fit), number

    def everybody(self, shifts: Sequence[Shift]) -> tuple[Ints, Ints, Ints]:
        """Rows and fit of all eligible for the shifts, one shift after the other, and how many for each."""
        found = [self.counties.index.everybody(shift) for shift in shifts]
        count = np.array([len(rows) for rows, _ in found], np.int32)
        return joined([rows for rows, _ in found]), joined([fit for _, fit in found]), count

    def border(self, extents: Sequence[Extent]) -> list[Asked]:
        """For each of the others, the own shifts that may find somebody there."""
        near = [[at for at, shift in enumerate(self.counties.shifts) if extent.reaches(shift)] for extent in extents]
        return [(np.array(some, np.int32), [self.counties.shifts[at] for at in some]) for some in near]

    def retrieve(self, asked: Sequence[Asked]) -> tuple[Found, list[Found]]:
        """Own pairs, and those of own workers with the shifts each of the others asks for."""
        own, number = self.numbers
        return own, [self.answer(shifts, number, *self.everybody(given)) for shifts, given in asked]

    def answer(self, shifts: Ints, number: Ints, rows: Ints, fit: Ints, count: Ints) -> Found:
        """What another shard asked for; shifts without anybody are left out."""
        return Found(shifts[count > 0], count[count > 0], number[rows], fit)

    def auction(
        self, bonus: int, step: int, slack: int, before: Standing | None, elsewhere: Longs, visitors: Visitors
    ) -> Standing:
        """One round of bidding, see `local_auction.bid`."""
        return bid(self.numbers[0], self.counties.loaded.places, bonus, step, slack, before, elsewhere, visitors)

    def named(self, workers: Longs, shifts: Longs) -> tuple[list[str], list[str]]:
        """The ids of workers and shifts by number."""
        row = np.argsort(self.numbers[1])[workers].tolist()
        return [self.counties.index.ids[at] for at in row], [self.counties.shifts[at].id for at in shifts]

    def best(self, shifts: Sequence[Shift], limit: int) -> list[list[Best]]:
        """The best of the own workers for each shift."""
        return [[self.ranked(*found) for found in self.counties.index.best(shift, limit)] for shift in shifts]

    def ranked(self, worker: str, total: int) -> Best:
        """What sorts a worker among those of other shards as the index does among its own."""
        return -total, -self.counties.idle_days[worker], lot(worker), worker
