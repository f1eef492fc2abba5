"""派工单: what the market asks me, and what I answer."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linggong.dispatch import operations as dispatching
from linggong.dispatch import queries as dispatch
from linggong.dispatch.models import Offer
from linggong.lib import clock
from linggong.web.acting import act_or_say
from linggong.web.forms import Digits, PlainForm
from linggong.web.guards import worker_only
from linggong.web.requests import Request
from linggong.web.templatetags.ui import language
from linggong.web.worker.jobs import after_yes
from linggong.web.worker.pages import done, found_or_404, me, show, typed
from linggong.web.worker.sketch import sketch
from linggong.web.worker.slips import by_words, sentence

State = Offer.State

ENDED = {
    State.DECLINED: (_("您说了不去"), _("没关系，再看看别的活。")),
    State.REFUSED: (_("这次没选上您"), _("用工方选了别人。我们接着帮您找。")),
    State.PASSED_ON: (_("您介绍给工友了"), _("他答应了，用工方就等他来。")),
    State.EXPIRED: (_("答复的时间过了"), _("没关系，不算失约。要是还想去，看看还有没有名额。")),
    State.WITHDRAWN: (_("这张派工单收回了"), _("人已经招满，或者您那个时间定了别的活。")),
}
"""What became of an offer that is closed: what happened, what is next."""


ORIGINS = {
    Offer.Origin.WAVE: _("是市场按工种、远近、工钱挑的，先问了合适的人。"),
    Offer.Origin.HALL: _("大厅里叫的号。"),
    Offer.Origin.DESK: _("窗口的人推荐了您。"),
    Offer.Origin.NAMED: _("用工方点名要您。"),
    Offer.Origin.APPLICATION: _("您自己报的名。"),
    Offer.Origin.REFERRAL: _("工友介绍的您。"),
    Offer.Origin.STANDBY: _("您排的候补，轮到您了。"),
}


class DeclineForm(PlainForm):
    """Why not."""

    reason = forms.ChoiceField(label=_("为什么不去？"), widget=forms.RadioSelect, choices=Offer.Decline.choices)
    words = forms.CharField(label=_("想说什么都可以写"), max_length=200, required=False)


class MateForm(PlainForm):
    """Who could go instead."""

    mate = forms.CharField(
        label=_("工友的卡号或者手机号"), widget=Digits, max_length=20, help_text=_("他要登记过。我们马上问他去不去。")
    )


@require_GET
@worker_only
def offers(request: Request) -> HttpResponse:
    """What waits for my answer, and what waits for the employer's."""
    live = dispatch.offers_of_worker(worker_id=me(request).id)
    waiting = [offer for offer in live if offer.state == State.WAITING]
    return show(
        request,
        "offers",
        waiting=[(o, sentence(o.shift, o.fit.get("distance_m")), by_words(o.deadline)) for o in waiting],
        applied=[offer for offer in live if offer.state == State.APPLIED],
    )


@require_GET
@worker_only
def offer(request: Request, offer_id: UUID) -> HttpResponse:
    """One offer, open or ended."""
    found = _mine(request, offer_id)
    if found.state == State.ACCEPTED:
        return redirect("worker:shift", found.placement.id)
    state = State.EXPIRED if _is_late(found) else State(found.state)
    return show(request, "offer", state=state, ended=ENDED.get(state), **_told(request, found))


@require_POST
@worker_only
def accept(request: Request, offer_id: UUID) -> HttpResponse:
    """去"""
    found = _mine(request, offer_id)
    answer = act_or_say(request, lambda: dispatching.accept(offer=found, by=request.viewer))
    return after_yes(found.shift_id, answer)


@require_http_methods(["GET", "POST"])
@worker_only
def decline(request: Request, offer_id: UUID) -> HttpResponse:
    """不去, and why."""
    found = _mine(request, offer_id)
    form = DeclineForm(typed(request))
    if done(form, request, lambda: dispatching.decline(offer=found, by=request.viewer, **form.cleaned_data)):
        messages.success(request, _("好的，不去。我们接着帮您找。"))
        return redirect("worker:home")
    return show(request, "decline", form=form, **_told(request, found))


@require_http_methods(["GET", "POST"])
@worker_only
def pass_on(request: Request, offer_id: UUID) -> HttpResponse:
    """介绍给工友"""
    found = _mine(request, offer_id)
    form = MateForm(typed(request))
    if done(
        form,
        request,
        lambda: dispatching.pass_on(offer=found, telephone_or_card=form.cleaned_data["mate"], by=request.viewer),
    ):
        messages.success(request, _("问他了。他去不去，他自己说了算。"))
        return redirect("worker:home")
    return show(request, "pass_on", form=form, **_told(request, found))


def _mine(request: Request, offer_id: UUID) -> Offer:
    """An offer made to me; one that I passed on is my mate's affair."""
    found = found_or_404(lambda: dispatch.offer(offer_id, viewer=request.viewer))
    if found.worker_id != request.viewer.worker_id:
        raise Http404
    return found


def _is_late(found: Offer) -> bool:
    return found.state == State.WAITING and found.deadline is not None and found.deadline < clock.now()


def _told(request: Request, found: Offer) -> dict[str, Any]:
    return {
        "offer": found,
        "shift": found.shift,
        "say": sentence(found.shift, found.fit.get("distance_m")),
        "origin": ORIGINS[Offer.Origin(found.origin)],
        "answer_by": by_words(found.deadline),
        "reason": found.reason_en if language() == "en" else found.reason_zh,
        "sketch": sketch(me(request), found.shift),
    }
