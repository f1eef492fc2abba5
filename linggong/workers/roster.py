"""Rosters: a file comes in, its columns are checked, its rows are settled in small batches, what is refused goes back.

A row is settled once, in one transaction with the worker it makes, so the work may stop anywhere and go on; the same
file again doubles nothing, because the person is known by the identity number.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Count
from django.utils.translation import gettext as _

from linggong.accounts.permissions import require
from linggong.audit.operations import record
from linggong.foundation.scope import within
from linggong.foundation.viewer import EVERYWHERE, Viewer, system
from linggong.lib.text import plain
from linggong.places.models import Site
from linggong.workers import columns, sheets
from linggong.workers.errors import OutsideScope, ValueRefused
from linggong.workers.models import RosterImport, RosterRow
from linggong.workers.reading import division_of
from linggong.workers.settling import settle

BATCH = 200
TRIES = 3
State = RosterRow.State


@dataclass(frozen=True)
class Progress:
    """How far a roster is, in rows."""

    total: int
    done: int
    added: int
    merged: int
    known: int
    refused: int


def open_roster(
    *, file: BinaryIO, filename: str, by: Viewer, site: Site | None = None, division: str = ""
) -> RosterImport:
    """Read the file, keep its rows sealed, guess its columns. People without a place are of `division`, else of `by`'s.

    Raises SheetRefused where the file is no table with people in it.
    """
    require(by, "worker.import")
    lines = sheets.read_lines(file.read(sheets.MOST_BYTES + 1))
    place = columns.find_head(lines)
    head, people = lines[place].cells, lines[place + 1 :]
    if not people:
        raise sheets.SheetRefused(_("表头下面没有一行人员。"))
    with within(by):
        roster = RosterImport.objects.create(
            division=_area(by, division),
            site=site,
            filename=plain(filename)[-120:],
            columns=head,
            mapping=columns.guess(head),
            by_account=by.account_id,
            by_name=by.name,
        )
        RosterRow.objects.bulk_create(
            [
                RosterRow(roster=roster, division=roster.division, number=line.number, cells=json.dumps(line.cells))
                for line in people
            ],
            batch_size=1000,
        )
        record("roster.opened", by=by, about=roster, division=roster.division, rows=len(people))
    return roster


def set_mapping(
    *, roster: RosterImport, mapping: Mapping[str, int], merge_duplicates: bool, by: Viewer
) -> RosterImport:
    """Say which column holds what (field to column, from 0) and let the import begin."""
    require(by, "worker.import")
    chosen = {field: column for field, column in mapping.items() if field in columns.WORDS}
    _refuse_mapping(chosen, len(roster.columns))
    with within(by):
        kept = RosterImport.objects.select_for_update().get(id=roster.id)
        if kept.state != RosterImport.State.MAPPING:
            raise ValueRefused(_("这份名单已经开始导入。"))
        kept.mapping, kept.merge_duplicates, kept.state = chosen, merge_duplicates, RosterImport.State.RUNNING
        kept.save(update_fields=["mapping", "merge_duplicates", "state"])
        record("roster.started", by=by, about=kept, division=kept.division, merge=merge_duplicates)
    return kept


def run_batch(*, roster_id: UUID, size: int = BATCH) -> int:
    """Settle the next rows in one transaction; return how many wait still."""
    for _attempt in range(TRIES - 1):
        try:
            return _batch(roster_id, size)
        except IntegrityError:  # somebody registered one of these people at this moment: now they are known
            continue
    return _batch(roster_id, size)


def run_waiting(size: int = BATCH) -> int:
    """One batch of every roster that is under way; return how many rows were settled."""
    with within(system("roster")):
        running = list(RosterImport.objects.filter(state=RosterImport.State.RUNNING).order_by("created_at"))
        before = {roster.id: _waiting(roster) for roster in running}
    return sum(before[roster.id] - run_batch(roster_id=roster.id, size=size) for roster in running)


def progress(roster: RosterImport) -> Progress:
    """How far it is."""
    counted = roster.rows.order_by().values_list("state").annotate(rows=Count("id"))
    rows: dict[str, int] = dict(counted)
    total = sum(rows.values())
    return Progress(
        total=total,
        done=total - rows.get(State.WAITING, 0),
        added=rows.get(State.ADDED, 0),
        merged=rows.get(State.MERGED, 0),
        known=rows.get(State.KNOWN, 0),
        refused=rows.get(State.REFUSED, 0),
    )


def preview(roster: RosterImport, limit: int = 5) -> list[list[str]]:
    """The first rows as they came, long numbers masked."""
    rows = roster.rows.all()[:limit]
    return [[_masked(cell) for cell in _cells(row)] for row in rows if row.cells]


def refused_rows(roster: RosterImport, limit: int = 50, after: int = 0) -> list[RosterRow]:
    """What was refused, in the order of the file, from row `after` on."""
    return list(roster.rows.filter(state=State.REFUSED, number__gt=after)[:limit])


def errors_sheet(roster: RosterImport, by: Viewer) -> bytes:
    """An xlsx file of the refused rows with the reason, to correct and bring again. Who took it is recorded."""
    require(by, "worker.import")
    head = [_("行号"), _("哪一列"), _("原因"), *roster.columns]
    with within(by):
        refused = roster.rows.filter(state=State.REFUSED)
        rows = [[str(row.number), row.column, row.error, *_cells(row)] for row in refused]
        record("roster.refused_rows_taken", by=by, about=roster, division=roster.division, rows=len(rows))
    return sheets.write_sheet(head, rows)


def _area(by: Viewer, division: str) -> str:
    """Where the people of a roster live, unless a row says more."""
    area = division_of(division or ("" if by.division == EVERYWHERE else by.division or "")).code
    if not by.covers(area):
        raise OutsideScope
    return area


def _refuse_mapping(mapping: Mapping[str, int], width: int) -> None:
    if any(field not in mapping for field in columns.NEEDED):
        raise ValueRefused(_("请指出哪一列是姓名、哪一列是身份证号。"), field="mapping")
    if any(not isinstance(column, int) or not 0 <= column < width for column in mapping.values()):
        raise ValueRefused(_("请从表里的列中选。"), field="mapping")
    if len(set(mapping.values())) < len(mapping):
        raise ValueRefused(_("同一列不能用两次，请核对。"), field="mapping")


def _batch(roster_id: UUID, size: int) -> int:
    actor = system("roster")
    with within(actor):
        roster = RosterImport.objects.select_for_update().get(id=roster_id)
        if roster.state != RosterImport.State.RUNNING:
            return 0
        rows = list(roster.rows.filter(state=State.WAITING)[:size])
        settle(roster, rows, by=replace(actor, account_id=roster.by_account).acting_for(roster.by_name))
        left = _waiting(roster)
        if not left:
            roster.state = RosterImport.State.DONE
            roster.save(update_fields=["state"])
            record("roster.done", by=actor, about=roster, division=roster.division)
    return left


def _waiting(roster: RosterImport) -> int:
    return roster.rows.filter(state=State.WAITING).count()


def _cells(row: RosterRow) -> Sequence[str]:
    cells: list[str] = json.loads(row.cells.open())
    return cells


def _masked(cell: str) -> str:
    return re.sub(r"([0-9]{3})[0-9]{4,}([0-9]{3}[0-9Xx])", r"\1****\2", cell)
