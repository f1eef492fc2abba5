"""A plan that goes on: the prices of the last one are kept, and what has changed since is repaired.

A market is planned once from nothing. From then on only the `Change` between two snapshots is worked in, and only it
has to be stored: the first snapshot and the changes in their order lead to the very same answer again. Workers and
shifts keep their numbers; who comes gets the next ones, and who leaves has no pairs any more.
"""

import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from linggong.matching.assignment import Plan, assign, repair
from linggong.matching.certificate import Certificate
from linggong.matching.holding import NOBODY
from linggong.matching.pairs import Ints, Longs
from linggong.matching.planning import Snapshot, solved

Flags = NDArray[np.bool_]
Number = TypeVar("Number", np.int32, np.int64)


@dataclass(frozen=True, slots=True)
class Change:
    """What is other than in the snapshot before.

    `worker_ids` and `shift_ids` came new. All pairs of the touched `workers` and `shifts` are replaced by the pairs
    given, and the touched shifts have `places` now.
    """

    worker_ids: tuple[str, ...]
    shift_ids: tuple[str, ...]
    workers: Ints
    shifts: Ints
    places: Longs
    worker: Ints
    shift: Ints
    total: Ints

    @property
    def empty(self) -> bool:
        """Whether nothing has changed."""
        return not len(self.workers) and not len(self.shifts)

    def stored(self) -> bytes:
        """The change as bytes to keep."""
        file = io.BytesIO()
        np.savez_compressed(
            file,
            worker_ids=np.array(self.worker_ids, np.str_),
            shift_ids=np.array(self.shift_ids, np.str_),
            workers=self.workers,
            shifts=self.shifts,
            places=self.places,
            worker=self.worker,
            shift=self.shift,
            total=self.total,
        )
        return file.getvalue()


