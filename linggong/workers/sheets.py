"""Tables out of files as people have them: Excel (xlsx, xls, ods), and CSV as Excel writes it in China."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from math import isfinite

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError
from xlsxwriter import Workbook

from linggong.lib.errors import Refusal
from linggong.lib.text import plain

MOST_BYTES = 20 * 1024 * 1024
MOST_BYTES_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 60
LONGEST_CELL = 500
EXACT = 10**15
"""Excel keeps 15 digits of a number; of a longer one the last digits are lost."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LAST_ROW = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{6,})"|<c r="([A-Z]{3})')


class SheetRefused(Refusal):
    """The file is no table that can be read."""

    code = "sheet_refused"

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence, field="file")


@dataclass(frozen=True)
class Line:
    """A row that is not empty, with its number in the sheet (from 1)."""

    number: int
    cells: list[str]


def read_lines(content: bytes) -> list[Line]:
    """Every row of the first sheet that holds anything. Raises SheetRefused."""
    if not content:
        raise SheetRefused(_("这个文件是空的。"))
    if len(content) > MOST_BYTES:
        raise SheetRefused(_("文件太大了，最多 20 MB，请分成几个文件。"))
    rows = _workbook(content) if content.startswith((_ZIP, _OLE)) else _text(content)
    lines = [line for number, row in enumerate(rows, 1) if any((line := _line(number, row)).cells)]
    if not lines:
        raise SheetRefused(_("表里没有内容。"))
    if len(lines) > MOST_ROWS:
        raise SheetRefused(_("一次最多导入五万行，请分成几个文件。"))
    return lines


def _line(number: int, cells: Sequence[object]) -> Line:
    return Line(number, [_cell(cell)[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]])


def _workbook(content: bytes) -> Sequence[Sequence[object]]:
    try:
        if content.startswith(_ZIP):
            _refuse_bombs(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = (book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names)
        return next((rows for rows in sheets if rows), [])
    except PasswordError:
        raise SheetRefused(_("这个文件加了密码，请去掉密码再上传。")) from None
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise SheetRefused(_("打不开这个文件，请用 Excel 另存为 xlsx 或 CSV 再上传。")) from None


def _refuse_bombs(content: bytes) -> None:
    """A few bytes may unpack to very many, and one cell far outside asks for the memory of all before it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES_UNPACKED:
            raise SheetRefused(_("文件太大了，最多 20 MB，请分成几个文件。"))
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet") and _LAST_ROW.search(archive.read(name)):
                raise SheetRefused(_("表太大了：请删掉数据下面和右边的空行空列，再上传。"))


def _text(content: bytes) -> Sequence[Sequence[object]]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise SheetRefused(_("打不开这个文件，请用 Excel 另存为 xlsx 或 CSV 再上传。")) from None


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetRefused(_("这不是 Excel 或 CSV 文件，请换一个文件。"))


def _cell(value: object) -> str:
    """As the person sees it in the sheet."""
    match value:
        case bool():
            return "是" if value else "否"
        case float() | int():
            return _number(value)
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return plain(str(value))


def _number(value: float) -> str:
    if not isfinite(value):
        return ""
    if abs(value) >= EXACT:
        return f"{value:.5E}"
    return str(int(value)) if value == int(value) else repr(value)


def write_sheet(head: list[str], rows: Iterable[list[str]]) -> bytes:
    """An xlsx file in which every cell is a text, whatever it begins with."""
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for row, cells in enumerate([head, *rows]):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text)
    return target.getvalue()
