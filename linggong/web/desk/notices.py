"""What the desk must know, and calling a card number to a window."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import may, require
from linggong.foundation.viewer import Viewer
from linggong.notices import operations, queries
from linggong.notices.models import Notice
from linggong.web.acting import attempt
from linggong.web.desk.acts import reach
from linggong.web.forms import Digits, PlainForm
from linggong.web.guards import staff
from linggong.web.requests import Request
from linggong.workers import queries as workers


class CallForm(PlainForm):
    card = forms.IntegerField(label=_("卡号"), min_value=1, max_value=999_999_999, widget=Digits())
    window = forms.IntegerField(label=_("几号窗口"), min_value=1, max_value=99, initial=1, widget=Digits())


@staff
def notices(request: Request) -> HttpResponse:
    """The latest messages; sent, the form calls a card number in the hall."""
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        card, window = form.cleaned_data["card"], form.cleaned_data["window"]
        if attempt(form, request, lambda: call_out(card, window, request.viewer)):
            return redirect("desk:notices")
    context = {
        "notices": queries.desk_notices(viewer=request.viewer, limit=60),
        "calls": queries.hall_calls(reach(request.viewer)),
        "form": form,
        "may_call": may(request.viewer, "placement.make"),
    }
    return render(request, "desk/notices.html", context)


def call_out(card: int, window: int, by: Viewer) -> bool:
    """The hall names the number, never the person. Raises NotFound for a card that nobody here holds."""
    require(by, "placement.make")
    worker = workers.by_card(card, by)
    operations.send(
        "call_out",
        _t("请卡号 %(card)s 到 %(window)s 号窗口") % {"card": card, "window": window},
        recipient=Notice.Recipient.DESK,
        recipient_id=None,
        division=reach(by) or worker.division,
        channels=(Notice.Channel.HALL,),
        about_id=worker.id,
        path=f"/desk/workers/{worker.id}/",
    )
    return True
