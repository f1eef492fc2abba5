"""The best 50 workers for a shift: the index beside PostgreSQL's best plan for it, and beside looking at every pair.

PostgreSQL is given one plan: a row for each worker and trade, a covering btree on trade and cell, bookings looked up
only for those who come first (so no join that reads them all). Other plans may do better; this is a floor, not a
record. The times are of the whole call, conversions included.
"""

import math
from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from django.db import connection

from linggong.matching import eligibility, measure
from linggong.matching.fit import own_terms
from linggong.matching.index import WorkerIndex
from linggong.matching.model import Weights
from linggong.matching.ranking import best_workers
from tests.matching.province import HALF_HOUR, MORNING, Province

WORKERS, QUERIES, LIMIT = 300_000, 400, 50
CELL = 20_000

TABLES = """
create temporary table posting (trade text, cell bigint, worker int, latitude int, longitude int, in_town bool,
    skill int, reach int, asks int, own int, idle int);
create temporary table booking (worker int, starts int, ends int);
"""

INDEXES = """
create index on posting (trade, cell) include (worker, latitude, longitude, in_town, skill, reach, asks, own, idle);
create index on booking (worker, starts, ends);
analyze posting; analyze booking;
set local enable_hashjoin = off; set local enable_mergejoin = off; set local jit = off;
"""

QUERY = """
with scored as materialized (
    select worker, idle, 200 + 60 * skill + own
        + case when way <= usual / 2 then 250 when way >= greatest(reach, 2 * usual) then 0
          else trunc(250.0::float8 * (greatest(reach, 2 * usual) - way) / (greatest(reach, 2 * usual) - usual / 2)) end
        + trunc(150.0::float8 * least(greatest(3 * %(offered)s - 2 * asked, 0), 2 * %(offered)s) / (2 * %(offered)s))
        as total
    from (
        select *, case when in_town and %(in_town)s then 1200 else 5000 end as usual,
            trunc(asks::float8 * %(paid_minutes)s / 480) as asked,
            trunc(sqrt(((latitude - %(latitude)s) * %(metres)s::float8) ^ 2
                + ((longitude - %(longitude)s) * %(scale)s::float8) ^ 2)) as way
        from posting where trade = %(trade)s and cell = any(%(cells)s)
    ) as near
    where way <= reach and asked <= %(offered)s
    order by total desc, idle desc
)
select worker, total::int from scored where not exists (
    select 1 from booking where booking.worker = scored.worker and starts < %(ends)s + 30 and ends > %(starts)s - 30
) limit 50
"""


def load(cursor, workers):
    """The same workers in two tables."""
    cursor.execute(TABLES)
    weights = Weights()
    with cursor.copy("copy posting from stdin") as copy:
        for number, one in enumerate(workers):
            latitude, longitude = measure.microdegrees(one.latitude), measure.microdegrees(one.longitude)
            own = sum(own_terms(one, weights).values())
            for trade, skill in one.trades.items():
                copy.write_row(
                    (trade, cell(latitude, longitude), number, latitude, longitude, one.in_town, skill, one.reach_m,
                     one.accepts_pay_fen, own, one.idle_days)
                )  # fmt: skip
    with cursor.copy("copy booking from stdin") as copy:
        for number, one in enumerate(workers):
            for busy in one.busy:
                copy.write_row((number, measure.minute(busy[0]), measure.minute(busy[1])))
    cursor.execute(INDEXES)


def cell(latitude, longitude):
    return latitude // CELL * 100_000 + longitude // CELL


def parameters(shift):
    """The query's parameters: every cell within 15 km."""
    latitude, longitude = measure.microdegrees(shift.latitude), measure.microdegrees(shift.longitude)
    scale = measure.longitude_scale(shift.latitude)
    high, wide = math.ceil(15_000 / measure.METRES_PER_MICRODEGREE), math.ceil(15_000 / scale)
    cells = [
        row * 100_000 + column
        for row in range((latitude - high) // CELL, (latitude + high) // CELL + 1)
        for column in range((longitude - wide) // CELL, (longitude + wide) // CELL + 1)
    ]
    return {
        "trade": shift.trade, "cells": cells, "latitude": latitude, "longitude": longitude, "scale": scale,
        "metres": measure.METRES_PER_MICRODEGREE, "in_town": shift.in_town, "offered": eligibility.offered(shift),
        "paid_minutes": min(eligibility.length(shift), 480), "starts": measure.minute(shift.starts),
        "ends": measure.minute(shift.ends),
    }  # fmt: skip


def timed(question, given):
    """Microseconds of each call, the second time round, and the answers."""
    answers = [question(one) for one in given]
    micros = []
    for one in given:
        before = perf_counter()
        question(one)
        micros.append((perf_counter() - before) * 1e6)
    return np.array(micros), answers


@pytest.mark.django_db
def test_the_best_for_a_shift_are_found_many_times_faster_than_by_postgresql():
    province = Province()
    workers, shifts = province.workers(WORKERS), province.shifts(QUERIES)
    index = WorkerIndex()
    index.load(workers)
    with connection.cursor() as cursor:
        load(cursor.cursor, workers)

        def by_sql(shift):
            cursor.cursor.execute(QUERY, parameters(shift), prepare=True)
            return cursor.cursor.fetchall()

        theirs, rows = timed(by_sql, shifts)
    ours, found = timed(lambda shift: index.best(shift, LIMIT), shifts)
    assert [[total for _, total in one] for one in found] == [[total for _, total in one] for one in rows]
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        mine, other = np.quantile(ours, share), np.quantile(theirs, share)
        print(f"\nretrieval {name}: index {mine:.0f} us, PostgreSQL {other:.0f} us: {other / mine:.1f} times", end="")
    assert np.median(theirs) > 5 * np.median(ours)


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
