"""A PostgreSQL of the bench's own: the program's server, given memory enough to hold everything, and the same market.

PostGIS is not part of that server, so places are its own points: GiST (with btree_gist) on trade and point, and a
covering btree on trade and cell, where the cell says how far the worker goes as well, as the index's tiers do.
"""

import math
import os
import shutil
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psycopg

from linggong import database
from linggong.matching import eligibility, measure
from linggong.matching.columns import Columns
from linggong.matching.fit import own_terms
from linggong.matching.model import Shift, Weights, Worker

CELL = 20_000
FAR_M = 15_000
NEAR_M = 6_000
SETTINGS = """
shared_buffers = 3GB
work_mem = 64MB
maintenance_work_mem = 512MB
max_wal_size = 8GB
random_page_cost = 1.1
max_parallel_workers_per_gather = 0
jit = off
autovacuum = off
fsync = off
"""
"""As in the prototype; nothing is forced on the planner but what each plan says."""

TABLES = """
create extension btree_gist;
create unlogged table posting (trade int, cell int, worker int, latitude int, longitude int, in_town int, skill int,
    reach int, asks int, own int, idle int, place point);
create unlogged table booking (worker int, starts int, ends int);
"""

INDEXES = """
create index on posting (trade, cell) include (worker, latitude, longitude, in_town, skill, reach, asks, own, idle);
create index on posting using gist (trade, place);
create index on booking (worker, starts, ends);
vacuum analyze;
"""

POINTS = """
    {trade} + case when way <= usual / 2 then 250 when way >= greatest(reach, 2 * usual) then 0
      else trunc(250.0::float8 * (greatest(reach, 2 * usual) - way) / (greatest(reach, 2 * usual) - usual / 2)) end
    + trunc(150.0::float8 * least(greatest(3 * {offered} - 2 * asked, 0), 2 * {offered}) / (2 * {offered}))
"""

NEAR = """
    select *, case when in_town = 1 and %(in_town)s = 1 then 1200 else 5000 end as usual,
        trunc(asks::float8 * %(paid_minutes)s::int / 480) as asked,
        trunc(sqrt(((latitude - %(latitude)s::int) * %(metres)s::float8) ^ 2
            + ((longitude - %(longitude)s::int) * %(scale)s::float8) ^ 2)) as way
    from posting where trade = %(trade)s::int and {where}
"""

FREE = """not exists (select 1 from booking where booking.worker = {worker}
    and starts < %(ends)s::int + 30 and ends > %(starts)s::int - 30)"""

SCORED = (
    "select worker, idle, "
    + POINTS.format(trade="200 + 60 * skill + own", offered="%(offered)s::int")
    + " as total from ({near}) as near where way <= reach and asked <= %(offered)s::int {free}"
    " order by total desc, idle desc"
)

BY_CELL = "cell = any(%(cells)s::int[])"
BY_PLACE = "place <@ box(point(%(west)s, %(south)s), point(%(east)s, %(north)s))"
FIRST = {
    where: SCORED.format(near=NEAR.format(where=where), free="and " + FREE.format(worker="near.worker"))
    for where in (BY_CELL, BY_PLACE)
}
LAST = {where: SCORED.format(near=NEAR.format(where=where), free="") for where in (BY_CELL, BY_PLACE)}

PLANS = {
    "GiST(trade, place), bookings first": f"select worker, total::int from ({FIRST[BY_PLACE]}) as s limit 50",
    "GiST(trade, place), bookings last": f"with s as materialized ({LAST[BY_PLACE]}) "
    f"select worker, total::int from s where {FREE.format(worker='s.worker')} limit 50",
    "btree(trade, cell), bookings first": f"select worker, total::int from ({FIRST[BY_CELL]}) as s limit 50",
    "btree(trade, cell), bookings last": f"with s as materialized ({LAST[BY_CELL]}) "
    f"select worker, total::int from s where {FREE.format(worker='s.worker')} limit 50",
}

SHIFT_TABLE = """
create unlogged table shift (trade int, cell int, shift int, latitude int, longitude int, scale float8, in_town int,
    offered int, paid_minutes int, starts int, ends int);
"""

