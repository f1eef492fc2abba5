"""Jobs near me, and one job in full."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from linggong.dispatch import operations as dispatching
from linggong.dispatch import queries as dispatch
from linggong.dispatch.models import Offer
from linggong.dispatch.offers import HARD_REASONS
from linggong.lib import clock, trades
from linggong.matching.eligibility import Reason
from linggong.posts import queries as posts
from linggong.posts.models import Shift
from linggong.posts.records import JobFilter
from linggong.web.acting import act_or_say
from linggong.web.forms import PlainForm
from linggong.web.guards import worker_only
from linggong.web.requests import Request
from linggong.web.templatetags.ui import language
from linggong.web.worker.pages import found_or_404, me, show
from linggong.web.worker.sketch import sketch
from linggong.web.worker.slips import Slip, distance_m, reason, sentence, slip, slip_of
from linggong.workers.models import Worker

A_PAGE = 20

AGAINST = {
    Reason.TRADE: _("这个工种您没登记过。会干就可以报名，也可以先把它加到您的工种里。"),
    Reason.CERTIFICATE: _("这个活要证书，您没有登记，或者证到那天过期了。有证就带到窗口登记一下。"),
    Reason.AGE: _("这个活有年龄规定，您的年龄不合适。"),
    Reason.BLOCKED: _("您和这家用工方说好了不再合作，所以不能报名。要改主意请找窗口。"),
    Reason.TOO_FAR: _("比您说的最远距离还要远。"),
    Reason.PAY: _("工钱比您要的少。"),
    Reason.OVERLAP: _("这个时间您没空：有别的活，或者您登记过这个时间不干。"),
    Reason.NO_CONSENT: _("您现在设的是不接收派工，报名不受影响。"),
}


class FilterForm(PlainForm):
    """What the list is narrowed by; nonsense narrows nothing."""

    trade = forms.ChoiceField(label=_("什么活"), required=False)
    day = forms.ChoiceField(label=_("哪一天"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(code, trades.name(code, language())) for code in trades.TRADES]
        self._choose("trade", [("", _t("所有的活")), *names])
        self._choose("day", [("", _t("哪天都行")), ("0", _t("今天")), ("1", _t("明天")), ("2", _t("后天"))])

    def wanted(self, worker: Worker) -> JobFilter:
        self.is_valid()
        day = self.cleaned_data.get("day")
        return JobFilter(
            trade=self.cleaned_data.get("trade", ""),
            near=(worker.latitude, worker.longitude) if worker.latitude and worker.longitude else None,
            day=clock.today() + timedelta(days=int(day)) if day else None,
        )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


@require_GET
@worker_only
def jobs(request: Request) -> HttpResponse:
    """The best ones with why, then every open one near; narrowed, only those that fit."""
    worker = me(request)
    form = FilterForm(request.GET)
    wanted = form.wanted(worker)
    after = _read_after(request.GET.get("after", ""))
    narrowed = bool(wanted.trade or wanted.day or after)
    best = [] if narrowed else dispatch.best_shifts(worker=worker, limit=A_PAGE)
    shown = posts.public_jobs(wanted, limit=A_PAGE + 1, after=after)
    known = {found.shift.id for found in best}
    others = [_slip_for(worker, shift) for shift in shown[:A_PAGE] if shift.id not in known]
    return show(
        request,
        "jobs",
        form=form,
        narrowed=narrowed,
        best=[slip_of(found) for found in best],
        others=others,
        next_url=_next_url(request, shown) if len(shown) > A_PAGE else "",
    )


@require_GET
@worker_only
def job(request: Request, shift_id: UUID) -> HttpResponse:
    """One job: the sentence, the way, the reasons, and the one thing that can be done about it."""
    worker = me(request)
    shift = found_or_404(lambda: posts.shift(shift_id, viewer=request.viewer))
    standing = dispatch.standing(worker=worker, shift=shift)
    return show(
        request,
        "job",
        shift=shift,
        standing=standing,
        state=_state(standing, shift),
        say=sentence(shift, distance_m(worker, shift)),
        reason=reason(standing.suggestion),
        slip=_slip_for(worker, shift),
        sketch=sketch(worker, shift),
        against=[AGAINST[r] for r in standing.against if r in AGAINST and not (r == Reason.OVERLAP and standing.clash)],
    )


@require_POST
@worker_only
def apply(request: Request, shift_id: UUID) -> HttpResponse:
    """我要去"""
    shift = found_or_404(lambda: posts.shift(shift_id, viewer=request.viewer))
    worker = me(request)
    answer = act_or_say(request, lambda: dispatching.apply(shift=shift, worker=worker, by=request.viewer))
    return after_yes(shift_id, answer)


@require_POST
@worker_only
def stand_by(request: Request, shift_id: UUID) -> HttpResponse:
    """有人来不了就叫我"""
    shift = found_or_404(lambda: posts.shift(shift_id, viewer=request.viewer))
    worker = me(request)
    act_or_say(
        request,
        lambda: dispatching.stand_by(shift=shift, worker=worker, by=request.viewer),
        _("记下了。有人来不了，我们马上叫您。"),
    )
    return redirect("worker:job", shift_id)


def after_yes(shift_id: UUID, answer: dispatching.Answer | None) -> HttpResponse:
    """To the place that is his now, to the offer that waits for the employer, or back to the job with why not."""
    if answer is None:
        return redirect("worker:job", shift_id)
    if answer.placement is not None:
        return redirect("worker:shift", answer.placement.id)
    return redirect("worker:offer", answer.offer.id)


def _state(standing: dispatch.Standing, shift: Shift) -> str:
    """Which of the page's ends is shown."""
    offer = standing.offer
    if standing.placement is not None:
        return "placed"
    if shift.state != Shift.State.OPEN or not shift.listed or shift.ends <= clock.now():
        return "over"
    if offer is not None and offer.state == Offer.State.APPLIED:
        return "applied"
    if standing.clash is not None:
        return "clash"
    if HARD_REASONS & set(standing.against):
        return "barred"
    if shift.taken >= shift.places:
        return "standing_by" if standing.standby else "full"
    return "open"


def _slip_for(worker: Worker, shift: Shift) -> Slip:
    return slip(shift, distance_m(worker, shift))


def _next_url(request: Request, shown: list[Shift]) -> str:
    last = shown[A_PAGE - 1]
    kept = {name: request.GET[name] for name in ("trade", "day") if request.GET.get(name)}
    return "?" + urlencode({**kept, "after": f"{last.starts.isoformat()}_{last.id}"})


def _read_after(text: str) -> tuple[datetime, UUID] | None:
    """The (starts, id) after which the list goes on; what is no such pair begins it anew."""
    starts, _underscore, last = text.partition("_")
    try:
        moment = datetime.fromisoformat(starts)
        return (moment, UUID(last)) if moment.tzinfo and moment.date() > date.min else None
    except ValueError:
        return None
