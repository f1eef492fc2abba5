"""Files as offices hand them in."""

import csv
import io
from collections.abc import Sequence

from xlsxwriter import Workbook

HEAD = ("序号", "姓名", "身份证号码", "手机号", "工种", "期望工资", "家庭住址", "备注")

Cell = str | int | float


def xlsx(rows: Sequence[Sequence[Cell]], head: Sequence[str] = HEAD, title: str = "") -> io.BytesIO:
    """A workbook with texts and numbers; a text that begins with '=' is written as a formula."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([*([[title]] if title else []), head, *rows]):
            sheet.write_row(number, 0, cells)
    file.seek(0)
    return file


def text(rows: Sequence[Sequence[Cell]], encoding: str, head: Sequence[str] = HEAD, delimiter: str = ",") -> io.BytesIO:
    """A CSV file."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([head, *rows])
    return io.BytesIO(file.getvalue().encode(encoding))