SHIFT_INDEX = """
create index on shift (trade, cell)
    include (shift, latitude, longitude, scale, in_town, offered, paid_minutes, starts, ends);
vacuum analyze shift;
"""

SHIFT_QUERY = (
    "with s as materialized (select shift, starts, ends, "
    + POINTS.format(trade="200 + 60 * (%(skills)s::int[])[array_position(%(trades)s::int[], trade)]", offered="offered")
    + """ + %(own)s::int as total from (
    select *, case when in_town = 1 and %(in_town)s = 1 then 1200 else 5000 end as usual, %(reach)s::int as reach,
        trunc(%(asks)s::float8 * paid_minutes / 480) as asked,
        trunc(sqrt(((%(latitude)s::int - latitude) * %(metres)s::float8) ^ 2
            + ((%(longitude)s::int - longitude) * scale) ^ 2)) as way
    from shift where trade = any(%(trades)s::int[]) and cell = any(%(cells)s::int[])
) as near where way <= reach and asked <= offered order by total desc, starts)
select shift, total::int from s where not exists (select 1 from booking where booking.worker = %(worker)s::int
    and booking.starts < s.ends + 30 and booking.ends > s.starts - 30) limit 20
"""
)


@contextmanager
def market() -> Iterator[psycopg.Connection]:
    """A connection to a server that is made for this and gone after."""
    folder = Path(tempfile.mkdtemp(prefix="lgbench"))
    data = folder / "data"
    data.mkdir(mode=0o700)
    if account := database._server_account():
        os.chown(folder, account.pw_uid, account.pw_gid)
        os.chown(data, account.pw_uid, account.pw_gid)
    log = folder / "log"
    try:
        database._run("initdb", "-D", data, "-U", "bench", "-E", "UTF8", "-A", "trust", "--locale=C")
        with (data / "postgresql.conf").open("a") as conf:
            conf.write(f"{SETTINGS}\nlisten_addresses = ''\nunix_socket_directories = '{folder}'\n")
        database._run("pg_ctl", "start", "-w", "-s", "-D", data, "-l", log)
        with psycopg.connect(host=str(folder), user="bench", dbname="postgres", autocommit=True) as link:
            yield link
    finally:
        database._run("pg_ctl", "stop", "-m", "immediate", "-w", "-s", "-D", data, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def copy(link: psycopg.Connection, table: str, columns: list[np.ndarray]) -> None:
    """Fills a table with integers, floats and points (columns of two), in PostgreSQL's binary form."""
    kinds = [np.dtype((">i4" if column.dtype.kind != "f" else ">f8", column.shape[1:])) for column in columns]
    parts = [part for at, kind in enumerate(kinds) for part in ((f"l{at}", ">i4"), (f"v{at}", kind))]
    rows = np.zeros(len(columns[0]), np.dtype([("fields", ">i2"), *parts]))
    rows["fields"] = len(columns)
    for at, (column, kind) in enumerate(zip(columns, kinds, strict=True)):
        rows[f"l{at}"], rows[f"v{at}"] = kind.itemsize, column
    with link.cursor().copy(f"copy {table} from stdin with (format binary)") as out:
        out.write(b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0))
        for first in range(0, len(rows), 200_000):
            out.write(rows[first : first + 200_000].tobytes())
        out.write(struct.pack(">h", -1))


def load_workers(link: psycopg.Connection, new: Columns, own: np.ndarray) -> None:
    """The same workers in two tables; `own` are their own points."""
    for statement in TABLES.split(";"):
        link.execute(statement)
    people, held = new.people, new.trades
    one = people[held["owner"]]
    copy(
        link, "posting",
        [held["trade"], cells(one["latitude"], one["longitude"], one["reach"] > NEAR_M), held["owner"], one["latitude"],
         one["longitude"], one["in_town"].astype(np.int32), held["skill"], one["reach"], one["asks"],
         own[held["owner"]], one["idle_days"], np.column_stack((one["longitude"], one["latitude"])).astype(np.float64)],
    )  # fmt: skip
    copy(link, "booking", [new.taken["owner"], new.taken["starts"], new.taken["ends"]])
    for statement in INDEXES.split(";"):
        link.execute(statement)


