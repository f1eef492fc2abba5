"""Rosters from Excel or CSV: what column holds what, progress while it runs, and what came of every row."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from linggong.web.acting import attempt
from linggong.web.desk.acts import found, own_site
from linggong.web.forms import PlainForm
from linggong.web.guards import staff
from linggong.web.requests import Request
from linggong.workers import columns, roster
from linggong.workers.models import RosterImport, RosterRow

A_PAGE = 100
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIELDS = {
    "name": _("姓名"),
    "identity_number": _("身份证号"),
    "telephone": _("电话"),
    "trades": _("工种"),
    "division": _("住在哪里"),
    "address": _("详细住址"),
    "pay": _("想要多少工钱"),
    "wishes": _("想找什么活"),
    "certificates": _("证书"),
    "priority_groups": _("重点群体"),
    "contact_name": _("联系人"),
    "contact_telephone": _("联系人电话"),
    "note": _("备注"),
}


class FileForm(PlainForm):
    file = forms.FileField(label=_("名单文件"), help_text=_("Excel（xlsx）或 CSV，第一行是列名，一行一个人"))


class MappingForm(PlainForm):
    """Which column holds what; the guess is filled in."""

    merge_duplicates = forms.BooleanField(label=_("已经登记过的人，用名单补上空着的项"), required=False, initial=True)

    def __init__(self, *args: Any, kept: RosterImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("没有这一列")), *((str(place), head or "—") for place, head in enumerate(kept.columns))]
        for field in columns.WORDS:
            self.fields[field] = forms.ChoiceField(
                label=FIELDS[field],
                choices=choices,
                required=field in columns.NEEDED,
                initial=str(kept.mapping.get(field, "")),
                error_messages={"required": _("请指出是哪一列。")},
            )
        self.order_fields([*FIELDS, "merge_duplicates"])

    def mapping(self) -> dict[str, int]:
        return {field: int(self.cleaned_data[field]) for field in columns.WORDS if self.cleaned_data[field]}


@staff
def rosters(request: Request) -> HttpResponse:
    """The rosters that came in; sent, a file begins another."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        by, site = request.viewer, own_site(request.viewer)
        made = attempt(form, request, lambda: roster.open_roster(file=file, filename=file.name, by=by, site=site))
        if made:
            return redirect("desk:roster", made.id)
    rows = list(RosterImport.objects.order_by("-created_at")[:50])
    return render(request, "desk/rosters.html", {"rosters": rows, "form": form})


@staff
def one(request: Request, roster_id: UUID) -> HttpResponse:
    """The mapping with the first rows, then the progress, then the result."""
    kept = _roster(roster_id)
    form = MappingForm(request.POST or None, kept=kept)
    if request.method == "POST" and form.is_valid():
        merge, by = form.cleaned_data["merge_duplicates"], request.viewer
        if attempt(
            form,
            request,
            lambda: roster.set_mapping(roster=kept, mapping=form.mapping(), merge_duplicates=merge, by=by),
        ):
            return redirect("desk:roster", roster_id)
    context = {"roster": kept, "progress": roster.progress(kept), "form": form, "refused": roster.refused_rows(kept)}
    if kept.state == RosterImport.State.MAPPING:
        context["preview"] = roster.preview(kept)
    return render(request, "desk/roster.html", context)


@staff
def progress(request: Request, roster_id: UUID) -> HttpResponse:
    """Only what moves; asked for every two seconds."""
    kept = _roster(roster_id)
    done = render(request, "desk/roster_progress.html", {"roster": kept, "progress": roster.progress(kept)})
    if kept.state == RosterImport.State.DONE:
        done["HX-Refresh"] = "true"
    return done


@staff
def people(request: Request, roster_id: UUID, state: str) -> HttpResponse:
    """Whose rows ended in this state."""
    kept = _roster(roster_id)
    if state not in RosterRow.State.values:
        raise Http404(state)
    after = request.GET.get("after", "0")
    rows = kept.rows.filter(state=state, number__gt=int(after) if after.isdecimal() and len(after) < 9 else 0)
    shown = list(rows.select_related("worker").order_by("number")[:A_PAGE])
    context = {
        "roster": kept,
        "rows": shown,
        "label": RosterRow.State(state).label,
        "older": shown[-1].number if len(shown) == A_PAGE else "",
    }
    return render(request, "desk/roster_rows.html", context)


@staff
def errors(request: Request, roster_id: UUID) -> HttpResponse:
    """The refused rows with the reasons, to correct and bring again."""
    sheet = found(lambda: roster.errors_sheet(_roster(roster_id), request.viewer))
    response = HttpResponse(sheet, content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="errors-{roster_id}.xlsx"'
    return response


def _roster(roster_id: UUID) -> RosterImport:
    kept = RosterImport.objects.filter(pk=roster_id).first()
    if kept is None:
        raise Http404("roster")
    return kept
