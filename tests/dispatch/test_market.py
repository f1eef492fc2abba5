"""The market in memory: as fresh as the database, whoever changes it and however it ends."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction

from linggong.dispatch import changes, people, pool
from linggong.dispatch import market as memory_module
from linggong.dispatch import operations as dispatch
from linggong.dispatch.market import Market, market
from linggong.dispatch.models import Block, Reputation
from linggong.dispatch.shifts import shift_for_engine
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.matching import ranking
from linggong.matching.fit import USUAL_WEIGHTS
from linggong.matching.index import WorkerIndex
from linggong.posts.models import Shift
from linggong.workers.models import Certificate, Worker, WorkerTrade
from tests import cast

TRADES = ("loader", "cleaner", "bricklayer")


def near(name: str = "王建国", **fields: Any) -> Worker:
    return cast.worker(name, latitude=36.252, longitude=113.132, reach_m=5000, **fields)


def names(shift: Shift, limit: int = 20) -> list[str]:
    return [each.worker.name for each in pool.shortlist(shift, limit=limit).suggestions]


def indexed(shift: Shift, by: Market = market) -> set[str]:
    """Whom the index alone would name, before the rows are asked."""
    wanted = shift_for_engine(shift)

    def ask(index: WorkerIndex) -> set[str]:
        return {worker_id for worker_id, _ in index.best(wanted, 1000)}

    return by.ask(ask, USUAL_WEIGHTS)


def as_system(act: Callable[[], object]) -> None:
    with within(system("test")):
        act()


class Elsewhere:
    """Another process: its own connection, and a transaction it may keep open."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1)

    def does(self, act: Callable[[], object]) -> None:
        """In a transaction of its own."""
        self.thread.submit(as_system, act).result()

    def begins(self, act: Callable[[], object]) -> None:
        """The transaction stays open."""

        def start() -> None:
            connection.set_autocommit(False)
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('linggong.division', '*', false)")
            act()

        self.thread.submit(start).result()

    def ends(self, how: str) -> None:
        def end() -> None:
            getattr(connection, how)()
            connection.set_autocommit(True)

        self.thread.submit(end).result()

    def leaves(self) -> None:
        self.thread.submit(connections.close_all).result()
        self.thread.shutdown()


@pytest.fixture
def elsewhere(committed: None) -> Iterator[Elsewhere]:
    cast.county()
    other = Elsewhere()
    yield other
    other.leaves()


@pytest.fixture
def another(elsewhere: Elsewhere) -> Iterator[Elsewhere]:
    other = Elsewhere()
    yield other
    other.leaves()


def retrains(worker: Worker, trade: str) -> Callable[[], object]:
    return lambda: WorkerTrade.objects.filter(worker=worker).update(trade=trade)


# ------------------------------------------------------------------ one definition


def test_other_weights_count_at_once_even_if_they_bear_a_name_that_was_taken_before(db: None) -> None:
    """A change of weights that was rolled back leaves its version's name to the next."""
    for points in (10, 20):
        weights = replace(USUAL_WEIGHTS, version="140403-1", priority=points)
        assert market.ask(lambda index: index.weights, weights) == weights


@pytest.fixture
def crowd(db: None) -> list[Worker]:
    """A few hundred people who differ in all that counts."""
    cast.county()
    chance = random.Random(20261122)
    made = [_somebody(chance) for _ in range(300)]
    with within(system("test")):
        boss = cast.employer()
        for worker in chance.sample(made, 40):
            Block.objects.create(worker=worker, employer=boss, division=worker.division, wished_by="worker")
        for worker in chance.sample(made, 120):
            stars = chance.randrange(5)
            Reputation.objects.create(
                worker=worker, division=worker.division, kept=stars, missed=1, rating_sum=stars * 4, rating_count=stars
            )
        busy = cast.shift(cast.employer("别家"), places=60, age_min=18)
        for worker in chance.sample(made, 60):
            dispatch.place(shift=busy, worker=worker, by=system("test"))
    return made


def _somebody(chance: random.Random) -> Worker:
    opens = chance.choice((None, time(6), time(20)))
    return cast.worker(
        trades=tuple(chance.sample(TRADES, chance.randint(1, 3))),
        identity_number=cast.identity_number(date(chance.randint(1950, 2006), 5, 1)),
        latitude=36.25 + chance.uniform(-0.05, 0.05),
        longitude=113.13 + chance.uniform(-0.05, 0.05),
        reach_m=chance.choice((None, 2000, 8000)),
        pay_asked_fen=chance.choice((None, 18000, 26000)),
        open_to_less=chance.random() < 0.3,
        weekdays=chance.choice(((), (0, 1, 2, 3, 4), (5, 6))),
        available_from=opens,
        available_until=opens and time(19 if opens == time(6) else 5),
        priority_groups=chance.choice(((), ("migrant",), ("disabled",))),
        may_be_contacted=chance.random() < 0.95,
    )