def cells(latitude, longitude, far):
    """The cell of a place, apart for those who go far."""
    return far * 1_000_000_000 + latitude // CELL * 10_000 + longitude // CELL


def cells_within(latitude: int, longitude: int, scale: float, metres: int, far: bool) -> list[int]:
    """All cells that have a part within so many metres."""
    high, wide = math.ceil(metres / measure.METRES_PER_MICRODEGREE), math.ceil(metres / scale)
    found = []
    for row in range((latitude - high) // CELL, (latitude + high) // CELL + 1):
        north = max(row * CELL - latitude, 0, latitude - (row + 1) * CELL + 1) * measure.METRES_PER_MICRODEGREE
        for column in range((longitude - wide) // CELL, (longitude + wide) // CELL + 1):
            east = max(column * CELL - longitude, 0, longitude - (column + 1) * CELL + 1) * scale
            if north * north + east * east <= metres * metres:
                found.append(int(far) * 1_000_000_000 + row * 10_000 + column)
    return found


def for_shift(shift: Shift, trade: int) -> dict[str, object]:
    """The parameters of PLANS."""
    latitude, longitude = measure.microdegrees(shift.latitude), measure.microdegrees(shift.longitude)
    scale = measure.longitude_scale(shift.latitude)
    high, wide = FAR_M / measure.METRES_PER_MICRODEGREE, FAR_M / scale
    near, far = ((metres, metres > NEAR_M) for metres in (NEAR_M, FAR_M))
    return {
        "trade": trade, "latitude": latitude, "longitude": longitude, "scale": scale,
        "cells": cells_within(latitude, longitude, scale, *near) + cells_within(latitude, longitude, scale, *far),
        "west": longitude - wide, "east": longitude + wide, "south": latitude - high, "north": latitude + high,
        "metres": measure.METRES_PER_MICRODEGREE, "in_town": int(shift.in_town),
        "offered": eligibility.offered(shift), "paid_minutes": min(eligibility.length(shift), 480),
        "starts": measure.minute(shift.starts), "ends": measure.minute(shift.ends),
    }  # fmt: skip


def load_shifts(link: psycopg.Connection, shifts: list[Shift], trades: list[str]) -> None:
    """Shifts in a table of their own."""
    number = {trade: at for at, trade in enumerate(trades)}
    latitude = np.array([measure.microdegrees(one.latitude) for one in shifts])
    longitude = np.array([measure.microdegrees(one.longitude) for one in shifts])
    columns = [
        [number[one.trade] for one in shifts], cells(latitude, longitude, False), range(len(shifts)), latitude,
        longitude, [measure.longitude_scale(one.latitude) for one in shifts], [int(one.in_town) for one in shifts],
        [eligibility.offered(one) for one in shifts], [min(eligibility.length(one), 480) for one in shifts],
        [measure.minute(one.starts) for one in shifts], [measure.minute(one.ends) for one in shifts],
    ]  # fmt: skip
    link.execute(SHIFT_TABLE)
    copy(link, "shift", [np.asarray(column) for column in columns])
    for statement in SHIFT_INDEX.split(";"):
        link.execute(statement)


def for_worker(worker: Worker, number: int, trades: list[str]) -> dict[str, object]:
    """The parameters of SHIFT_QUERY; `number` is the worker's in the table of bookings."""
    latitude, longitude = measure.microdegrees(worker.latitude), measure.microdegrees(worker.longitude)
    reach = worker.reach_m or 0
    north = worker.latitude + reach / 111_195
    return {
        "trades": [trades.index(trade) for trade in worker.trades], "skills": list(worker.trades.values()),
        "latitude": latitude, "longitude": longitude, "metres": measure.METRES_PER_MICRODEGREE,
        "cells": cells_within(latitude, longitude, measure.longitude_scale(north), reach, False),
        "own": sum(own_terms(worker, Weights()).values()), "in_town": int(worker.in_town), "reach": reach,
        "asks": float(worker.accepts_pay_fen or 0), "worker": number,
    }  # fmt: skip
