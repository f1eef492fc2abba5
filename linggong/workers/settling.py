"""Settles rows of a roster: a new person is registered, a known one left alone or completed, a bad row refused."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from linggong.audit.operations import record
from linggong.foundation.viewer import Viewer, system
from linggong.lib.errors import Refusal
from linggong.workers import consent, keeping, queries
from linggong.workers.models import RosterImport, RosterRow, Worker
from linggong.workers.reading import Draft, division_of, read
from linggong.workers.records import NewWorker
from linggong.workers.roster_rows import Places, Table, read_row

SOURCE = "roster"
COLUMN_OF = {"pay_asked_fen": "pay", "pay_unit": "pay"}
COMPLETED = ("telephone", "address", "wishes", "pay_asked_fen", "contact_name", "contact_telephone")
State = RosterRow.State


def settle(roster: RosterImport, rows: Sequence[RosterRow], *, by: Viewer) -> None:
    """Settle each row; one that names a person a second time waits until the first is settled. Needs an open scope.

    IntegrityError where somebody else registers one of these people meanwhile.
    """
    read_rows = _read_all(roster, rows)
    known = _known(read_rows)
    fresh: list[tuple[RosterRow, Draft]] = []
    for index, (row, new, draft) in read_rows.items():
        if index in known:
            _settle_known(roster, row, new, known[index], by)
        else:
            fresh.append((row, draft))
    kept = keeping.keep([d for _, d in fresh], by=by, site=roster.site, source=SOURCE, shown=consent.ROSTER)
    for (row, _), worker in zip(fresh, kept, strict=True):
        _settle(row, State.ADDED, worker)
    settled = ["state", "column", "error", "worker", "cells"]  # an upsert: much quicker than Django's bulk_update
    RosterRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=settled)


def _read_all(roster: RosterImport, rows: Sequence[RosterRow]) -> dict[str, tuple[RosterRow, NewWorker, Draft]]:
    """The readable rows by the index of their person, the first of each; the unreadable are refused."""
    table = Table(roster.mapping, roster.columns, roster.division, Places(roster.division))
    found: dict[str, tuple[RosterRow, NewWorker, Draft]] = {}
    for row in rows:
        try:
            new = read_row(json.loads(row.cells.open()), table)
            draft = read(new, division_of(new.division))
        except Refusal as refusal:
            _refuse(roster, row, refusal)
        else:
            found.setdefault(keeping.identity_index(draft.identity_number), (row, new, draft))
    return found


def _known(read_rows: dict[str, Any]) -> dict[str, Worker]:
    registered = Worker.objects.filter(identity_index__in=list(read_rows)).prefetch_related("trades", "certificates")
    return {worker.identity_index: worker for worker in registered}


def _settle_known(roster: RosterImport, row: RosterRow, new: NewWorker, worker: Worker, by: Viewer) -> None:
    covered = worker.division.startswith(roster.division)
    added = _what_is_new(worker, new) if covered and roster.merge_duplicates else {}
    if not added:
        _settle(row, State.KNOWN, worker if covered else None)
        row.error = queries.found(worker, system("roster", roster.division)).sentence
        return
    keeping.change(worker, read(replace(keeping.as_typed(worker), **added), division_of(worker.division)))
    record("worker.merged", by=by, about=worker, division=worker.division, fields=sorted(added))
    _settle(row, State.MERGED, worker)


def _what_is_new(worker: Worker, new: NewWorker) -> dict[str, Any]:
    """What the row says and the registration does not; where both say something, the registration holds."""
    old = keeping.as_typed(worker)
    added = {field: getattr(new, field) for field in COMPLETED if getattr(new, field) and not getattr(old, field)}
    if "pay_asked_fen" in added:
        added["pay_unit"] = new.pay_unit
    for field in ("trades", "certificates"):
        have = {code for code, _ in getattr(old, field)}
        if more := tuple(pair for pair in getattr(new, field) if pair[0] not in have):
            added[field] = getattr(old, field) + more
    if more_groups := set(new.priority_groups) - set(old.priority_groups):
        added["priority_groups"] = (*old.priority_groups, *more_groups)
    return added


def _settle(row: RosterRow, state: str, worker: Worker | None) -> None:
    """What became of a person is kept with the person; the row's own copy goes."""
    row.state, row.worker, row.cells = state, worker, ""


def _refuse(roster: RosterImport, row: RosterRow, refusal: Refusal) -> None:
    field = COLUMN_OF.get(refusal.field or "", refusal.field)
    column = roster.mapping.get(field)
    row.state, row.error = State.REFUSED, str(refusal)[:200]
    row.column = roster.columns[column][:40] if column is not None else ""
