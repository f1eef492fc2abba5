"""Cases at the desk: what somebody must settle by a day."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linggong.cases import operations, queries
from linggong.cases.models import Case
from linggong.web.acting import act_or_say, attempt
from linggong.web.desk.acts import found
from linggong.web.forms import PlainForm, YuanField
from linggong.web.guards import staff
from linggong.web.requests import Request


class SettleForm(PlainForm):
    recovered_fen = YuanField(label=_("追回多少"), required=False, allow_zero=True)
    text = forms.CharField(label=_("怎么办结的"), max_length=500, help_text=_("本人会看到"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recovered_fen"].initial = case.claim_fen


@staff
def cases(request: Request) -> HttpResponse:
    """What is not settled, the most urgent first."""
    return render(request, "desk/cases.html", {"cases": queries.open_cases(viewer=request.viewer, limit=200)})


@staff
def case(request: Request, case_id: UUID) -> HttpResponse:
    """The case with its evidence; sent, it settles it."""
    kept = found(lambda: queries.case(case_id, viewer=request.viewer))
    form = SettleForm(request.POST or None, case=kept)
    if request.method == "POST" and form.is_valid():
        recovered, text = form.cleaned_data["recovered_fen"] or 0, form.cleaned_data["text"]
        if attempt(
            form,
            request,
            lambda: operations.settle(case=kept, by=request.viewer, recovered_fen=recovered, text=text),
        ):
            return redirect("desk:case", case_id)
    return render(request, "desk/case.html", {"case": kept, "form": form})


@staff
@require_POST
def take(request: Request, case_id: UUID) -> HttpResponse:
    kept = found(lambda: queries.case(case_id, viewer=request.viewer))
    act_or_say(request, lambda: operations.take(case=kept, by=request.viewer), _t("由您受理，本人收到了消息。"))
    return redirect("desk:case", case_id)


@staff
@require_POST
def step(request: Request, case_id: UUID) -> HttpResponse:
    kept = found(lambda: queries.case(case_id, viewer=request.viewer))
    text = request.POST.get("text", "")
    act_or_say(request, lambda: operations.add_step(case=kept, by=request.viewer, text=text), _t("记下了。"))
    return redirect("desk:case", case_id)
