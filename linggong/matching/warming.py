"""Using the two indexes once in every way, on the smallest market there is, so that their machine code is kept."""

from datetime import UTC, date, datetime, timedelta

from linggong.matching.index import WorkerIndex
from linggong.matching.model import Shift, Worker
from linggong.matching.shifts_index import ShiftIndex

HOUR = timedelta(hours=1)
NOON = datetime(2026, 1, 1, 4, tzinfo=UTC)
WORKER = Worker("w", {"t": 1}, 36.0, 113.0, date(1980, 1, 1), busy=((NOON - HOUR, NOON - HOUR / 2),))
SHIFT = Shift("s", "j", "e", "t", 36.0, 113.0, NOON, NOON + HOUR, 20_000)


def warm_workers() -> None:
    """Loads, changes, asks and clears an index of workers."""
    index = WorkerIndex()
    for _ in range(2):
        index.put(WORKER)
    index.book(WORKER.id, (NOON + 2 * HOUR, NOON + 3 * HOUR))
    index.best(SHIFT, 1)
    index.best_of_many(index.questions((SHIFT,)), 1)
    index.everybody(SHIFT)
    index.lots()
    index.load(Worker(f"w{number}", {"t": 1}, 36.0, 113.0, date(1980, 1, 1)) for number in range(1000))
    index.remove(WORKER.id)
    index.postings.lay_out(index.people, 0)


def warm_shifts() -> None:
    """Loads, changes and asks an index of shifts."""
    index = ShiftIndex()
    for _ in range(2):
        index.put(SHIFT)
    index.fill(SHIFT.id, 2)
    index.best(WORKER, 1)
