"""A roster comes in: every person once, every bad row with its reason, whatever happens on the way."""

import io
from collections.abc import Sequence
from typing import Any

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.audit.models import Entry
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib.errors import Refusal
from linggong.workers import queries, roster
from linggong.workers.models import Consent, RosterImport, RosterRow, Worker
from linggong.workers.sheets import SheetRefused, read_lines
from tests import cast
from tests.workers import sheets


@pytest.fixture(autouse=True)
def a_county(db: None) -> None:
    cast.county()


def person(name: str = "王建国", number: str = "", **cells: Any) -> list[Any]:
    known = {"telephone": cast.telephone(), "trades": "瓦工", "pay": "220", "address": "", "note": ""} | cells
    return ["", name, number or cast.identity_number(), *known.values()]


def bring(rows: Sequence[Sequence[Any]], by: Viewer | None = None, merge: bool = False, **options: Any) -> RosterImport:
    """Open, map as guessed, and import to the end."""
    by = by or cast.clerk()
    opened = roster.open_roster(file=sheets.xlsx(rows, **options), filename="名单.xlsx", by=by)
    roster.set_mapping(roster=opened, mapping=opened.mapping, merge_duplicates=merge, by=by)
    while roster.run_batch(roster_id=opened.id):
        pass
    return opened


def outcome(opened: RosterImport) -> tuple[int, int, int, int]:
    with within(cast.clerk()):
        told = roster.progress(opened)
    assert told.total == told.done
    return told.added, told.merged, told.known, told.refused


def errors(opened: RosterImport) -> list[tuple[int, str, str]]:
    with within(cast.clerk()):
        return [(row.number, row.column, row.error) for row in roster.refused_rows(opened)]


def people() -> list[Worker]:
    with within(system("test")):
        return list(Worker.objects.prefetch_related("trades").order_by("card_number"))


def test_a_row_becomes_a_worker_with_all_it_says() -> None:
    bring(
        [
            person(
                name="王建国", telephone=13835512345, trades="瓦工、搬运，看大门", pay="220元/天", address="英雄南路2号"
            )
        ]
    )
    (worker,) = people()
    assert (worker.name, worker.telephone.open(), worker.address.open()) == ("王建国", "13835512345", "英雄南路2号")
    assert (worker.pay_asked_fen, worker.pay_unit) == (22000, "day")
    assert {"bricklayer", "loader"} <= {row.trade for row in worker.trades.all()}
    assert (worker.division, worker.source) == (cast.COUNTY, "roster")
    with within(cast.clerk()):
        assert queries.search("wjg", cast.clerk()) == [worker]
        assert Consent.objects.get().version.startswith("roster")


@pytest.mark.parametrize(
    ("written", "pay"),
    [
        ("", (None, "day")), ("面议", (None, "day")), ("200-250", (20000, "day")), (4000, (400000, "month")),
        ("25/小时", (2500, "hour")), ("1,500元/月", (150000, "month")), ("３００", (30000, "day")),
    ],
)  # fmt: skip
def test_pay_is_read_as_it_is_written(written: str | int, pay: tuple[int | None, str]) -> None:
    bring([person(pay=written)])
    assert [(worker.pay_asked_fen, worker.pay_unit) for worker in people()] == [pay]


@pytest.mark.parametrize("village", ["马厂镇", "马厂"])
def test_a_place_within_the_area_is_found_by_name(village: str) -> None:
    bring([[*person(), village]], head=(*sheets.HEAD, "乡镇"))
    assert [worker.division for worker in people()] == [cast.TOWN]


BAD = [
    (person(name=""), "姓名"),
    (person(name="=1+1"), "姓名"),
    (person(number="140411197005010011"), "身份证号码"),
    (person(number="140411700501001"), "身份证号码"),
    (person(telephone="138"), "手机号"),
    (person(trades=""), "工种"),
    (person(trades="宇航员"), "工种"),
    (person(pay="-5"), "期望工资"),
    (person(pay="9" * 30), "期望工资"),
]


@pytest.mark.parametrize(("row", "column"), BAD, ids=[f"{column}{n}" for n, (_, column) in enumerate(BAD)])
def test_a_bad_row_is_refused_with_its_column_and_the_others_come_in(row: list[Any], column: str) -> None:
    opened = bring([row, person()])
    ((number, at, sentence),) = errors(opened)
    assert (number, at) == (2, column)
    assert sentence
    assert len(people()) == 1


def test_a_number_that_excel_has_spoilt_is_told_so() -> None:
    opened = bring([person(number=140411197005010018)])  # type: ignore[arg-type]
    ((_, column, sentence),) = errors(opened)
    assert column == "身份证号码"
    assert "文本" in sentence


def test_the_same_file_again_doubles_nothing() -> None:
    rows = [person(), person(name="李四"), person(name="")]
    assert outcome(bring(rows)) == (2, 0, 0, 1)
    assert outcome(bring(rows)) == (0, 0, 2, 1)
    assert len(people()) == 2


def test_a_person_who_stands_in_the_file_twice_is_one_worker() -> None:
    row = person(number=(number := cast.identity_number()))
    again = person(number=" ".join([number[:6], number[6:]]))
    assert outcome(bring([row, person(), again])) == (2, 0, 1, 0)


