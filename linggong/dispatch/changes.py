"""The log of everything that bears on matching, written by the database itself, and reading on in it.

Triggers add an entry for every worker and shift a statement touches (migration 0003), so no operation can forget it.
A reader keeps the snapshot it has read up to and asks for the entries of transactions which that snapshot did not
show. Positions alone would not do: a transaction may take a lower position and commit later.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

KEPT_HOURS = 48
"""Longer than a day: whoever was last here on another day loads anew."""
MANY = 20_000
"""More entries than this are not worth reading one by one."""

_NEWS = """
SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned()::text::bigint,
       (SELECT coalesce(max(position), 0) FROM dispatch_change), count(*), bool_or(kind = 'all'),
       array_agg(DISTINCT about) FILTER (WHERE kind = 'worker'),
       array_agg(DISTINCT about) FILTER (WHERE kind = 'shift'),
       array_agg(DISTINCT about) FILTER (WHERE xid = pg_current_xact_id_if_assigned())
FROM (
    SELECT kind, about, xid FROM dispatch_change
    WHERE xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot) AND NOT pg_visible_in_snapshot(xid, %(seen)s::pg_snapshot)
    LIMIT %(limit)s
) news
"""


@dataclass(frozen=True)
class Snapshot:
    """Which transactions a reader has seen: all below `xmin`, none from `xmax` on, and none of those `running`."""

    xmin: int
    xmax: int
    running: frozenset[int]

    def __str__(self) -> str:
        return f"{self.xmin}:{self.xmax}:{','.join(map(str, sorted(self.running)))}"

    def settled(self, xid: int) -> bool:
        """Whether the transaction was over, one way or the other."""
        return xid < self.xmin or (xid < self.xmax and xid not in self.running)


@dataclass(frozen=True)
class News:
    """Entries a reader has not seen. Those in `own` belong to the reader's own transaction `xid`, which may fail yet.

    `everything` says that there is too much to follow one by one.
    """

    snapshot: Snapshot
    position: int
    workers: frozenset[UUID]
    shifts: frozenset[UUID]
    own: frozenset[UUID]
    xid: int | None
    everything: bool


def now() -> Snapshot:
    """What this transaction sees at the moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned()::text::bigint")
        text, own = cursor.fetchone()
    return read_snapshot(text, own)


def since(seen: Snapshot, *, limit: int = MANY) -> News:
    """What has come since a snapshot; entries of the own transaction come every time until it ends."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, {"seen": str(seen), "limit": limit})
        text, xid, position, count, rewritten, workers, shifts, own = cursor.fetchone()
    return News(
        snapshot=read_snapshot(text, xid),
        position=position,
        workers=frozenset(workers or ()),
        shifts=frozenset(shifts or ()),
        own=frozenset(own or ()),
        xid=xid,
        everything=bool(rewritten) or count >= limit,
    )


def read_snapshot(text: str, own: int | None) -> Snapshot:
    """PostgreSQL's text of a snapshot. It leaves the own transaction out of those that run; here it is one of them."""
    xmin, xmax, running = text.split(":")
    others = {int(xid) for xid in running.split(",") if xid}
    return Snapshot(int(xmin), int(xmax), frozenset(others | {own} if own and own < int(xmax) else others))


def trim() -> int:
    """Entries older than two days go. Called by the background work."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM dispatch_change WHERE made_at < now() - make_interval(hours => %s)", [KEPT_HOURS])
        return int(cursor.rowcount)
