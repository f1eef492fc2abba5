"""A whole day at once: from workers and shifts to who goes where, with proof, and again from what was stored."""

import io
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from linggong.lib.errors import Refusal
from linggong.matching.assignment import assign
from linggong.matching.certificate import Certificate
from linggong.matching.compiled import compiled
from linggong.matching.crews import Market, Worth, assign_crews
from linggong.matching.holding import NOBODY
from linggong.matching.index import WorkerIndex
from linggong.matching.model import Shift
from linggong.matching.pairs import Ints, Longs, Pairs, pairs_of


class InTwoCrews(Refusal):
    """Nobody can go with two crews."""

    code = "in_two_crews"


@dataclass(frozen=True, slots=True)
class Placement:
    """One worker on one shift, and the total points of the pair."""

    worker_id: str
    shift_id: str
    total: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a plan was reckoned from: ids, open places and eligible pairs (numbers into the ids), and a version.

    `crew` is the number of each worker's crew, NOBODY for who goes alone.
    """

    worker_ids: tuple[str, ...]
    shift_ids: tuple[str, ...]
    places: Longs
    worker: Ints
    shift: Ints
    total: Ints
    weights_version: str
    crew: Ints

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
            crew=self.crew,
        )
        return file.getvalue()


def restored(stored: bytes) -> Snapshot:
    """The snapshot from the bytes kept."""
    with np.load(io.BytesIO(stored), allow_pickle=False) as file:
        alone = np.full(len(file["worker_ids"]), NOBODY, np.int32)
        return Snapshot(
            tuple(file["worker_ids"].tolist()), tuple(file["shift_ids"].tolist()), file["places"], file["worker"],
            file["shift"], file["total"], str(file["weights_version"]), file.get("crew", alone),
        )  # fmt: skip


NO_LIMIT = 2**31


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Who goes where, the proof that it is the best, and what it was reckoned from.

    `most` are the places filled and the total fit that no plan can pass, in this order of goals. Without crews the plan
    reaches both. With crews the certificate holds for the crews where they are, and `most` for wherever they could be.
    """

    placements: tuple[Placement, ...]
    certificate: Certificate
    snapshot: Snapshot
    most: Worth

    @property
    def worth(self) -> Worth:
        """Places filled and total fit."""
        return len(self.placements), sum(one.total for one in self.placements)


def plan_day(
    index: WorkerIndex,
    shifts: Sequence[Shift],
    *,
    reserved: Mapping[str, int] | None = None,
    minutes_left: Mapping[str, int] | None = None,
    week_minutes: int | None = None,
    worked: Mapping[str, int] | None = None,
    crews: Sequence[Collection[str]] = (),
) -> DayPlan:
    """The plan that fills most places and then fits best, each worker on at most one of the shifts.

    `reserved` keeps so many of a shift's open places (by shift id) for priority groups, even if they stay empty.
    `minutes_left` caps how long a worker (by id) may still work; `week_minutes` is the cap of the week for everybody,
    of which the minutes already `worked` this week (by id) are taken off. Each of the `crews` (ids) goes to one shift
    together or stays at home; crews take no reserved places. Raises `InTwoCrews`.
    """
    check_crews(crews)
    left = minutes_by_row(index, minutes_left or {}, week_minutes, worked or {})
    return replay(snapshot_of(index, shifts, reserved or {}, left, crews))


def check_crews(crews: Sequence[Collection[str]]) -> None:
    """Raises `InTwoCrews`."""
    named = Counter(one for crew in crews for one in set(crew))
    twice = sorted(one for one, count in named.items() if count > 1)
    if twice:
        raise InTwoCrews(f"{'、'.join(twice)} 不能同时跟两班人走。")


def replay(snapshot: Snapshot) -> DayPlan:
    """The plan for a snapshot, the same whenever it is reckoned."""
    shift_of, certificate, most = solved(snapshot)
    chosen = np.flatnonzero(shift_of[snapshot.worker] == snapshot.shift)
    placements = (
        Placement(
            snapshot.worker_ids[snapshot.worker[at]], snapshot.shift_ids[snapshot.shift[at]], int(snapshot.total[at])
        )
        for at in chosen
    )
    return DayPlan(tuple(placements), certificate, snapshot, most)


def solved(snapshot: Snapshot) -> tuple[Ints, Certificate, Worth]:
    """The shift of each worker, the certificate, and what no plan can pass."""
    if snapshot.crew.max(initial=NOBODY) >= 0:
        market = Market(snapshot.worker, snapshot.shift, snapshot.total, snapshot.places, snapshot.crew)
        shift_of, _, most, certificate = assign_crews(market)
        return shift_of, certificate, most
    plan = assign(snapshot.pairs)
    return plan.shift_of, plan.certificate, (plan.certificate.most_filled, plan.certificate.total_fit)


