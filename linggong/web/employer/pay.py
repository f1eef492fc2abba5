"""工钱: what is owed for which work, paying one or all, and whether it has come."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from linggong.audit.operations import once
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.pay import operations
from linggong.pay.models import Payment, Wage
from linggong.posts.models import Shift
from linggong.web.acting import attempt
from linggong.web.desk.acts import RequestKey
from linggong.web.employer.board import TO_PAY, money
from linggong.web.employer.pages import show
from linggong.web.employer.side import READER, of_payment, of_shift, of_wage, own
from linggong.web.forms import PlainForm, YuanField
from linggong.web.guards import employer_only
from linggong.web.requests import Request
from linggong.web.templatetags.ui import language

A_PAGE = 60
KINDS = {".jpg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf"}


class PayAllForm(PlainForm):
    """How a day's wages were paid."""

    request_key = RequestKey()
    way = forms.ChoiceField(label=_("怎么付的？"), choices=Payment.Way.choices, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("单号或说明"), max_length=60, required=False, help_text=_("如转账单号，以后好查。")
    )
    receipt = forms.FileField(label=_("凭据的照片"), required=False, help_text=_("JPG、PNG 或 PDF，最多 5 MB。"))


class PayForm(PayAllForm):
    """A payment to one person, whole or in part."""

    amount_fen = YuanField(label=_("付了多少？"))
    field_order = ["amount_fen", "way", "reference", "receipt"]


@dataclass(frozen=True)
class Day:
    """The unpaid wages of one shift."""

    shift: Shift
    wages: list[Wage]

    @property
    def left_fen(self) -> int:
        return sum(wage.left_fen for wage in self.wages)


@require_GET
@employer_only
def pay(request: Request) -> HttpResponse:
    """To be paid, shift by shift; then what waits for the worker's word, and what is done."""
    before = _moment(request.GET.get("before", ""))
    with within(READER):
        wages = Wage.objects.filter(own(request.viewer, "placement__shift__job__")).select_related(
            "placement__shift__job"
        )
        unpaid = wages.filter(state__in=TO_PAY, paid_fen__lt=F("owed_fen"))
        due = list(unpaid.order_by("placement__shift__starts", "placement__shift_id", "worker_name")[:200])
        rest = wages.exclude(pk__in=[wage.pk for wage in due])
        older = rest.filter(created_at__lt=before) if before else rest
        paid = list(older.order_by("-created_at", "-id")[:A_PAGE])
    days = [Day(shift, list(rows)) for shift, rows in groupby(due, key=lambda wage: wage.placement.shift)]
    next_page = paid[-1].created_at.isoformat() if len(paid) == A_PAGE else ""
    return show(
        request, "pay", days=days, paid=paid, money=money(request.viewer), older=next_page, first=before is None
    )


@require_http_methods(["GET", "POST"])
@of_shift
def shift_pay(request: Request, shift: Shift, by: Viewer) -> HttpResponse:
    """What each earned and why, and one touch to say that all were paid."""
    wages = list(Wage.objects.filter(placement__shift=shift).order_by("worker_name", "id"))
    unpaid = [wage for wage in wages if wage.left_fen and wage.state in TO_PAY]
    form = PayAllForm(request.POST or None, request.FILES or None, initial={"way": _usual_way()})
    ticked = set(request.POST.getlist("wage")) if request.method == "POST" else {str(wage.id) for wage in unpaid}
    if request.method == "POST" and form.is_valid():
        chosen = [wage for wage in unpaid if str(wage.id) in ticked]
        if not chosen:
            form.add_error(None, _t("还没有打勾。付了谁，就在名字前面打勾。"))
        elif attempt(form, request, lambda: _pay(form, [(wage, wage.left_fen) for wage in chosen], by)):
            return _said(request, len(chosen), "employer:shift_pay", shift.id)
    rows = [(wage, [line_words(line) for line in wage.lines], str(wage.id) in ticked) for wage in wages]
    left_fen = sum(wage.left_fen for wage in unpaid)
    return show(request, "shift_pay", shift=shift, rows=rows, unpaid=unpaid, left_fen=left_fen, form=form)


@require_http_methods(["GET", "POST"])
@of_wage
def wage(request: Request, wage: Wage, by: Viewer) -> HttpResponse:
    """One wage: how it was worked out, what was paid, what the worker says."""
    form = PayForm(
        request.POST or None, request.FILES or None, initial={"amount_fen": wage.left_fen, "way": _usual_way()}
    )
    if request.method == "POST" and form.is_valid():
        amount = form.cleaned_data["amount_fen"]
        if attempt(form, request, lambda: _pay(form, [(wage, amount)], by)):
            return _said(request, 1, "employer:wage", wage.id)
    return show(
        request,
        "wage",
        wage=wage,
        shift=wage.placement.shift,
        lines=[line_words(line) for line in wage.lines],
        payments=wage.payments.all(),
        form=form,
        payable=bool(wage.left_fen) and wage.state in TO_PAY,
        correctable=wage.state == Wage.State.OWED and not wage.paid_fen,
    )


@require_GET
@of_payment
def receipt(request: Request, payment: Payment, by: Viewer) -> HttpResponse:
    """The picture of a receipt, for the side that put it there."""
    name = payment.receipt.name or ""
    kind = KINDS.get(Path(name).suffix)
    if kind is None or not payment.receipt.storage.exists(name):
        raise Http404
    answer = FileResponse(payment.receipt.open(), content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer  # type: ignore[return-value]


def line_words(line: dict[str, Any]) -> dict[str, Any]:
    """One row of the reckoning: '天数 1 × 220 元 = 220 元'."""
    count = Decimal(line["count"]).normalize()
    return {"label": line[f"label_{language()}"], "count": f"{count:f}", "unit": line["unit_fen"], "sum": line["fen"]}


# ------------------------------------------------------------------ parts


def _usual_way() -> str:
    """As it was paid the last time, of what the open scope reaches."""
    last = Payment.objects.order_by("-created_at").first()
    return last.way if last else Payment.Way.WECHAT


def _pay(form: PayAllForm, sums: list[tuple[Wage, int]], by: Viewer) -> int:
    """Record a payment for each wage, all or none; the same form sent twice pays once. How many were recorded."""
    data, upload = form.cleaned_data, form.cleaned_data["receipt"]
    typed = {
        "sums": [(wage.id, amount) for wage, amount in sums],
        "way": data["way"],
        "reference": data["reference"],
        "receipt": upload.size if upload else 0,
    }

    def act() -> int:
        for wage, amount in sums:
            operations.record_payment(
                wage=wage,
                amount_fen=amount,
                way=data["way"],
                reference=data["reference"],
                receipt=_again(upload),
                by=by,
            )
        return len(sums)

    return int(once(data["request_key"], typed, by=by, act=act))


def _again(upload: "UploadedFile[bytes] | None") -> "UploadedFile[bytes] | None":
    """The same picture for the next wage, from its beginning."""
    if upload is not None:
        upload.seek(0)
    return upload


def _said(request: Request, count: int, route: str, id: UUID) -> HttpResponse:
    words = ngettext(
        "记下了 %(n)s 笔付款，工人会收到消息，等他们说收到。",
        "记下了 %(n)s 笔付款，工人会收到消息，等他们说收到。",
        count,
    )
    messages.success(request, words % {"n": count})
    return redirect(route, id)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
