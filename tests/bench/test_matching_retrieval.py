"""The best 50 workers for a shift and the best 20 shifts for a worker: the indexes beside PostgreSQL's best plan.

PostgreSQL is asked by four plans, each as a generic and as a custom one, prepared, with parameters made ready
beforehand, and gives integers; the best figure of any is taken. So the index too is asked with questions made ready
and gives rows and points. The whole call, from a `Shift` or `Worker` to ids, is printed beside it. Both sides run on
the same core. For single calls the two sides take turns and the shortest time of each call counts, so that neither has
the machine to itself when it is slower or busy with other work; throughput is of many questions in one call, by seconds
of the processor, for PostgreSQL the server's and the client's together.

docs/matching.md says what was reached.
"""

import gc
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np
import pytest

from linggong.matching import entering
from linggong.matching.columns import columns_of
from linggong.matching.compiled import compiled
from linggong.matching.identity import Names
from linggong.matching.index import WorkerIndex
from linggong.matching.model import Weights
from linggong.matching.ranking import best_workers
from linggong.matching.search import WAITING_BITS
from linggong.matching.shifts_index import ShiftIndex
from tests.bench import postgres
from tests.matching.province import HALF_HOUR, MORNING, TRADES, Province

LIMIT, SHIFTS, BATCH, ROUNDS, TURNS = 50, 30_000, 5000, 2, 6

FLOOR_FOR_A_WORKER = 75
"""How many times as fast the median of a call is at least, for the best shifts of a worker. It should be 100, and
is where nobody else slows the processor."""

QUERIES = {300_000: 200, 3_000_000: 60}
"""So many of the shifts are asked one by one."""

FLOORS = {300_000: (60, 25, 20), 3_000_000: (30, 25, 20)}
"""How many times as fast it is at least: throughput, median and 99th percentile of a call made ready."""


@compiled
def own_points_of(people, weights):
    """The own points of many workers."""
    points = np.empty(len(people), np.int32)
    for at in range(len(people)):
        points[at] = entering.own_points(people[at], weights)
    return points


@pytest.fixture
def one_core():
    """Everything within on one core."""
    before = os.sched_getaffinity(0)
    core = {max(before)}
    os.sched_setaffinity(0, core)
    yield core
    os.sched_setaffinity(0, before)


def timed(question, given):
    """Microseconds of each call, the shortest of some rounds, and the answers of a round before."""
    answers = [question(one) for one in given]
    micros = np.full(len(given), np.inf)
    for _ in range(ROUNDS):
        for at, one in enumerate(given):
            before = perf_counter()
            question(one)
            micros[at] = min(micros[at], (perf_counter() - before) * 1e6)
    return micros, answers


def in_turns(*sides):
    """Microseconds of each call, the shortest of some turns, for each side: a question and what it is asked."""
    turns = [[timed(*side)[0] for side in sides] for _ in range(TURNS)]
    return [np.min(micros, axis=0) for micros in zip(*turns, strict=True)]