def test_the_shortlist_is_the_plain_ranking_of_everybody(crowd: list[Worker]) -> None:
    with within(system("test")):
        shifts = list(Shift.objects.select_related("job")) + [
            cast.shift(trade=trade, title=trade, begin=begin, end=end, age_max=age_max)
            for trade in TRADES
            for begin, end, age_max in ((time(8), time(17), None), (time(22), time(5), None), (time(7), time(11), 55))
        ]
        everybody = [
            p for p in people.people(w.id for w in Worker.objects.filter(state="active")).values() if p.contactable
        ]
    found = 0
    for shift in shifts:
        wanted = shift_for_engine(shift)
        plain = [r.worker.id for r in ranking.best_workers(wanted, everybody, 25)]
        assert [str(s.worker.id) for s in pool.shortlist(shift, limit=25).suggestions] == plain
        assert indexed(shift) == {r.worker.id for r in ranking.best_workers(wanted, everybody, 1000)}
        found += len(plain)
    assert found > 100


# ------------------------------------------------------------------ every change is noticed


@pytest.fixture
def shift(db: None) -> Shift:
    cast.county()
    return cast.shift()


CHANGES: dict[str, Callable[[Worker, Shift], object]] = {
    "another trade": lambda w, s: WorkerTrade.objects.filter(worker=w).update(trade="cook"),
    "a trade struck out": lambda w, s: WorkerTrade.objects.filter(worker=w).delete(),
    "a move": lambda w, s: Worker.objects.filter(pk=w.pk).update(latitude=37.9),
    "a pause": lambda w, s: Worker.objects.filter(pk=w.pk).update(state="paused"),
    "a wish not to be asked": lambda w, s: Worker.objects.filter(pk=w.pk).update(may_be_contacted=False),
    "a booking": lambda w, s: cast.placement(w, cast.shift(cast.employer("别家"))),
    "a block": lambda w, s: Block.objects.create(
        worker=w, employer_id=s.job.employer_id, division=w.division, wished_by="worker"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_takes_somebody_out_is_in_the_next_answer(change: str, shift: Shift) -> None:
    worker = near()
    assert indexed(shift) == {str(worker.id)}
    as_system(lambda: CHANGES[change](worker, shift))
    assert indexed(shift) == set()


def test_a_certificate_brings_somebody_in(shift: Shift) -> None:
    worker = near()
    with within(system("test")):
        shift.job.certificates = ["健康证"]
        shift.job.save(update_fields=["certificates"])
    assert indexed(shift) == set()
    as_system(lambda: Certificate.objects.create(worker=worker, division=worker.division, name="健康证"))
    assert indexed(shift) == {str(worker.id)}


def test_a_better_record_comes_first(shift: Shift) -> None:
    near("甲"), near("乙")
    last = names(shift)[-1]
    with within(system("test")):
        kept = Worker.objects.get(name=last)
        Reputation.objects.create(worker=kept, division=kept.division, kept=50)
    assert names(shift)[0] == last


def test_days_of_waiting_grow_over_night(shift: Shift) -> None:
    early = near("等得久")
    with within(system("test")):
        Worker.objects.filter(pk=early.pk).update(created_at=clock.now() - timedelta(days=40))
    near("今天来")

    def waited(index: WorkerIndex) -> dict[str, int]:
        return dict(index.best(shift_for_engine(shift), 5))

    before = market.ask(waited, USUAL_WEIGHTS)
    with clock.at(clock.now() + timedelta(days=20)):
        assert market.ask(waited, USUAL_WEIGHTS)[str(early.id)] > before[str(early.id)]


def test_after_midnight_nobody_waits_where_the_market_is_kept_warm(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    loads: list[date] = []
    load = memory_module._loaded

    def counted(before: Any) -> Any:
        loads.append(clock.today())
        return load(before)

    monkeypatch.setattr(memory_module, "_loaded", counted)
    kept, plain = Market(), Market()
    monkeypatch.setattr(kept, "_stay_warm", lambda: None)
    kept.keep_warm()
    kept.ask(len), plain.ask(len)
    tomorrow = clock.today() + timedelta(days=1)
    with clock.at(clock.now() + timedelta(days=1)):
        kept.ask(len)
        assert tomorrow not in loads
        kept.refresh()
        kept.ask(len)
        assert loads.count(tomorrow) == 1
        plain.ask(len), plain.ask(len)
        assert loads.count(tomorrow) == 2


def test_what_the_rows_do_not_bear_out_is_replaced_by_the_next(shift: Shift, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even an index that had missed a change would not have anybody asked who may not be."""
    for _ in range(3):
        near()
    gone = [near("走远", priority_groups=("migrant",)) for _ in range(30)]
    market.ask(len, USUAL_WEIGHTS)
    monkeypatch.setattr("linggong.dispatch.changes.since", _nothing_new(changes.since))
    as_system(lambda: Worker.objects.filter(id__in=[w.id for w in gone]).update(may_be_contacted=False))
    assert names(shift, limit=3) == ["王建国"] * 3


def _nothing_new(since: Callable[..., changes.News]) -> Callable[..., changes.News]:
    def ask(seen: changes.Snapshot, **more: int) -> changes.News:
        news = since(seen, **more)
        nobody: frozenset[Any] = frozenset()
        return changes.News(seen, news.position, nobody, nobody, nobody, None, False)

    return ask


# ------------------------------------------------------------------ whoever changes it, however it ends


def test_what_a_failed_transaction_did_is_forgotten(shift: Shift) -> None:
    worker = near()
    with transaction.atomic():
        as_system(retrains(worker, "cook"))
        assert indexed(shift) == set()
        transaction.set_rollback(True)
    assert indexed(shift) == {str(worker.id)}


def test_a_booking_made_elsewhere_is_in_the_next_answer(elsewhere: Elsewhere) -> None:
    worker, shift, other = near(), cast.shift(), cast.shift(cast.employer("别家"))
    assert indexed(shift) == {str(worker.id)}
    elsewhere.does(lambda: dispatch.place(shift=other, worker=worker, by=system("test")))
    assert indexed(shift) == set()


def test_what_is_not_committed_elsewhere_is_not_seen(elsewhere: Elsewhere) -> None:
    worker, shift = near(), cast.shift()
    elsewhere.begins(retrains(worker, "cook"))
    assert indexed(shift) == {str(worker.id)}
    elsewhere.ends("rollback")
    assert indexed(shift) == {str(worker.id)}


def test_who_commits_late_is_not_overlooked(elsewhere: Elsewhere, another: Elsewhere) -> None:
    """The first to write takes the lower position in the log and commits last."""
    slow, quick, shift = near("慢"), near("快"), cast.shift()
    indexed(shift)
    elsewhere.begins(retrains(slow, "cook"))
    another.does(retrains(quick, "cook"))
    assert indexed(shift) == {str(slow.id)}
    elsewhere.ends("commit")
    assert indexed(shift) == set()


def test_a_higher_transaction_number_with_a_lower_position_is_not_overlooked(
    elsewhere: Elsewhere, another: Elsewhere
) -> None:
    first, second, shift = near("一"), near("二"), cast.shift()
    indexed(shift)
    another.begins(_take_a_number)
    elsewhere.begins(retrains(first, "cook"))
    another.thread.submit(retrains(second, "cook")).result()
    another.ends("commit")
    assert indexed(shift) == {str(first.id)}
    elsewhere.ends("commit")
    assert indexed(shift) == set()


def _take_a_number() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")


def test_the_open_transaction_of_one_thread_is_not_the_answer_of_another(elsewhere: Elsewhere) -> None:
    worker, shift = near(), cast.shift()
    answers: list[set[str]] = []
    elsewhere.begins(retrains(worker, "cook"))
    elsewhere.thread.submit(lambda: answers.append(indexed(shift))).result()
    assert answers == [set()]
    assert indexed(shift) == {str(worker.id)}
    elsewhere.ends("commit")
    assert indexed(shift) == set()


def test_a_table_emptied_at_once_is_noticed(committed: None) -> None:
    cast.county()
    shift = cast.shift()
    near()
    assert len(indexed(shift)) == 1
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE workers_worker CASCADE")
    assert indexed(shift) == set()


def test_more_changes_than_are_worth_following_are_loaded_at_once(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = cast.shift()
    near()
    indexed(shift)
    usual = changes.since
    monkeypatch.setattr("linggong.dispatch.changes.since", lambda seen, limit=5: usual(seen, limit=limit))
    elsewhere.does(lambda: [near() for _ in range(10)])
    assert len(indexed(shift)) == 11


def test_the_answer_says_which_position_it_reflects(shift: Shift) -> None:
    before = pool.shortlist(shift).position
    near()
    assert pool.shortlist(shift).position > before


def test_old_entries_go(db: None) -> None:
    cast.county()
    near()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dispatch_change SET made_at = now() - interval '3 days'")
        assert changes.trim() > 0
        cursor.execute("SELECT count(*) FROM dispatch_change")
        assert cursor.fetchone() == (0,)
