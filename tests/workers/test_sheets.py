"""Whatever file somebody hands in, it is read or refused with a sentence."""

import io
import zipfile

import pytest

from linggong.workers import columns
from linggong.workers.sheets import MOST_ROWS, SheetRefused, read_lines, write_sheet
from tests.workers import sheets

ROW = ["1", "王建国", "140411197005010018", "13835512345", "瓦工", "220", "英雄南路", ""]


@pytest.mark.parametrize(
    "file",
    [
        sheets.xlsx([ROW]),
        sheets.text([ROW], "utf-8-sig"),
        sheets.text([ROW], "utf-8"),
        sheets.text([ROW], "gb18030"),
        sheets.text([ROW], "utf-16"),
        sheets.text([ROW], "gb18030", delimiter="\t"),
        sheets.text([ROW], "utf-8", delimiter=";"),
    ],
)
def test_the_same_table_comes_out_of_every_kind_of_file(file: io.BytesIO) -> None:
    head, row = read_lines(file.read())
    assert (head.number, head.cells) == (1, list(sheets.HEAD))
    assert (row.number, row.cells) == (2, ROW)


def test_numbers_come_out_as_they_are_shown() -> None:
    (row,) = read_lines(sheets.xlsx([], head=[13835512345, 220.5, 1.0]).read())  # type: ignore[list-item]
    assert row.cells == ["13835512345", "220.5", "1"]


def test_a_number_that_lost_its_last_digits_shows_it() -> None:
    (row,) = read_lines(sheets.xlsx([], head=[140411197005010018]).read())  # type: ignore[list-item]
    assert row.cells == ["1.40411E+17"]


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers() -> None:
    lines = read_lines(sheets.xlsx([ROW, ["", " "], ROW]).read())
    assert [line.number for line in lines] == [1, 2, 4]


def _zip(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def _far_away() -> bytes:
    """A workbook with one cell in its very last corner."""
    made = sheets.xlsx([ROW])
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'<c r="A1"', b'<c r="XFD1048576"')
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n\n",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n\x00\xff\xfe\xff",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken",
        _zip(readme=b"no workbook"),
        _zip(xl__workbook=b"<broken", xl__worksheets__sheet1=b"<"),
        _zip(bomb=b"0" * (210 * 1024 * 1024)),
        _far_away(),
        b"a" * (21 * 1024 * 1024),
        b'"' + b"a" * 200_000,
        b"a\n" * (MOST_ROWS + 1),
        b"\xff\xff\xff\xff",
    ],
    ids=lambda content: f"{content[:4]!r} and so on, {len(content)} bytes",
)
def test_a_wrong_file_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_lines(content)
    assert refused.value.field == "file"
    assert str(refused.value)


def test_what_is_written_is_text_whatever_it_begins_with() -> None:
    written = write_sheet(["原因"], [["=HYPERLINK(1)"], ["@SUM(A1)"], ["-1+1"], ["{=1}"], ["https://example.org"]])
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"<hyperlink" not in sheet
    assert [line.cells[0] for line in read_lines(written)][1:3] == ["=HYPERLINK(1)", "@SUM(A1)"]


def test_columns_are_understood_by_their_heads() -> None:
    head = [
        "序号",
        "姓 名",
        "性别",
        "公民身份号码",
        "联系电话",
        "村（社区）",
        "会干的活(工种)",
        "期望日薪（元）",
        "联系人电话",
    ]
    assert columns.guess(head) == {
        "name": 1, "identity_number": 3, "telephone": 4, "division": 5, "trades": 6, "pay": 7, "contact_telephone": 8,
    }  # fmt: skip


def test_the_head_is_found_below_a_title() -> None:
    lines = read_lines(sheets.xlsx([ROW], title="马厂镇零工人员花名册").read())
    assert columns.find_head(lines) == 1