def on_processor(process):
    """Seconds a process has had on the processor."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def asked_of_postgres(link, plans, given):
    """The most queries a second of any plan, the answers, which are the same for all, and the question by which a call
    is shortest, left prepared."""
    figures, rows = {}, None
    for plan, query in plans.items():
        for mode in ("force_generic_plan", "force_custom_plan"):
            link.execute(f"set plan_cache_mode = {mode}")
            cursor = link.cursor(binary=True)
            before = on_processor(link.info.backend_pid) + thread_time()
            micros, found = timed(lambda one: cursor.execute(query, one, prepare=True).fetchall(), given)  # noqa: B023
            seconds = on_processor(link.info.backend_pid) + thread_time() - before
            assert rows is None or [[t for _, t in one] for one in found] == [[t for _, t in one] for one in rows]
            rows = found
            figures[query, mode] = np.median(micros), np.quantile(micros, 0.99), (ROUNDS + 1) * len(given) / seconds
            print(f"  PostgreSQL, {plan}, {mode}: {shown(figures[query, mode])}")
            link.execute("deallocate all")
    query, mode = min(figures, key=figures.__getitem__)
    link.execute(f"set plan_cache_mode = {mode}")
    cursor = link.cursor(binary=True)
    return (
        max(rate for *_, rate in figures.values()),
        rows,
        lambda one: cursor.execute(query, one, prepare=True).fetchall(),
    )


def shown(figures):
    """Median, 99th percentile and rate in words."""
    p50, p99, rate = figures
    return f"p50 {p50:.1f} us, p99 {p99:.1f} us, {rate:,.0f} queries/s/core"


@pytest.mark.parametrize("count", [300_000, 3_000_000])
def test_the_best_for_a_shift_are_found_many_times_faster_than_by_postgresql(count, one_core):
    province = Province()
    columns, shifts = province.columns(count), province.shifts(BATCH)
    index = WorkerIndex()
    before = perf_counter()
    index.enter(columns)
    print(f"\n{count:,} workers, {len(columns.trades):,} postings: loaded in {perf_counter() - before:.1f} s")
    given = [postgres.for_shift(shift, TRADES.index(shift.trade)) for shift in shifts[: QUERIES[count]]]
    with postgres.market() as link:
        os.sched_setaffinity(link.info.backend_pid, os.sched_getaffinity(1))
        postgres.load_workers(link, columns, own_points_of(columns.people, index.own_weights))
        del columns
        gc.collect()
        os.sched_setaffinity(link.info.backend_pid, one_core)
        rate, rows, ask = asked_of_postgres(link, postgres.PLANS, given)
        ready = index.questions(shifts)
        theirs, mine = in_turns((ask, given), (lambda at: index.best_rows(ready, LIMIT, at), range(QUERIES[count])))
    whole, found = timed(lambda shift: index.best(shift, LIMIT), shifts[: QUERIES[count]])
    assert [[total for _, total in one] for one in found] == [[total for _, total in one] for one in rows]
    index.best_of_many(ready, LIMIT)
    seconds = []
    for _ in range(ROUNDS):
        before = thread_time()
        many = index.best_of_many(ready, LIMIT)
        seconds.append(thread_time() - before)
    totals = [(keys[:size] >> WAITING_BITS).tolist() for keys, size in zip(many.keys, many.counts, strict=True)]
    assert totals[: QUERIES[count]] == [[total for _, total in one] for one in found]
    (p50, p99), ours = np.quantile(theirs, (0.5, 0.99)), (*np.quantile(mine, (0.5, 0.99)), BATCH / np.median(seconds))
    print(f"{count:,} workers: PostgreSQL's best {shown((p50, p99, rate))}")
    print(f"  index, made ready: {shown(ours)}")
    print(f"  index, from a Shift to ids: p50 {np.median(whole):.1f} us, p99 {np.quantile(whole, 0.99):.1f} us")
    ratios = ours[2] / rate, p50 / ours[0], p99 / ours[1]
    print(
        "{:,} workers: throughput {:.1f} times, single call p50 {:.1f} times, p99 {:.1f} times".format(count, *ratios),
        "(at least {}, {}, {})".format(*FLOORS[count]),
    )
    assert all(ratio >= floor for ratio, floor in zip(ratios, FLOORS[count], strict=True))


def test_the_best_for_a_worker_are_found_many_times_faster_than_by_postgresql(one_core):
    province = Province()
    shifts, workers = province.shifts(SHIFTS), province.workers(400)
    index = ShiftIndex()
    index.load(shifts)
    given = [postgres.for_worker(worker, at, TRADES) for at, worker in enumerate(workers)]
    with postgres.market() as link:
        for statement in postgres.TABLES.split(";"):
            link.execute(statement)
        postgres.copy(link, "booking", bookings_of(workers))
        link.execute("create index on booking (worker, starts, ends)")
        postgres.load_shifts(link, shifts, TRADES)
        os.sched_setaffinity(link.info.backend_pid, one_core)
        plans = {"btree(trade, cell), bookings last": postgres.SHIFT_QUERY}
        print()
        rate, rows, ask = asked_of_postgres(link, plans, given)
        ready = [index.question(worker) for worker in workers]
        theirs, mine = in_turns((ask, given), (lambda one: index.best_rows(one, 20), ready))
    whole, found = timed(lambda one: index.best(one, 20), workers)
    assert [[total for _, total in one] for one in found] == [[total for _, total in one] for one in rows]
    (p50, p99), (quick, slow) = np.quantile(theirs, (0.5, 0.99)), np.quantile(mine, (0.5, 0.99))
    print(f"{SHIFTS:,} shifts: PostgreSQL's best {shown((p50, p99, rate))}")
    print(
        f"  index: made ready p50 {quick:.1f} us, p99 {slow:.1f} us; from a Worker to ids p50 {np.median(whole):.1f} us"
    )
    print(
        f"worker to 20 shifts: p50 {p50 / quick:.1f} times (at least {FLOOR_FOR_A_WORKER}), p99 {p99 / slow:.1f} times"
    )
    assert p50 >= FLOOR_FOR_A_WORKER * quick


def bookings_of(workers):
    """Worker, start and end of all bookings."""
    taken = columns_of(workers, Names(), Weights()).taken
    return [taken["owner"], taken["starts"], taken["ends"]]


MEMORY = """
import ctypes, gc, json, sys
from time import perf_counter
import psutil
from linggong.matching.index import WorkerIndex
from tests.matching.province import Province

