"""Workers as the matching engine takes them, read from their rows: a few queries for any number of people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from linggong.dispatch.among import array_of
from linggong.dispatch.models import Block, Placement
from linggong.lib import clock
from linggong.matching import model as engine
from linggong.workers.models import Certificate, Worker, WorkerTrade

Item = TypeVar("Item")

A_CHUNK = 5000
LOOK_BACK = timedelta(days=1)
"""A booking that ended longer ago is in nobody's way."""
FACTS = (
    "id", "latitude", "longitude", "birth_date", "in_town", "reach_m", "pay_asked_fen", "pay_unit", "open_to_less",
    "weekdays", "available_from", "available_until", "priority_groups", "last_worked_on", "registered_on",
    "may_be_contacted", "reputation__kept", "reputation__missed", "reputation__rating_sum", "reputation__rating_count",
)  # fmt: skip


def available(ids: Iterable[UUID] | None = None) -> Iterator[engine.Worker]:
    """Everybody (or who of `ids`) is looking for work and may be asked, in portions of a few queries each."""
    looking = Worker.objects.filter(state=Worker.State.ACTIVE, may_be_contacted=True)
    wanted = looking.values_list("id", flat=True).order_by().iterator(A_CHUNK) if ids is None else iter(ids)
    while chunk := list(islice(wanted, A_CHUNK)):
        yield from of_rows(_facts(looking.filter(id__among=array_of(chunk))))


def people(ids: Iterable[UUID]) -> dict[UUID, engine.Worker]:
    """These workers as they are now, whatever their state."""
    found = of_rows(_facts(Worker.objects.filter(id__among=array_of(ids))))
    return {UUID(person.id): person for person in found}


def of_rows(rows: Iterable[Any]) -> list[engine.Worker]:
    """Workers from rows of FACTS, with their trades, certificates, bookings and blocks."""
    known = list(rows)
    ids = array_of(row.id for row in known)
    trades = _collected(WorkerTrade.objects.filter(worker__id__among=ids).values_list("worker_id", "trade", "skill"))
    papers = _collected(
        Certificate.objects.filter(worker__id__among=ids).values_list("worker_id", "name", "expires_on")
    )
    blocks = _collected(Block.objects.filter(worker__id__among=ids).values_list("worker_id", "employer_id"))
    booked = _booked(ids)
    today = clock.today()
    return [
        _person(row, dict(trades[row.id]), dict(papers[row.id]), booked[row.id], blocks[row.id], today) for row in known
    ]


def _facts(workers: "QuerySet[Worker]") -> Iterable[Any]:
    """Rows of FACTS, in no order."""
    registered = workers.annotate(registered_on=TruncDate("created_at", tzinfo=clock.SHANGHAI))
    return registered.order_by().values_list(*FACTS, named=True)


def _person(
    w: Any,
    trades: dict[str, int],
    certificates: dict[str, date | None],
    booked: list[engine.Busy],
    blocks: list[tuple[UUID]],
    today: date,
) -> engine.Worker:
    return engine.Worker(
        id=str(w.id),
        trades=trades,
        latitude=w.latitude or 0.0,
        longitude=w.longitude or 0.0,
        birth_date=w.birth_date,
        certificates=certificates,
        in_town=w.in_town,
        reach_m=w.reach_m,
        accepts_pay_fen=w.pay_asked_fen,
        pay_unit=w.pay_unit,
        open_to_less=w.open_to_less,
        busy=tuple(booked),
        blocks=frozenset(str(employer) for (employer,) in blocks),
        kept=w.reputation__kept or 0,
        missed=w.reputation__missed or 0,
        rating_sum=w.reputation__rating_sum or 0,
        rating_count=w.reputation__rating_count or 0,
        priority=frozenset(w.priority_groups),
        idle_days=max((today - (w.last_worked_on or w.registered_on)).days, 0),
        registered_days=max((today - w.registered_on).days, 0),
        contactable=w.may_be_contacted,
        weekdays=frozenset(w.weekdays),
        works_from=_minute(w.available_from),
        works_until=_minute(w.available_until),
    )


def _minute(moment: time | None) -> int | None:
    """The minute of the day."""
    return None if moment is None else moment.hour * 60 + moment.minute


def _collected(rows: Iterable[tuple[Any, ...]]) -> defaultdict[UUID, list[tuple[Any, ...]]]:
    """The rest of each row, by its first entry."""
    found: defaultdict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for worker_id, *rest in rows:
        found[worker_id].append(tuple(rest))
    return found


def _booked(ids: str) -> defaultdict[UUID, list[engine.Busy]]:
    ahead = DateTimeTZRange(clock.now() - LOOK_BACK, None)
    held = Placement.objects.filter(worker__id__among=ids, state__in=Placement.HOLDS_TIME, period__overlap=ahead)
    found: defaultdict[UUID, list[engine.Busy]] = defaultdict(list)
    columns = ("worker_id", "period", "shift__latitude", "shift__longitude")
    for worker_id, period, *site in held.order_by().values_list(*columns):
        if period is not None:
            found[worker_id].append((period.lower, period.upper, *site))
    return found
