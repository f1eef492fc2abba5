"""Finding somebody among very many reads the index and not the table, also under row-level security."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.workers import queries
from tests import cast

MANY = 20_000

PEOPLE = """
INSERT INTO workers_worker (id, created_at, card_number, name, sort_key, identity_number, identity_index,
    identity_masked, birth_date, sex, telephone, telephone_index, telephone_masked, contact_name, contact_telephone,
    contact_telephone_masked, division, address, in_town, wishes, pay_unit, open_to_less, weekdays, priority_groups,
    may_be_contacted, takes_standby, note, state, source)
SELECT gen_random_uuid(), now(), 100000 + n, 'w' || n, 'w', '', 'i' || n, '', '1970-01-01', 'male', '', 't' || n, '',
    '', '', '', '140403' || lpad((n %% 17)::text, 3, '0'), '', true, '', 'day', false, '{}', '{}', true, false, '',
    'active', 'desk'
FROM generate_series(1, %s) n
"""
KEYS = """
INSERT INTO workers_workerkey (id, created_at, worker_id, division, key)
SELECT gen_random_uuid(), now(), id, division, key
FROM workers_worker, LATERAL (VALUES (name), (card_number::text), (right(card_number::text, 4)),
    (chr(97 + card_number % 26) || chr(97 + card_number / 26 % 26))) AS keys (key)
"""

TRADES = """
INSERT INTO workers_workertrade (id, created_at, worker_id, division, trade, skill)
SELECT gen_random_uuid(), now(), id, division, 'loader', 2 FROM workers_worker
"""


@pytest.fixture
def very_many(committed: None) -> Iterator[None]:
    cast.county()
    with within(system("test"), using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(PEOPLE, [MANY])
        cursor.execute(KEYS)
        cursor.execute(TRADES)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE workers_worker, workers_workerkey, workers_workertrade")
    yield
    connections["owner"].close()


def plans_of_search(typed: str, viewer: Viewer) -> list[str]:
    with within(viewer), CaptureQueriesContext(connection) as made:
        queries.search(typed, viewer)
        asked = [query["sql"] for query in made if "workers_worker" in query["sql"]]
        with connection.cursor() as cursor:
            return [_explained(cursor, sql) for sql in asked]


def _explained(cursor: Any, sql: str) -> str:
    cursor.execute("EXPLAIN " + sql.replace("%", "%%"))
    return "\n".join(line for (line,) in cursor.fetchall())


def test_every_way_to_search_reads_an_index(very_many: None) -> None:
    for typed in ("ab", "1234", "100777", "13835512345", cast.identity_number()):
        for viewer in (cast.clerk(), cast.town_clerk(), system("test")):
            plans = plans_of_search(typed, viewer)
            assert plans
            assert not [plan for plan in plans if "Seq Scan" in plan], "\n\n".join(plans)