def restored_change(stored: bytes) -> Change:
    """The change from the bytes kept."""
    with np.load(io.BytesIO(stored), allow_pickle=False) as file:
        return Change(
            tuple(file["worker_ids"].tolist()), tuple(file["shift_ids"].tolist()), file["workers"], file["shifts"],
            file["places"], file["worker"], file["shift"], file["total"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """The plan as it stands: who goes where, the proof, and the prices; none with crews, which have no one price."""

    snapshot: Snapshot
    shift_of: Ints
    certificate: Certificate
    plan: Plan | None

    def by_shift(self) -> dict[str, list[str]]:
        """Who is planned for each shift, by id; reserved places are the shift's own."""
        found: dict[str, list[str]] = defaultdict(list)
        for worker in np.flatnonzero(self.shift_of >= 0).tolist():
            found[self.snapshot.shift_ids[self.shift_of[worker]]].append(self.snapshot.worker_ids[worker])
        return {shift_id: sorted(workers) for shift_id, workers in found.items()}


def begin(snapshot: Snapshot) -> Standing:
    """The best plan from nothing."""
    if snapshot.crew.max(initial=NOBODY) >= 0:
        shift_of, certificate, _ = solved(snapshot)
        return Standing(snapshot, shift_of, certificate, None)
    plan = assign(snapshot.pairs)
    return Standing(snapshot, plan.shift_of, plan.certificate, plan)


def go_on(standing: Standing, change: Change) -> Standing:
    """The best plan after a change, as good as one from nothing, in a fraction of the time.

    Raises `ValueError` for a plan with crews.
    """
    if standing.plan is None:
        raise ValueError("a plan with crews is made anew")
    snapshot = changed(standing.snapshot, change)
    plan = repair(snapshot.pairs, standing.plan, change.workers, change.shifts)
    return Standing(snapshot, plan.shift_of, plan.certificate, plan)


def changed(before: Snapshot, change: Change) -> Snapshot:
    """The snapshot after a change."""
    worker_ids, shift_ids = before.worker_ids + change.worker_ids, before.shift_ids + change.shift_ids
    kept = ~(
        marked(change.workers, len(worker_ids))[before.worker] | marked(change.shifts, len(shift_ids))[before.shift]
    )
    shift = np.concatenate((before.shift[kept], change.shift))
    order = np.argsort(shift, kind="stable")
    places = padded(before.places, len(shift_ids), 0)
    places[change.shifts] = change.places
    return replace(
        before,
        worker_ids=worker_ids,
        shift_ids=shift_ids,
        places=places,
        worker=np.concatenate((before.worker[kept], change.worker))[order],
        shift=shift[order],
        total=np.concatenate((before.total[kept], change.total))[order],
        crew=padded(before.crew, len(worker_ids), NOBODY),
    )


def difference(before: Snapshot, now: Snapshot) -> Change:
    """What has changed between two snapshots of the same market, by the same weights and without crews.

    A shift most of whose pairs are other than before is touched as a whole, else each worker of such a pair.
    """
    new_workers, worker_of = renumbered(before.worker_ids, now.worker_ids)
    new_shifts, shift_of = renumbered(with_reserves(before.shift_ids), with_reserves(now.shift_ids))
    workers, shifts = len(before.worker_ids) + len(new_workers), len(before.shift_ids) + len(new_shifts)
    worker, shift = worker_of[now.worker], shift_of[now.shift]
    came, went = unlike(
        before.shift.astype(np.int64) * workers + before.worker, before.total,
        shift.astype(np.int64) * workers + worker, now.total,
    )  # fmt: skip
    places = np.zeros(shifts, np.int64)
    places[shift_of] = now.places
    other_worker = np.concatenate((worker[came], before.worker[went]))
    other_shift = np.concatenate((shift[came], before.shift[went]))
    mostly_other = 2 * np.bincount(other_shift, minlength=shifts) > np.bincount(shift, minlength=shifts)
    touched_shifts = mostly_other | (places != padded(before.places, shifts, 0))
    touched_workers = marked(other_worker[~touched_shifts[other_shift]], workers)
    given = touched_workers[worker] | touched_shifts[shift]
    return Change(
        worker_ids=new_workers,
        shift_ids=tuple(now.shift_ids[at] for at in np.flatnonzero(shift_of >= len(before.shift_ids))),
        workers=np.flatnonzero(touched_workers).astype(np.int32),
        shifts=np.flatnonzero(touched_shifts).astype(np.int32),
        places=places[touched_shifts],
        worker=worker[given],
        shift=shift[given],
        total=now.total[given],
    )


def renumbered(before: Sequence[str], now: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """Who is new, and everybody's number: that of before, and the next ones for the new."""
    numbers = dict(zip(before, range(len(before)), strict=True))
    new = tuple(one for one in now if one not in numbers)
    numbers.update(zip(new, range(len(before), len(before) + len(new)), strict=True))
    return new, np.array([numbers[one] for one in now], np.int32)


def with_reserves(shift_ids: Sequence[str]) -> list[str]:
    """Ids that are all different: a shift with reserved places stands a second time for these."""
    first = {one: at for at, one in reversed(list(enumerate(shift_ids)))}
    return [one if first[one] == at else f"{one} reserved" for at, one in enumerate(shift_ids)]


def unlike(before: Longs, totals: Ints, now: Longs, new_totals: Ints) -> tuple[Flags, Flags]:
    """Which pairs (given as keys) of now were not so before, and which of before are not so now."""
    order = np.argsort(before, kind="stable")
    at = np.minimum(np.searchsorted(before, now, sorter=order), max(len(before) - 1, 0))
    came, went = np.ones(len(now), np.bool_), np.ones(len(before), np.bool_)
    if len(before):
        found = order[at]
        came = (before[found] != now) | (totals[found] != new_totals)
        went[found[~came]] = False
    return came, went


def marked(numbers: Ints, count: int) -> Flags:
    """A flag for each of `count`, set for those named."""
    flags = np.zeros(count, np.bool_)
    flags[numbers] = True
    return flags


def padded(given: NDArray[Number], count: int, value: int) -> NDArray[Number]:
    """The array made as long as `count`."""
    return np.concatenate((given, np.full(count - len(given), value, given.dtype)))