def test_on_request_a_known_person_is_completed_but_not_overwritten() -> None:
    known = cast.worker("王建国", ("loader",), telephone="13835512345", pay_asked_fen=None)
    row = person("王建国", known.identity_number.open(), telephone="13900001111", address="英雄南路2号")
    assert outcome(bring([row])) == (0, 0, 1, 0)
    assert outcome(bring([row], merge=True)) == (0, 1, 0, 0)
    (worker,) = people()
    assert worker.telephone.open() == "13835512345"
    assert (worker.address.open(), worker.pay_asked_fen) == ("英雄南路2号", 22000)
    assert {trade.trade for trade in worker.trades.all()} == {"loader", "bricklayer"}
    assert outcome(bring([row], merge=True)) == (0, 0, 1, 0)


def test_somebody_registered_elsewhere_stays_there_untouched() -> None:
    known = cast.worker(division=cast.NEIGHBOUR)
    opened = bring([person(number=known.identity_number.open(), address="英雄南路2号")], merge=True)
    assert outcome(opened) == (0, 0, 1, 0)
    with within(cast.clerk()):
        row = RosterRow.objects.get()
    assert row.worker_id is None
    assert "上党区" in row.error


def test_the_refused_rows_come_back_as_a_sheet_to_correct() -> None:
    opened = bring([person(), person(name="=cmd|' /C calc'!A0", note="补录")])
    sheet = roster.errors_sheet(opened, cast.clerk())
    head, row = read_lines(sheet)
    assert head.cells[:5] == ["行号", "哪一列", "原因", *sheets.HEAD[:2]]
    assert (row.cells[0], row.cells[1]) == ("3", "姓名")
    corrected = [[*row.cells[3:4], "李四", *row.cells[5:]]]
    assert outcome(bring(corrected)) == (1, 0, 0, 0)


def test_taking_the_refused_rows_is_recorded() -> None:
    opened = bring([person(name="")])
    roster.errors_sheet(opened, cast.clerk())
    with within(cast.clerk()):
        acts = set(Entry.objects.filter(object_id=opened.id).values_list("act", flat=True))
    assert {"roster.opened", "roster.started", "roster.refused_rows_taken"} <= acts


def test_nothing_happens_before_the_columns_are_confirmed() -> None:
    opened = roster.open_roster(file=sheets.xlsx([person()]), filename="a.xlsx", by=cast.clerk())
    assert roster.run_batch(roster_id=opened.id) == 0
    assert people() == []


def test_the_preview_masks_numbers() -> None:
    row = person(number=(number := cast.identity_number()), telephone="13835512345")
    opened = roster.open_roster(file=sheets.xlsx([row]), filename="a.xlsx", by=cast.clerk())
    with within(cast.clerk()):
        (shown,) = roster.preview(opened)
        assert number not in str(list(RosterRow.objects.values()))
    assert shown[1:5] == ["王建国", f"140****{number[-4:]}", "138****2345", "瓦工"]


@pytest.mark.parametrize(
    "mapping",
    [
        {},
        {"name": 1},
        {"name": 1, "identity_number": 1},
        {"name": 1, "identity_number": 99},
        {"name": -1, "identity_number": 2},
    ],
)
def test_a_mapping_that_cannot_be_is_refused(mapping: dict[str, int]) -> None:
    opened = roster.open_roster(file=sheets.xlsx([person()]), filename="a.xlsx", by=cast.clerk())
    with pytest.raises(Refusal):
        roster.set_mapping(roster=opened, mapping=mapping, merge_duplicates=False, by=cast.clerk())


def test_a_table_without_people_is_refused() -> None:
    with pytest.raises(SheetRefused):
        roster.open_roster(file=sheets.xlsx([]), filename="a.xlsx", by=cast.clerk())
    with pytest.raises(SheetRefused):
        roster.open_roster(file=io.BytesIO(b"\x89PNG\x00"), filename="a.png", by=cast.clerk())


def test_only_clerks_import_and_only_into_their_division() -> None:
    with pytest.raises(NotAllowed):
        roster.open_roster(file=sheets.xlsx([person()]), filename="a", by=Viewer(role="auditor", division=cast.COUNTY))
    with pytest.raises(Refusal):
        roster.open_roster(file=sheets.xlsx([person()]), filename="a", by=cast.clerk(), division=cast.NEIGHBOUR)


def test_the_cells_of_a_settled_person_do_not_stay_behind() -> None:
    bring([person(), person(name="")])
    with within(cast.clerk()):
        kept = {row.state: bool(row.cells) for row in RosterRow.objects.all()}
    assert kept == {"added": False, "refused": True}


def test_a_batch_that_fails_settles_nothing_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    by = cast.clerk()
    opened = roster.open_roster(file=sheets.xlsx([person(), person(), person()]), filename="a.xlsx", by=by)
    roster.set_mapping(roster=opened, mapping=opened.mapping, merge_duplicates=False, by=by)
    assert roster.run_batch(roster_id=opened.id, size=1) == 2
    with monkeypatch.context() as broken:
        broken.setattr("linggong.workers.keeping.record", _raise)
        with pytest.raises(RuntimeError):
            roster.run_batch(roster_id=opened.id)
    assert len(people()) == 1
    assert roster.run_waiting() == 2
    assert outcome(opened) == (3, 0, 0, 0)


def _raise(*_: object, **__: object) -> None:
    raise RuntimeError("the audit is away")
