"""The roster of a whole county: 10,000 rows from an Excel file, 200 of them bad, brought twice."""

from datetime import date, timedelta

import pytest

from linggong.foundation.scope import within
from linggong.lib.identity import make_identity_number
from linggong.workers import roster
from linggong.workers.models import RosterImport, Worker
from linggong.workers.roster import Progress
from tests import cast
from tests.workers import sheets

ROWS, EVERY_BAD = 10_000, 50


def _row(place: int) -> list[str]:
    number = make_identity_number("140411", date(1965, 1, 1) + timedelta(days=place), place % 1000)
    bad = place % EVERY_BAD == 0
    spoilt = number[:17] + ("1" if number[17] != "1" else "2") if bad else number
    return [
        str(place),
        "王建国李明芳"[place % 4 : place % 4 + 3],
        spoilt,
        f"138{place:08d}",
        "瓦工、搬运",
        "220",
        "英雄南路",
        "",
    ]


def _bring(rows: list[list[str]]) -> tuple[RosterImport, list[int]]:
    by = cast.clerk()
    opened = roster.open_roster(file=sheets.xlsx(rows), filename="全县.xlsx", by=by)
    roster.set_mapping(roster=opened, mapping=opened.mapping, merge_duplicates=False, by=by)
    waiting = [ROWS]
    while waiting[-1]:
        waiting.append(roster.run_batch(roster_id=opened.id))
    return opened, waiting


@pytest.mark.long
def test_ten_thousand_rows_come_in_once_and_every_bad_one_is_named(committed: None) -> None:
    cast.county()
    rows = [_row(place) for place in range(1, ROWS + 1)]
    bad = [place + 1 for place in range(1, ROWS + 1) if place % EVERY_BAD == 0]
    first, waiting = _bring(rows)
    again, _ = _bring(rows)

    assert waiting == list(range(ROWS, -1, -roster.BATCH))
    with within(cast.clerk()):
        assert roster.progress(first) == Progress(ROWS, ROWS, added=9800, merged=0, known=0, refused=200)
        assert roster.progress(again) == Progress(ROWS, ROWS, added=0, merged=0, known=9800, refused=200)
        refused = roster.refused_rows(first, limit=ROWS)
        assert [row.number for row in refused] == bad
        assert {row.column for row in refused} == {"身份证号码"}
        assert all("校验码" in row.error for row in refused)
        assert Worker.objects.count() == Worker.objects.values("identity_index").distinct().count() == 9800