def snapshot_of(
    index: WorkerIndex,
    shifts: Sequence[Shift],
    reserved: Mapping[str, int] | None = None,
    left: Longs | None = None,
    crews: Sequence[Collection[str]] = (),
) -> Snapshot:
    """All eligible pairs of the shifts. A shift with reserved places stands twice, once for those places alone.

    `left` are the minutes that each row of the index may still work.
    """
    found = [index.everybody(shift) for shift in shifts]
    if left is not None:
        found = [within(left, shift, *pairs) for shift, pairs in zip(shifts, found, strict=True)]
    rows, totals = [rows for rows, _ in found], [totals for _, totals in found]
    held = [min(max((reserved or {}).get(shift.id, 0), 0), max(shift.open_places, 0)) for shift in shifts]
    places = [max(shift.open_places, 0) - kept_back for shift, kept_back in zip(shifts, held, strict=True)]
    ids = [shift.id for shift in shifts]
    together = np.array(sorted(index.row(one) for crew in crews for one in crew), np.int32)
    for at in np.flatnonzero(held):
        first = index.in_priority(rows[at]) & ~np.isin(rows[at], together)
        rows.append(rows[at][first])
        totals.append(totals[at][first])
        places.append(held[at])
        ids.append(ids[at])
    return numbered(index, ids, places, rows, totals, crews)


def minutes_by_row(
    index: WorkerIndex, minutes_left: Mapping[str, int], week_minutes: int | None, worked: Mapping[str, int]
) -> Longs | None:
    """How long the worker in each row of the index may still work; None if nobody's time is limited."""
    if not minutes_left and week_minutes is None:
        return None
    left = np.full(len(index.ids), NO_LIMIT if week_minutes is None else week_minutes, np.int64)
    for one, minutes in worked.items():
        if week_minutes is not None and (row := index.row(one)) >= 0:
            left[row] -= minutes
    for one, minutes in minutes_left.items():
        if (row := index.row(one)) >= 0:
            left[row] = min(left[row], minutes)
    return left


def within(left: Longs, shift: Shift, rows: Ints, totals: Ints) -> tuple[Ints, Ints]:
    """Those of the rows that may still work as long as the shift is, and their totals."""
    keep = left[rows] >= (shift.ends - shift.starts).total_seconds() / 60
    return rows[keep], totals[keep]


def numbered(
    index: WorkerIndex,
    shift_ids: list[str],
    places: list[int],
    rows: list[Ints],
    totals: list[Ints],
    crews: Sequence[Collection[str]],
) -> Snapshot:
    """The snapshot with workers numbered in the order in which the shifts name them, which keeps neighbours near.

    Of a crew all are numbered, also who is eligible nowhere or not in the index: then nobody of it goes.
    """
    everybody = np.concatenate([np.empty(0, np.int32), *rows])
    members = [(index.row(one), one, number) for number, crew in enumerate(crews) for one in sorted(crew)]
    present = np.array([row for row, _, _ in members if row >= 0], np.int32)
    number_of = np.full(len(index.ids), NOBODY, np.int32)
    number, order = in_order_of_naming(np.concatenate((everybody, present)), number_of)
    absent = [(one, crew) for row, one, crew in members if row < 0]
    crew_of = np.full(len(order), NOBODY, np.int32)
    crew_of[number_of[present]] = [crew for row, _, crew in members if row >= 0]
    return Snapshot(
        worker_ids=(*index.ids.of(order), *(one for one, _ in absent)),
        shift_ids=tuple(shift_ids),
        places=np.array(places, np.int64),
        worker=number[: len(everybody)],
        shift=np.repeat(np.arange(len(rows), dtype=np.int32), [len(part) for part in rows]),
        total=np.concatenate([np.empty(0, np.int32), *totals]),
        weights_version=index.weights.version,
        crew=np.concatenate((crew_of, np.array([crew for _, crew in absent], np.int32))),
    )


@compiled
def in_order_of_naming(named: Ints, number_of: Ints) -> tuple[Ints, Ints]:
    """Numbers rows in the order in which they are first named: the number of each name, and the rows in that order.

    `number_of` is NOBODY for every row; the numbers are also written there.
    """
    number, order, count = np.empty(len(named), np.int32), np.empty(len(named), np.int32), 0
    for at in range(len(named)):
        row = named[at]
        if number_of[row] < 0:
            number_of[row] = count
            order[count] = row
            count += 1
        number[at] = number_of[row]
    return number, order[:count].copy()
