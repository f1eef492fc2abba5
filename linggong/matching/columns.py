"""Many workers as columns: what the index takes in, three million at a time or one.

Whoever has columns already (a database, a file) fills them in directly; `columns_of` makes them from workers. Positions
are microdegrees, days ordinals, times minutes since 1970 UTC; `owner` is a worker's place in `people`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linggong.matching import eligibility, measure
from linggong.matching.fit import priority_points
from linggong.matching.identity import Keys, Names
from linggong.matching.model import Busy, Weights, Worker
from linggong.matching.pairs import TooLarge

Records = NDArray[np.void]
Record = Any
"""One entry of an array of records."""

PERSON = np.dtype(
    [
        ("contactable", "?"), ("in_town", "?"), ("open_to_less", "?"), ("in_priority", "?"),
        ("unit", "i4"), ("latitude", "i4"), ("longitude", "i4"), ("birth_day", "i4"), ("reach", "i4"), ("asks", "i4"),
        ("kept", "i4"), ("missed", "i4"), ("rating_sum", "i4"), ("rating_count", "i4"), ("priority", "i4"),
        ("idle_days", "i4"), ("registered_days", "i4"), ("weekdays", "i4"), ("opens", "i4"), ("closes", "i4"),
    ]
)  # fmt: skip
"""A worker, see `model.Worker`. `reach` and `asks` may be USUAL, `priority` are the points for priority groups, hours
are as `measure.off_hours` takes them."""

TRADE = np.dtype([("owner", "i4"), ("trade", "i4"), ("skill", "i4")])
"""A trade held; `trade` is a place in `trade_names`."""

HELD = np.dtype([("owner", "i4"), ("certificate", "i4"), ("last_day", "i4")])
"""A certificate held, up to a day or FOR_GOOD; `certificate` is a place in `certificate_names`."""

BLOCKED = np.dtype([("owner", "i4"), ("employer", "i4")])
"""An employer the worker does not want again; `employer` is a place in `employer_names`."""

TAKEN = np.dtype([("owner", "i4"), ("starts", "i4"), ("ends", "i4"), ("site", "i4")])
"""A time the worker is taken; `site` is a place in `sites` or NO_SITE."""

SITE = np.dtype([("latitude", "i4"), ("longitude", "i4")])

FOR_GOOD = measure.ordinal(None)
NO_SITE = -1


@dataclass(frozen=True, slots=True)
class Columns:
    """Workers, and what belongs to them in any number. `keys` are their ids (see `identity`)."""

    keys: Keys
    people: Records
    trades: Records
    trade_names: Sequence[str]
    certificates: Records
    certificate_names: Sequence[str]
    blocks: Records
    employer_names: Sequence[str]
    taken: Records
    sites: Records


class Numbering(dict[str, int]):
    """Numbers given to names in the order of their first mention."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]


def columns_of(workers: Iterable[Worker], names: Names, weights: Weights) -> Columns:
    """Workers as columns; `names` keeps the text of ids that their keys do not tell. Raises `TooLarge`."""
    people = list(workers)
    trades, certificates, employers = Numbering(), Numbering(), Numbering()
    known = [(at, trades[trade], skill) for at, one in enumerate(people) for trade, skill in one.trades.items()]
    held = [(at, certificates[name], last) for at, one in enumerate(people) for name, last in held_by(one)]
    blocked = [(at, employers[employer]) for at, one in enumerate(people) for employer in one.blocks]
    busy = [(at, one) for at, worker in enumerate(people) for one in worker.busy]
    taken, sites = taken_of(busy)
    return Columns(
        names.columns(one.id for one in people),
        records([person(one, weights) for one in people], PERSON),
        records(known, TRADE), list(trades),
        records(held, HELD), list(certificates),
        records(blocked, BLOCKED), list(employers),
        taken, sites,
    )  # fmt: skip


def records(values: Sequence[tuple[Any, ...]], kind: np.dtype[np.void]) -> Records:
    """An array of records. Raises `TooLarge` for numbers that do not fit."""
    try:
        return np.array(values, kind)
    except OverflowError as error:
        raise TooLarge("工钱、距离和日期等数字太大, 算不了。") from error


def person(worker: Worker, weights: Weights) -> tuple[Any, ...]:
    """A worker's PERSON."""
    return (
        worker.contactable,
        worker.in_town,
        worker.open_to_less,
        bool(worker.priority),
        measure.unit_code(worker.pay_unit),
        measure.microdegrees(worker.latitude),
        measure.microdegrees(worker.longitude),
        worker.birth_date.toordinal(),
        measure.USUAL if worker.reach_m is None else worker.reach_m,
        measure.USUAL if worker.accepts_pay_fen is None else worker.accepts_pay_fen,
        worker.kept,
        worker.missed,
        worker.rating_sum,
        worker.rating_count,
        priority_points(worker.priority, weights),
        worker.idle_days,
        worker.registered_days,
        *eligibility.hours(worker),
    )


def held_by(worker: Worker) -> Iterable[tuple[str, int]]:
    """Certificates with their last day."""
    held = worker.certificates
    days: Mapping[str, date | None] = held if isinstance(held, Mapping) else dict.fromkeys(held)
    return ((name, measure.ordinal(day)) for name, day in days.items())


def taken_of(busy: Sequence[tuple[int, Busy]]) -> tuple[Records, Records]:
    """Busy times of owners as TAKEN, and the sites they name."""
    taken, sites = list[tuple[int, ...]](), list[tuple[int, int]]()
    for owner, one in busy:
        site = NO_SITE
        if len(one) == 4:
            site = len(sites)
            sites.append((measure.microdegrees(one[2]), measure.microdegrees(one[3])))
        taken.append((owner, measure.minute(one[0]), measure.minute(one[1]), site))
    return records(taken, TAKEN), records(sites, SITE)
