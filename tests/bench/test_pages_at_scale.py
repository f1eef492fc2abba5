"""Pages do not cost more with more workers in the county: 300,000 workers and 30,000 open places.

Times are printed beside the round trip of `SELECT 1` in the same run; what is asserted is the number of queries. The
market is loaded into memory once a process, when it starts, and not by a page: its seconds and queries stand apart.
"""

import statistics
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from linggong.dispatch import queries as dispatch
from linggong.dispatch.market import market
from linggong.foundation.personal import seal
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.posts import queries as posts
from linggong.posts.models import Shift
from linggong.workers import queries as workers
from linggong.workers.models import Worker
from tests import cast

WORKERS, SHIFTS, PLACES_A_SHIFT = 300_000, 3_750, 8
CALLS = 60
LOG_QUERIES = 3
"""Each of the three questions with which a process warms up reads on in the log of changes: one query."""

PEOPLE = """
INSERT INTO workers_worker (id, created_at, card_number, name, sort_key, identity_number, identity_index,
    identity_masked, birth_date, sex, telephone, telephone_index, telephone_masked, contact_name, contact_telephone,
    contact_telephone_masked, division, address, latitude, longitude, in_town, wishes, pay_unit, open_to_less,
    weekdays, priority_groups, may_be_contacted, takes_standby, note, state, source)
SELECT gen_random_uuid(), now() - (n %% 400) * interval '1 day', 100000 + n, '工友' || n, 'gong you ' || n, %(sealed)s,
    'bench' || n, '140411********0012', date '1965-01-01' + n %% 12000, 'male', %(sealed)s, 'bench' || n,
    '138****0000', '', '', '', '140403103', '', 34.6 + random() * 6, 110.3 + random() * 4, true, '', 'day', true,
    '{}', '{}', true, false, '', 'active', 'roster'
FROM generate_series(1, %(count)s) n
"""
TRADES = """
INSERT INTO workers_workertrade (id, created_at, worker_id, division, trade, skill)
SELECT gen_random_uuid(), now(), id, division, (ARRAY[
    'loader', 'cleaner', 'labourer', 'bricklayer', 'cook', 'waiter', 'sorter', 'farm_worker', 'painter', 'driver'
    ])[1 + card_number %% 10], 2 FROM workers_worker WHERE source = 'roster'
"""
KEYS = """
INSERT INTO workers_workerkey (id, created_at, worker_id, division, key)
SELECT gen_random_uuid(), now(), w.id, w.division, k.key FROM workers_worker w,
    LATERAL (VALUES (w.name), ('gongyou' || w.card_number), (w.card_number::text)) k(key) WHERE w.source = 'roster'
"""
SHIFTS_SQL = """
INSERT INTO posts_shift (id, created_at, job_id, trade, division, latitude, longitude, starts, ends, places, taken,
    lent, listed, state)
SELECT gen_random_uuid(), now(), j.id, j.trade, j.division, 34.6 + random() * 6, 110.3 + random() * 4,
    now() + (1 + n %% 48) * interval '1 hour', now() + (9 + n %% 48) * interval '1 hour', %(places)s, 0, 0, true, 'open'
FROM posts_job j, generate_series(1, %(count)s) n
"""


@pytest.fixture
def province(committed: None) -> Iterator[tuple[Worker, Shift]]:
    cast.county()
    person = cast.worker("王建国", ("loader",), latitude=36.25, longitude=113.13, reach_m=20000)
    shift = cast.shift(places=5)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('linggong.division', '*', true)")
        cursor.execute(PEOPLE, {"count": WORKERS, "sealed": seal("13800000000", "telephone").text})
        cursor.execute(TRADES.replace("%%", "%"))
        cursor.execute(KEYS)
        cursor.execute(SHIFTS_SQL, {"count": SHIFTS, "places": PLACES_A_SHIFT})
    connections["owner"].set_autocommit(True)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    with within(system("bench")):
        yield person, Shift.objects.select_related("job").get(pk=shift.pk)


def test_search_job_list_and_candidates_at_the_size_of_a_province(
    province: tuple[Worker, Shift], capsys: pytest.CaptureFixture[str]
) -> None:
    person, shift = province
    clerk = cast.clerk()
    pages: dict[str, Callable[[], object]] = {
        "desk search, name": lambda: workers.search("工友2917", clerk),
        "desk search, card": lambda: workers.search("155555", clerk),
        "desk search, last four": lambda: workers.search("1555", clerk),
        "worker's job list": lambda: dispatch.best_shifts(worker=person),
        "public job list": lambda: posts.public_jobs(posts.JobFilter(trade="loader")),
        "job's candidates": lambda: dispatch.best_workers(shift=shift, viewer=clerk),
    }
    lines = [loading(), f"{'':24} {'queries':>8} {'p50 ms':>8} {'p95 ms':>8}   x SELECT 1"]
    base = measured(_select_one)
    for name, page in {"SELECT 1": _select_one, **pages}.items():
        with CaptureQueriesContext(connection) as queries:
            page()
        p50, p95 = measured(page)
        lines.append(f"{name:24} {len(queries):8} {p50:8.2f} {p95:8.2f}   {p50 / base[0]:8.1f}")
        assert len(queries) <= 16, name
    with capsys.disabled():
        print(f"\n{WORKERS:,} workers, {SHIFTS * PLACES_A_SHIFT:,} open places\n" + "\n".join(lines))


def loading() -> str:
    """Load the market as a process does when it starts, and say what that took."""
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        market.warm()
    seconds = time.perf_counter() - started
    people, shifts = market.ask(len), market.ask_shifts(len)
    assert (people, shifts) == (WORKERS + 1, SHIFTS + 1)
    with CaptureQueriesContext(connection) as again:
        market.warm()
    assert len(again) <= LOG_QUERIES, "what is in memory is not loaded again"
    return f"the market in memory, once a process: {seconds:.1f} s, {len(queries)} queries"


def _select_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def measured(act: Callable[[], object]) -> tuple[float, float]:
    """p50 and p95 in milliseconds."""
    times = []
    for _ in range(CALLS):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[18]
