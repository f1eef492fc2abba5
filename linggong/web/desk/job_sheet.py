"""Jobs from Excel: one job a row, read by the same form as on the screen; what is wrong is said row by row."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from linggong.audit.operations import once
from linggong.lib import clock
from linggong.lib.text import plain
from linggong.posts import operations
from linggong.posts.models import Job
from linggong.web.acting import attempt
from linggong.web.desk.acts import own_site
from linggong.web.desk.job_form import JobForm
from linggong.web.forms import PlainForm
from linggong.web.guards import staff
from linggong.web.requests import Request
from linggong.workers.models import PayUnit
from linggong.workers.sheets import MOST_BYTES, Line, SheetRefused, read_lines, write_sheet

COLUMNS = (
    "employer", "trade", "title", "pay", "pay_unit", "settlement", "spot", "place_name", "day", "starts", "ends",
    "places", "break_minutes", "bring", "contact_name", "contact_telephone", "description",
)  # fmt: skip
USUAL = {"kind": "shift", "days": "1", "pay_unit": "day", "settlement": "daily"}
CHOICES = {"pay_unit": PayUnit.choices, "settlement": Job.Settlement.choices}
MOST_ROWS = 200
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(PlainForm):
    file = forms.FileField(label=_("岗位表"), help_text=_("Excel（xlsx）或 CSV，第一行是列名，一行一个岗位"))


@dataclass(frozen=True)
class Outcome:
    """What came of one row: the job, or why there is none."""

    number: int
    title: str
    job_id: UUID | None
    problems: list[str]


@staff
def sheet(request: Request) -> HttpResponse:
    """Every row that is right becomes a job; the same sheet again makes none twice."""
    form = SheetForm(request.POST or None, request.FILES or None)
    outcomes: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(MOST_BYTES + 1)
        outcomes = attempt(form, request, lambda: list(post_rows(content, request))) or []
    return render(request, "desk/job_sheet.html", {"form": form, "outcomes": outcomes})


@staff
def template(request: Request) -> HttpResponse:
    """An empty sheet with its columns and one row as an example."""
    tomorrow = str(clock.today() + timedelta(days=1))
    example = {"trade": "装卸搬运工", "pay": "220", "pay_unit": "一天", "settlement": "日结", "day": tomorrow}
    example |= {"employer": "华丰建材", "spot": "马厂镇", "place_name": "东门口"}
    example |= {"starts": "07:30", "ends": "17:30", "places": "5", "break_minutes": "60"}
    head = [str(JobForm.base_fields[name].label) for name in COLUMNS]
    response = HttpResponse(write_sheet(head, [[example.get(name, "") for name in COLUMNS]]), content_type=SHEET)
    response["Content-Disposition"] = 'attachment; filename="jobs.xlsx"'
    return response


def post_rows(content: bytes, request: Request) -> Iterator[Outcome]:
    """Raises SheetRefused where the file is no table of jobs."""
    head, *lines = read_lines(content)
    known = _heads()
    columns = {known[name]: place for place, name in enumerate(map(plain, head.cells)) if name in known}
    if "employer" not in columns or "pay" not in columns:
        raise SheetRefused(_("没有认出列名，请用下载的空表来填。"))
    if not 0 < len(lines) <= MOST_ROWS:
        raise SheetRefused(_("一次要有 1 到 200 行岗位。"))
    for line in lines:
        yield _post(line, columns, request)


def _post(line: Line, columns: Mapping[str, int], request: Request) -> Outcome:
    typed = {name: line.cells[place] for name, place in columns.items() if place < len(line.cells)}
    form = JobForm(USUAL | {name: _value(name, text) for name, text in typed.items() if text}, viewer=request.viewer)
    made = attempt(form, request, lambda: _once(form, typed, request)) if form.is_valid() else None
    title = typed.get("title") or typed.get("trade", "")
    return Outcome(line.number, title, UUID(made) if made else None, list(_problems(form)))


def _problems(form: JobForm) -> Iterator[str]:
    for name, sentences in form.errors.items():
        label = f"{form.fields[name].label}：" if name in form.fields else ""
        yield from (f"{label}{sentence}" for sentence in sentences)


def _once(form: JobForm, typed: Mapping[str, str], request: Request) -> str:
    """The id of the row's job; a row that came before keeps its job."""
    by, new, site = request.viewer, form.new(), own_site(request.viewer)
    key = "sheet:" + hashlib.sha256(repr(sorted(typed.items())).encode()).hexdigest()
    return str(
        once(key, typed, by=by, act=lambda: str(operations.post(new=new, by=by, source=Job.Source.SHEET, site=site).id))
    )


def _heads() -> dict[str, str]:
    """The words that may head a column, in both languages, and the field that each means."""
    found: dict[str, str] = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            found |= {str(JobForm.base_fields[name].label): name for name in COLUMNS}
    return found


def _value(name: str, text: str) -> str:
    """A choice may be written in words of either language."""
    for language in ("en", "zh-hans"):
        with translation.override(language):
            named = {str(label).lower(): value for value, label in CHOICES.get(name, ())}
        if plain(text).lower() in named:
            return str(named[plain(text).lower()])
    return text
