"""All eligible pairs of a day, sparse, seen from both sides."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linggong.lib.errors import Refusal
from linggong.matching.compiled import compiled

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

LARGEST_FIT = 2**31 - 1


class TooLarge(Refusal):
    """The numbers given are beyond what is reckoned without loss."""

    code = "too_large"


class Pairs(NamedTuple):
    """`n` workers and `m` shifts with their eligible pairs.

    The pairs of worker `i` are `worker_shift` and `worker_fit` from `worker_start[i]` to `worker_start[i + 1]`;
    those of shift `j` likewise, from its side. Shift `j` has the seats `seat_start[j]` to `seat_start[j + 1]`, one
    for each open place. Fit is 0 or more.
    """

    worker_start: Longs
    worker_shift: Ints
    worker_fit: Ints
    shift_start: Longs
    shift_worker: Ints
    shift_fit: Ints
    seat_start: Longs

    @property
    def workers(self) -> int:
        """How many workers there are."""
        return len(self.worker_start) - 1

    @property
    def shifts(self) -> int:
        """How many shifts there are."""
        return len(self.shift_start) - 1

    @property
    def places(self) -> Longs:
        """Open places by shift."""
        return np.diff(self.seat_start)


def pairs_of(workers: int, worker: Ints, shift: Ints, fit: Ints, places: Longs) -> Pairs:
    """Pairs from three parallel arrays; `places` has one entry for each shift. Refuses what is out of bounds.

    Quickest if they come shift by shift; then the arrays are not copied for that side and must not change any more.
    """
    check_bounds(workers, worker, shift, fit, places)
    if len(shift) and places.min() == 0:
        open_ = places[shift] > 0
        worker, shift, fit = worker[open_], shift[open_], fit[open_]
    worker, shift, fit = (np.ascontiguousarray(one, np.int32) for one in (worker, shift, fit))
    return assemble(workers, len(places), worker, shift, fit, starts(places.astype(np.int64)))


def check_bounds(workers: int, worker: Ints, shift: Ints, fit: Ints, places: Longs) -> None:
    """Raises `TooLarge` or `ValueError` if the arrays do not describe a market."""
    if not len(worker) == len(shift) == len(fit):
        raise ValueError("the three arrays of pairs differ in length")
    if workers >= 2**31 or len(places) >= 2**31:
        raise TooLarge("一次最多能算二十亿人和二十亿个班次。")
    if len(places) and (places.min() < 0 or places.sum() >= 2**31):
        raise TooLarge("空位数必须是 0 到二十亿之间。")
    if not len(fit):
        return
    if fit.min() < 0 or fit.max() > LARGEST_FIT:
        raise TooLarge("每一对的分数必须是 0 到 2147483647 之间的整数。")
    if worker.min() < 0 or worker.max() >= workers or shift.min() < 0 or shift.max() >= len(places):
        raise ValueError("a pair names a worker or a shift that is not there")


def starts(counts: Longs) -> Longs:
    """Where each group starts, and at last where the last one ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))


@compiled
def assemble(workers: int, shifts: int, worker: Ints, shift: Ints, fit: Ints, seat_start: Longs) -> Pairs:
    """Sorts the pairs by worker and by shift, each in time linear in their number."""
    worker_start, worker_shift, worker_fit = grouped(workers, worker, shift, fit)
    in_order = True
    for pair in range(1, len(shift)):
        in_order &= shift[pair - 1] <= shift[pair]
    if in_order:
        shift_start = group_starts(shifts, shift)
        return Pairs(worker_start, worker_shift, worker_fit, shift_start, worker, fit, seat_start)
    shift_start, shift_worker, shift_fit = grouped(shifts, shift, worker, fit)
    return Pairs(worker_start, worker_shift, worker_fit, shift_start, shift_worker, shift_fit, seat_start)


@compiled
def grouped(groups: int, group: Ints, other: Ints, fit: Ints) -> tuple[Longs, Ints, Ints]:
    """The pairs by group, in the order given: where each group starts, the other side of each pair, and its fit."""
    start = group_starts(groups, group)
    next_of = start[:-1].copy()
    others, fits = np.empty(len(group), np.int32), np.empty(len(group), np.int32)
    for pair in range(len(group)):
        at = next_of[group[pair]]
        others[at], fits[at] = other[pair], fit[pair]
        next_of[group[pair]] = at + 1
    return start, others, fits


@compiled
def group_starts(groups: int, group: Ints) -> Longs:
    """Where each group starts, and where the last one ends."""
    start = np.zeros(groups + 1, np.int64)
    for one in group:
        start[one + 1] += 1
    for one in range(groups):
        start[one + 1] += start[one]
    return start
