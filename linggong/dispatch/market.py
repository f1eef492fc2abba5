"""The market as this process knows it: who looks for work and which shifts are open, in memory, fresh as the database.

Before each question the log of changes is read on, so what another process has committed, and what the own
transaction has done, is in the answer. The latter may fail yet: it is read again before each question until its
transaction is over. The database stays the judge: `pool` checks each answer against the rows.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connections

from linggong.dispatch import changes
from linggong.dispatch.people import available
from linggong.dispatch.reach import everywhere
from linggong.dispatch.shifts import open_shifts
from linggong.lib import clock
from linggong.matching.fit import USUAL_WEIGHTS
from linggong.matching.index import WorkerIndex
from linggong.matching.model import Weights
from linggong.matching.pairs import TooLarge
from linggong.matching.shifts_index import ShiftIndex

log = logging.getLogger("linggong.market")

Answer = TypeVar("Answer")
Index = TypeVar("Index", WorkerIndex, ShiftIndex)

EVERYTHING = 10**9
AT_ONCE = 5000
EVERY_SECONDS = 60


@dataclass
class _Side(Generic[Index]):
    """Workers or shifts: an index for each weighting, and how their rows are read.

    `unsettled` are ids with the transaction that changed them and may not have been over.
    """

    make: Callable[[Weights], Index]
    read: Callable[[Iterable[UUID] | None], Iterator[Any]]
    indexes: dict[str, Index] = field(default_factory=dict)
    unsettled: set[tuple[UUID, int]] = field(default_factory=set)

    def index(self, weights: Weights, position: int) -> Index:
        index = self.indexes.get(weights.version)
        if index is None or index.weights != weights:
            index = self.indexes[weights.version] = _filled(self.make(weights), self.read(None))
        index.position = position
        return index

    def apply(self, changed: Set[UUID], news: changes.News) -> None:
        """Read again what has changed, and what may have changed back because a transaction failed."""
        ids = changed | {one for one, _ in self.unsettled}
        rows = list(self.read(ids)) if ids and self.indexes else []
        for index in self.indexes.values():
            for gone in {str(one) for one in ids} - {row.id for row in rows}:
                index.remove(gone)
            _filled(index, iter(rows))
        self.unsettled = {(one, xid) for one, xid in self.unsettled if not news.snapshot.settled(xid)}
        if news.xid is not None:
            self.unsettled |= {(one, news.xid) for one in news.own & changed}

    def anew(self) -> "_Side[Index]":
        """The same, read from nothing."""
        fresh = _Side(self.make, self.read)
        for each in self.indexes.values():
            fresh.index(each.weights, 0)
        return fresh


@dataclass
class _Known:
    """What is in memory, as of which snapshot, and on which day: days without work grow over night."""

    snapshot: changes.Snapshot
    day: date
    workers: _Side[WorkerIndex]
    shifts: _Side[ShiftIndex]
    position: int = 0


class Market:
    """All available workers and open shifts, for one process. Any thread may ask; one is answered at a time.

    Where a thread keeps it warm, questions after midnight are answered from the day before until that has loaded.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self._kept_warm = False

    def ask(self, question: Callable[[WorkerIndex], Answer], weights: Weights = USUAL_WEIGHTS) -> Answer:
        """The answer to a question; its index is as fresh as the database, and nothing changes in it meanwhile.

        `index.position` is the place in the log of changes that the answer reflects.
        """
        with self._lock, everywhere("matching"):
            known = self._followed()
            return question(known.workers.index(weights, known.position))

    def ask_shifts(self, question: Callable[[ShiftIndex], Answer], weights: Weights = USUAL_WEIGHTS) -> Answer:
        """The same of the open shifts."""
        with self._lock, everywhere("matching"):
            known = self._followed()
            return question(known.shifts.index(weights, known.position))

    def warm(self) -> None:
        """Be ready for the first question: load both sides and the machine code."""
        self.refresh()
        self.ask(len)
        self.ask_shifts(len)

    def keep_warm(self) -> None:
        """Do so now and every minute in a thread of its own, so that nobody who asks waits for a load."""
        self._kept_warm = True
        threading.Thread(target=self._stay_warm, name="market", daemon=True).start()

    def _stay_warm(self) -> None:
        while True:
            try:
                self.warm()
            except Exception:
                log.exception("the market could not be loaded; it is tried again in a minute")
            finally:
                connections.close_all()
            time.sleep(EVERY_SECONDS)

    def refresh(self) -> None:
        """Load anew what is of another day, while others still ask; then follow the log."""
        with everywhere("matching"):
            known = self._known
            fresh = _loaded(known) if known is not None and known.day != clock.today() else None
        with self._lock, everywhere("matching"):
            self._known = fresh or self._known
            self._followed()

    def _followed(self) -> _Known:
        known = self._known
        if known is None or (known.day != clock.today() and not self._kept_warm):
            known = _loaded(known)
        news = changes.since(known.snapshot)
        if news.everything:
            known = _loaded(known)
            news = changes.since(known.snapshot, limit=EVERYTHING)
        known.workers.apply(news.workers, news)
        known.shifts.apply(news.shifts, news)
        known.snapshot, known.position = news.snapshot, news.position
        self._known = known
        return known


def _loaded(before: _Known | None) -> _Known:
    """Everything anew. What comes while the rows are read is in the log after the snapshot."""
    snapshot = changes.now()
    workers = before.workers.anew() if before else _Side(WorkerIndex, available)
    shifts = before.shifts.anew() if before else _Side(ShiftIndex, open_shifts)
    return _Known(snapshot, clock.today(), workers, shifts)


def _filled(index: Index, rows: Iterator[Any]) -> Index:
    """Puts rows by portions. One that no index can hold is left out, and the log says so; nobody else suffers."""
    while portion := list(islice(rows, AT_ONCE)):
        try:
            index.load(portion)
        except TooLarge:
            for row in portion:
                _put(index, row)
    return index


def _put(index: Index, row: Any) -> None:
    try:
        index.put(row)
    except TooLarge as refusal:
        index.remove(row.id)
        log.warning("%s is left out of the matching: %s", row.id, refusal)


market = Market()
"""The one of this process."""
