"""After the work: hours or pieces for everybody at once, corrected where somebody differs."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from linggong.dispatch import queries as placing
from linggong.dispatch.models import Placement
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.pay import operations as pay
from linggong.posts.models import Job, Shift
from linggong.web.acting import attempt
from linggong.web.employer.pages import show
from linggong.web.employer.side import of_placement, of_shift
from linggong.web.forms import Digits, PlainForm, TimeOfDay
from linggong.web.requests import Request
from linggong.workers.models import PayUnit


class WorkForm(PlainForm):
    """One person's work; what is left empty is as agreed."""

    left_at = forms.TimeField(label=_("几点走的？"), required=False, widget=TimeOfDay)
    break_minutes = forms.IntegerField(
        label=_("休息了几分钟？"), required=False, min_value=0, max_value=1440, widget=Digits()
    )
    pieces = forms.IntegerField(
        label=_("做了几件？"), required=False, min_value=0, max_value=1_000_000, widget=Digits()
    )

    def __init__(self, *args: Any, placement: Placement, shift: Shift, **kwargs: Any) -> None:
        super().__init__(*args, prefix=str(placement.id), **kwargs)
        self.placement, self.shift = placement, shift
        by_piece = shift.job.pay_unit == PayUnit.PIECE
        for name in ["left_at", "break_minutes"] if shift.job.kind == Job.Kind.PIECEWORK else []:
            del self.fields[name]
        if not by_piece:
            del self.fields["pieces"]

    def clean_left_at(self) -> datetime | None:
        typed: time | None = self.cleaned_data["left_at"]
        if typed is None:
            return None
        begins = clock.local(self.shift.starts)
        left = datetime.combine(begins.date(), typed, clock.SHANGHAI)
        return left if left >= begins else left + timedelta(days=1)

    @property
    def by_piece(self) -> bool:
        return "pieces" in self.fields


@require_http_methods(["GET", "POST"])
@of_shift
def hours(request: Request, shift: Shift, by: Viewer) -> HttpResponse:
    """Everybody who came, as agreed unless said otherwise; one touch confirms them all."""
    came = [held for held in placing.placements(shift=shift) if held.state == Placement.State.ARRIVED]
    typed = request.POST if request.method == "POST" else None
    rows = [WorkForm(typed, placement=held, shift=shift) for held in came]
    if request.method == "POST":
        chosen = set(request.POST.getlist("who"))
        settled = sum(_settle(row, request, by) for row in rows if str(row.placement.id) in chosen)
        if settled:
            words = ngettext("%(n)s 个人的工时定了，工钱算好了。", "%(n)s 个人的工时定了，工钱算好了。", settled)
            messages.success(request, words % {"n": settled})
        if not any(row.errors for row in rows if str(row.placement.id) in chosen):
            return redirect("employer:shift_pay" if settled else "employer:hours", shift.id)
        rows = [row for row in rows if row.placement.state != Placement.State.FINISHED]
    unticked = [held for held in placing.placements(shift=shift) if held.state == Placement.State.CONFIRMED]
    return show(request, "hours", shift=shift, rows=rows, unticked=unticked, early=shift.ends > clock.now())


@require_http_methods(["GET", "POST"])
@of_placement
def correct(request: Request, placement: Placement, by: Viewer) -> HttpResponse:
    """Hours that were confirmed wrongly; possible until something is paid or disputed."""
    form = WorkForm(request.POST or None, placement=placement, shift=placement.shift)
    if request.method == "POST" and form.is_valid():
        wage = attempt(form, request, lambda: pay.settle(placement=placement, by=by, **form.cleaned_data))
        if wage:
            messages.success(request, _t("改好了，%(name)s 会收到消息。") % {"name": placement.worker_name})
            return redirect("employer:wage", wage.id)
    back = reverse("employer:person", args=[placement.id])
    return show(request, "correct", form=form, placement=placement, shift=placement.shift, back=back)


def _settle(row: WorkForm, request: Request, by: Viewer) -> bool:
    if not row.is_valid():
        return False
    held, worked = row.placement, row.cleaned_data
    if attempt(row, request, lambda: pay.settle(placement=held, by=by, **worked)) is None:
        return False
    row.placement.state = Placement.State.FINISHED
    return True