def resident():
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    return psutil.Process().memory_info().rss

province = Province()
small = WorkerIndex()
small.enter(province.columns(1000))
small.best_of_many(small.questions(province.shifts(2)), 50)
columns = province.columns(int(sys.argv[1]))
before = resident()
index, started = WorkerIndex(), perf_counter()
index.enter(columns)
seconds = perf_counter() - started
held = resident() - before
ready = index.questions(province.shifts(2000))
index.best_of_many(ready, 50)
started = perf_counter()
index.best_of_many(ready, 50)
print(json.dumps([held, seconds, (perf_counter() - started) / 2000, len(columns.trades), len(columns.taken)]))
"""


def test_three_million_workers_take_less_than_400_mb():
    print()
    for count in (30_000, 300_000, 3_000_000):
        run = subprocess.run([sys.executable, "-c", MEMORY, str(count)], capture_output=True, text=True, check=True)
        held, load, query, postings, bookings = json.loads(run.stdout)
        print(
            f"{count:,} workers, {postings:,} postings, {bookings:,} bookings: {held / 1e6:.0f} MB more in a fresh "
            f"process, loaded in {load:.1f} s, {query * 1e6:.1f} us for each query"
        )
    assert held <= 400e6


def test_after_a_million_changes_the_ids_are_those_of_looking_at_every_pair():
    province = Province(counties=3)
    workers = {one.id: one for one in province.workers(5000)}
    arrivals = province.workers(5000)
    index = WorkerIndex()
    index.load(workers.values())
    random = np.random.default_rng(1)
    chosen, changes, times = (random.integers(0, high, 1_000_000).tolist() for high in (5000, 10, 48))
    for number, change, time in zip(chosen, changes, times, strict=True):
        one = arrivals[number]
        if change == 0:
            workers.pop(one.id, None)
            index.remove(one.id)
        elif change < 4 or one.id not in workers:
            workers[one.id] = replace(one, latitude=one.latitude + time / 1000, idle_days=time)
            index.put(workers[one.id])
        else:
            busy = (MORNING + time * HALF_HOUR, MORNING + (time + 1) * HALF_HOUR)
            if len(workers[one.id].busy) < 4:
                workers[one.id] = replace(workers[one.id], busy=(*workers[one.id].busy, busy))
                index.book(one.id, busy)
    for shift in province.shifts(60):
        assert [one for one, _ in index.best(shift, LIMIT)] == [
            one.worker.id for one in best_workers(shift, workers.values(), LIMIT)
        ]
