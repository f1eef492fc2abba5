"""A whole day at once: from workers and shifts to who goes where, with proof, and again from what was stored."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from linggong.matching.assignment import assign
from linggong.matching.certificate import Certificate
from linggong.matching.index import WorkerIndex
from linggong.matching.model import Shift
from linggong.matching.pairs import Ints, Longs, Pairs, pairs_of


@dataclass(frozen=True, slots=True)
class Placement:
    """One worker on one shift, and the total points of the pair."""

    worker_id: str
    shift_id: str
    total: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a plan was reckoned from: ids, open places and eligible pairs (numbers into the ids), and a version."""

    worker_ids: tuple[str, ...]
    shift_ids: tuple[str, ...]
    places: Longs
    worker: Ints
    shift: Ints
    total: Ints
    weights_version: str

    @property
    def pairs(self) -> Pairs:
        """The pairs from both sides."""
        return pairs_of(len(self.worker_ids), self.worker, self.shift, self.total, self.places)

    def stored(self) -> bytes:
        """The snapshot as bytes to keep."""
        file = io.BytesIO()
        np.savez_compressed(
            file,
            worker_ids=np.array(self.worker_ids, np.str_),
            shift_ids=np.array(self.shift_ids, np.str_),
            places=self.places,
            worker=self.worker,
            shift=self.shift,
            total=self.total,
            weights_version=np.array(self.weights_version),
        )
        return file.getvalue()


def restored(stored: bytes) -> Snapshot:
    """The snapshot from the bytes kept."""
    with np.load(io.BytesIO(stored), allow_pickle=False) as file:
        return Snapshot(
            tuple(file["worker_ids"].tolist()), tuple(file["shift_ids"].tolist()), file["places"], file["worker"],
            file["shift"], file["total"], str(file["weights_version"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Who goes where, the proof that it is the best, and what it was reckoned from."""

    placements: tuple[Placement, ...]
    certificate: Certificate
    snapshot: Snapshot


def plan_day(
    index: WorkerIndex,
    shifts: Sequence[Shift],
    *,
    reserved: Mapping[str, int] | None = None,
    minutes_left: Mapping[str, int] | None = None,
) -> DayPlan:
    """The plan that fills most places and then fits best, each worker on at most one of the shifts.

    `reserved` keeps so many of a shift's open places (by shift id) for priority groups, even if they stay empty;
    `minutes_left` caps how long a worker (by id) may still work, for instance this week.
    """
    return replay(snapshot_of(index, shifts, reserved or {}, minutes_left or {}))


def replay(snapshot: Snapshot) -> DayPlan:
    """The plan for a snapshot, the same whenever it is reckoned."""
    plan = assign(snapshot.pairs)
    chosen = np.flatnonzero(plan.shift_of[snapshot.worker] == snapshot.shift)
    placements = (
        Placement(
            snapshot.worker_ids[snapshot.worker[at]], snapshot.shift_ids[snapshot.shift[at]], int(snapshot.total[at])
        )
        for at in chosen
    )
    return DayPlan(tuple(placements), plan.certificate, snapshot)


def snapshot_of(
    index: WorkerIndex, shifts: Sequence[Shift], reserved: Mapping[str, int], minutes_left: Mapping[str, int]
) -> Snapshot:
    """All eligible pairs of the shifts. A shift with reserved places stands twice, once for those places alone."""
    found = [index.everybody(shift) for shift in shifts]
    kept = [within(index, shift, rows, minutes_left) for shift, (rows, _) in zip(shifts, found, strict=True)]
    rows = [rows[keep] for (rows, _), keep in zip(found, kept, strict=True)]
    totals = [totals[keep] for (_, totals), keep in zip(found, kept, strict=True)]
    held = [min(max(reserved.get(shift.id, 0), 0), max(shift.open_places, 0)) for shift in shifts]
    places = [max(shift.open_places, 0) - kept_back for shift, kept_back in zip(shifts, held, strict=True)]
    ids = [shift.id for shift in shifts]
    for at in np.flatnonzero(held):
        first = index.in_priority(rows[at])
        rows.append(rows[at][first])
        totals.append(totals[at][first])
        places.append(held[at])
        ids.append(ids[at])
    return numbered(index, ids, places, rows, totals)


def within(index: WorkerIndex, shift: Shift, rows: Ints, minutes_left: Mapping[str, int]) -> Ints:
    """Which of the rows may still work as long as the shift is."""
    if not minutes_left:
        return np.arange(len(rows), dtype=np.int32)
    minutes = (shift.ends - shift.starts).total_seconds() / 60
    allowed = [at for at, row in enumerate(rows) if minutes_left.get(index.ids[row], minutes) >= minutes]
    return np.array(allowed, np.int32)


def numbered(
    index: WorkerIndex, shift_ids: list[str], places: list[int], rows: list[Ints], totals: list[Ints]
) -> Snapshot:
    """The snapshot with workers numbered in the order in which the shifts name them, which keeps neighbours near."""
    row = np.concatenate([np.empty(0, np.int32), *rows])
    distinct, first, inverse = np.unique(row, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    number = np.empty(len(order), np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return Snapshot(
        worker_ids=tuple(index.ids[at] for at in distinct[order]),
        shift_ids=tuple(shift_ids),
        places=np.array(places, np.int64),
        worker=number[inverse].astype(np.int32),
        shift=np.repeat(np.arange(len(rows), dtype=np.int32), [len(part) for part in rows]),
        total=np.concatenate([np.empty(0, np.int32), *totals]),
        weights_version=index.weights.version,
    )
