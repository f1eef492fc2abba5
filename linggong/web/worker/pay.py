"""工钱: what is owed, what was paid, and whether it came."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linggong.cases import operations as cases
from linggong.cases.models import Case
from linggong.lib import clock
from linggong.lib.words import day_words
from linggong.pay import operations as paying
from linggong.pay import queries as pays
from linggong.pay.models import Wage
from linggong.web.acting import act_or_say, attempt
from linggong.web.forms import PlainForm
from linggong.web.guards import worker_only
from linggong.web.requests import Request
from linggong.web.templatetags.ui import language
from linggong.web.worker.pages import found_or_404, show, typed

State = Wage.State
WORDS = {
    State.OWED: _("还没给"),
    State.PAID: _("说给了，等您确认"),
    State.RECEIVED: _("收到了"),
    State.DISPUTED: _("没收到，在帮您要"),
}
TO_COME = (State.OWED, State.DISPUTED)


class NotReceivedForm(PlainForm):
    words = forms.CharField(
        label=_("用工方怎么说的？"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_GET
@worker_only
def pay(request: Request) -> HttpResponse:
    """Everything that was earned, the latest first, and how much of it is still to come."""
    wages = pays.wages_of_worker(viewer=request.viewer)
    return show(
        request,
        "pay",
        today=clock.today(),
        wages=[(wage, WORDS[State(wage.state)]) for wage in wages],
        to_come_fen=sum(wage.left_fen or wage.owed_fen for wage in wages if wage.state in TO_COME),
        to_confirm_fen=sum(wage.owed_fen for wage in wages if wage.state == State.PAID),
    )


@require_GET
@worker_only
def wage(request: Request, wage_id: UUID) -> HttpResponse:
    """One wage: how it was worked out, what was paid, what comes next."""
    found = _mine(request, wage_id)
    case = found.placement.cases.filter(kind=Case.Kind.ARREARS).order_by("-created_at").first()
    return show(
        request, "wage", today=clock.today(), wage=found, lines=[_line(line) for line in found.lines], case=case
    )


@require_POST
@worker_only
def received(request: Request, wage_id: UUID) -> HttpResponse:
    """收到了"""
    found = _mine(request, wage_id)
    act_or_say(request, lambda: paying.confirm_receipt(wage=found, by=request.viewer), _("好，记下了：钱收到了。"))
    return redirect("worker:wage", found.id)


@require_http_methods(["GET", "POST"])
@worker_only
def not_received(request: Request, wage_id: UUID) -> HttpResponse:
    """没收到: starts what has to happen, and says so."""
    found = _mine(request, wage_id)
    form = NotReceivedForm(typed(request))
    if form.is_valid():
        words = form.cleaned_data["words"]
        case = attempt(form, request, lambda: cases.dispute_wage(wage=found, by=request.viewer, words=words))
        if case is not None:
            by_when = day_words(case.due_on, clock.today(), language())
            messages.success(request, _t("我们接手了。用工方马上会接到通知，%(day)s 前给您办结。") % {"day": by_when})
            return redirect("worker:wage", found.id)
    return show(request, "not_received", form=form, wage=found)


def _mine(request: Request, wage_id: UUID) -> Wage:
    return found_or_404(lambda: pays.wage(wage_id, viewer=request.viewer))


def _line(line: dict[str, Any]) -> dict[str, Any]:
    """One row of the reckoning: '天数 1 × 220 元 = 220 元'."""
    count = Decimal(line["count"]).normalize()
    return {"label": line[f"label_{language()}"], "count": f"{count:f}", "unit": line["unit_fen"], "sum": line["fen"]}
