"""The market as this process knows it: everybody who looks for work, in memory, and as fresh as the database.

Before each question the log of changes is read on, so what another process has committed, and what the own
transaction has done, is in the answer. The latter may fail yet: it is read again before each question until its
transaction is over. The database stays the judge: `pool` checks each answer against the rows.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from linggong.dispatch import changes
from linggong.dispatch.people import available
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.matching.index import WorkerIndex
from linggong.matching.model import Weights

Answer = TypeVar("Answer")

EVERYTHING = 10**9


@dataclass
class _Known:
    """What is in memory: as of which snapshot and day (days without work grow), and an index for each weighting.

    `unsettled` are workers with the transaction that changed them and may not have been over.
    """

    snapshot: changes.Snapshot
    day: date
    position: int = 0
    indexes: dict[str, WorkerIndex] = field(default_factory=dict)
    unsettled: set[tuple[UUID, int]] = field(default_factory=set)


class Market:
    """All available workers, for one process. Any thread may ask; one is answered at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: _Known | None = None

    def ask(self, question: Callable[[WorkerIndex], Answer], weights: Weights) -> Answer:
        """The answer to a question; its index is as fresh as the database, and nothing changes in it meanwhile.

        `index.position` is the place in the log of changes that the answer reflects.
        """
        with self._lock, within(system("matching")):
            return question(self._index(self._followed(), weights))

    def refresh(self) -> None:
        """Load what is not there yet or of another day, while others still ask; then follow the log."""
        with within(system("matching")):
            if self._is_of_another_day():
                self._known = _loaded(self._weights())
        with self._lock, within(system("matching")):
            self._followed()

    def _followed(self) -> _Known:
        if self._known is None or self._is_of_another_day():
            self._known = _loaded(self._weights())
        news = changes.since(self._known.snapshot)
        if news.everything:
            self._known = _loaded(self._weights())
            news = changes.since(self._known.snapshot, limit=EVERYTHING)
        _apply(self._known, news)
        return self._known

    def _is_of_another_day(self) -> bool:
        return self._known is None or self._known.day != clock.today()

    def _weights(self) -> list[Weights]:
        return [index.weights for index in self._known.indexes.values()] if self._known else []

    def _index(self, known: _Known, weights: Weights) -> WorkerIndex:
        if weights.version not in known.indexes:
            known.indexes[weights.version] = _filled(weights)
        index = known.indexes[weights.version]
        index.position = known.position
        return index


def _loaded(weights: Iterable[Weights]) -> _Known:
    """Everything anew. What comes while the rows are read is in the log after the snapshot."""
    known = _Known(changes.now(), clock.today())
    known.indexes = {each.version: _filled(each) for each in weights}
    return known


def _filled(weights: Weights) -> WorkerIndex:
    index = WorkerIndex(weights)
    index.load(available())
    return index


def _apply(known: _Known, news: changes.News) -> None:
    """Read again who has changed, and who may have changed back because a transaction failed."""
    ids = news.workers | {worker_id for worker_id, _ in known.unsettled}
    found = {person.id: person for person in available(ids)} if ids and known.indexes else {}
    for index in known.indexes.values():
        for worker_id in map(str, ids):
            if worker_id in found:
                index.put(found[worker_id])
            else:
                index.remove(worker_id)
    known.unsettled = {(who, xid) for who, xid in known.unsettled if not news.snapshot.settled(xid)}
    if news.xid is not None:
        known.unsettled |= {(who, news.xid) for who in news.own & news.workers}
    known.snapshot, known.position = news.snapshot, news.position


market = Market()
"""The one of this process."""
