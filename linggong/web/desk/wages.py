"""Wages at the desk: what is late, what an employer says was paid, what a worker says came."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linggong.audit import queries as audit
from linggong.audit.operations import once
from linggong.cases import operations as cases
from linggong.pay import operations, queries
from linggong.pay.models import Payment, Wage
from linggong.web.acting import act_or_say, attempt
from linggong.web.desk.acts import RequestKey, found
from linggong.web.forms import PlainForm, YuanField
from linggong.web.guards import staff
from linggong.web.requests import Request


class PaymentForm(PlainForm):
    """A payment that an employer tells of."""

    request_key = RequestKey()
    amount_fen = YuanField(label=_("付了多少"))
    way = forms.ChoiceField(label=_("怎么付的"), choices=Payment.Way.choices)
    reference = forms.CharField(label=_("单号或说明"), max_length=60, required=False)

    def __init__(self, *args: Any, wage: Wage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount_fen"].initial = wage.left_fen


@staff
def wages(request: Request) -> HttpResponse:
    """What should have been paid by now, the longest due first."""
    return render(request, "desk/wages.html", {"wages": queries.overdue(viewer=request.viewer, limit=200)})


@staff
def wage(request: Request, wage_id: UUID) -> HttpResponse:
    kept = found(lambda: queries.wage(wage_id, viewer=request.viewer))
    form = PaymentForm(request.POST or None, wage=kept)
    if request.method == "POST" and form.is_valid():
        paid = attempt(form, request, lambda: _pay(form, kept, request))
        if paid:
            return redirect("desk:wage", wage_id)
    shift = kept.placement.shift
    context = {"wage": kept, "form": form, "shift": shift, "trail": audit.of_object(wage_id, limit=12)}
    return render(request, "desk/wage.html", context)


@staff
@require_POST
def received(request: Request, wage_id: UUID) -> HttpResponse:
    """The worker says at the window or on the telephone that it came."""
    kept = found(lambda: queries.wage(wage_id, viewer=request.viewer))
    act_or_say(request, lambda: operations.confirm_receipt(wage=kept, by=request.viewer), _t("记下了：本人收到了。"))
    return redirect("desk:wage", wage_id)


@staff
@require_POST
def dispute(request: Request, wage_id: UUID) -> HttpResponse:
    """The worker says it did not come; a case begins."""
    kept = found(lambda: queries.wage(wage_id, viewer=request.viewer))
    words = request.POST.get("words", "")
    case = act_or_say(request, lambda: cases.dispute_wage(wage=kept, by=request.viewer, words=words))
    return redirect("desk:case", case.id) if case else redirect("desk:wage", wage_id)


def _pay(form: PaymentForm, kept: Wage, request: Request) -> str:
    data = dict(form.cleaned_data)
    key = data.pop("request_key")
    return str(
        once(
            key,
            {"wage": kept.id, **data},
            by=request.viewer,
            act=lambda: str(operations.record_payment(wage=kept, by=request.viewer, **data).id),
        )
    )
