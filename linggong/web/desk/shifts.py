"""One shift at the desk: who could come, who comes, who came, and what follows for each."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linggong.accounts.permissions import may
from linggong.attendance import operations as attendance
from linggong.attendance import queries as arriving
from linggong.attendance.codes import EARLIEST
from linggong.attendance.models import Attendance
from linggong.dispatch import operations as dispatch
from linggong.dispatch import queries
from linggong.dispatch.models import Offer, Standby
from linggong.dispatch.pool import Suggestion
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.pay import operations as pay
from linggong.posts import operations as posting
from linggong.posts import queries as posts
from linggong.posts.models import Shift
from linggong.web.acting import act_or_say, attempt
from linggong.web.desk import figures
from linggong.web.desk.acts import back, found
from linggong.web.forms import Digits, PlainForm
from linggong.web.guards import staff
from linggong.web.requests import Request
from linggong.workers import queries as workers

CANDIDATES = 12
ANSWERS: dict[str, Callable[[Offer, Viewer, str], object]] = {
    "yes": lambda offer, by, words: dispatch.accept(offer=offer, by=by),
    "no": lambda offer, by, words: dispatch.decline(offer=offer, by=by, reason=Offer.Decline.OTHER, words=words),
    "confirm": lambda offer, by, words: dispatch.confirm(offer=offer, by=by),
    "refuse": lambda offer, by, words: dispatch.refuse(offer=offer, by=by, words=words),
}


class SettleForm(PlainForm):
    """What was worked; what is left empty stays as checked out or as agreed."""

    left_at = forms.DateTimeField(
        label=_("几点走的"),
        required=False,
        help_text=_("不填就按约定的下班时间"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    break_minutes = forms.IntegerField(
        label=_("休息几分钟"), required=False, min_value=0, max_value=1440, widget=Digits()
    )
    pieces = forms.IntegerField(label=_("做了几件"), required=False, min_value=0, max_value=1_000_000, widget=Digits())


@staff
def shifts(request: Request) -> HttpResponse:
    """Shifts until tomorrow evening that still want people, the most urgent first."""
    return render(request, "desk/shifts.html", {"shifts": figures.open_shifts(request.viewer)})


@staff
def shift(request: Request, shift_id: UUID) -> HttpResponse:
    kept = _shift(request, shift_id)
    held = queries.placements(shift=kept)
    context = {
        "shift": kept,
        "job": kept.job,
        "progress": queries.progress(kept),
        "ahead": kept.ends > clock.now(),
        "arriving": kept.starts - EARLIEST <= clock.now() < kept.ends,
        "candidates": _candidates(request, kept),
        "applicants": queries.applicants(shift=kept),
        "asked": list(kept.offers.filter(state=Offer.State.WAITING).order_by("deadline")[:60]),
        "placements": held,
        "standbys": list(kept.standbys.filter(state=Standby.State.WAITING)),
    }
    return render(request, "desk/shift.html", context)


@staff
@require_POST
def ask(request: Request, shift_id: UUID, worker_id: UUID) -> HttpResponse:
    """An offer to one person, who has half an hour to answer."""
    kept = _shift(request, shift_id)
    worker = found(lambda: workers.worker(worker_id, request.viewer))
    done = _t("已经问 %(name)s，半小时内答复。") % {"name": worker.name}
    origin = Offer.Origin.DESK
    act_or_say(request, lambda: dispatch.offer(shift=kept, worker=worker, by=request.viewer, origin=origin), done)
    return back(request, reverse("desk:shift", args=[shift_id]))


@staff
@require_POST
def wave(request: Request, shift_id: UUID) -> HttpResponse:
    kept = _shift(request, shift_id)
    sent = act_or_say(request, lambda: [dispatch.start_waves(shift=kept, by=request.viewer)])
    if sent and sent[0]:
        return _said(request, shift_id, _t("又问了 %(n)s 个人。") % {"n": sent[0].size})
    return _said(request, shift_id, _t("现在没有再问：人已经够了，或者时间太晚。") if sent else "")


@staff
@require_POST
def call_standby(request: Request, shift_id: UUID) -> HttpResponse:
    kept = _shift(request, shift_id)
    called = act_or_say(request, lambda: [dispatch.call_standby(shift=kept, by=request.viewer)])
    if called and called[0]:
        return _said(request, shift_id, _t("已经叫候补 %(name)s。") % {"name": called[0].worker_name})
    return _said(request, shift_id, _t("没有能来的候补。") if called else "")


@staff
@require_POST
def change_places(request: Request, shift_id: UUID) -> HttpResponse:
    kept = _shift(request, shift_id)
    typed = request.POST.get("places", "")
    places = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
    act_or_say(request, lambda: posting.change_places(shift=kept, places=places, by=request.viewer), _t("人数改好了。"))
    return redirect("desk:shift", shift_id)


@staff
@require_POST
def cancel(request: Request, shift_id: UUID) -> HttpResponse:
    kept = _shift(request, shift_id)
    reason = request.POST.get("reason", "")
    done = _t("这一班取消了，定好的人都通知了。")
    act_or_say(request, lambda: dispatch.cancel_shift(shift=kept, by=request.viewer, reason=reason), done)
    return redirect("desk:shift", shift_id)


@staff
@require_POST
def answer(request: Request, offer_id: UUID) -> HttpResponse:
    """What the worker said on the telephone, or the employer about an applicant."""
    offer = found(lambda: queries.offer(offer_id, viewer=request.viewer))
    act, words = ANSWERS.get(request.POST.get("answer", "")), request.POST.get("words", "")
    if act is not None:
        by = request.viewer.acting_for(offer.worker_name)
        act_or_say(request, lambda: act(offer, by, words), _t("记下了。"))
    return back(request, reverse("desk:shift", args=[offer.shift_id]))


@staff
@require_POST
def check_in(request: Request, placement_id: UUID) -> HttpResponse:
    placement = found(lambda: queries.placement(placement_id, viewer=request.viewer))
    way, done = Attendance.Way.CLERK, _t("%(name)s 到了。") % {"name": placement.worker_name}
    act_or_say(request, lambda: attendance.check_in(placement=placement, by=request.viewer, way=way), done)
    return back(request, reverse("desk:shift", args=[placement.shift_id]))


@staff
@require_POST
def decide_missing(request: Request, missing_id: UUID) -> HttpResponse:
    """Arrived after all, excused, or a no-show: by a person, with a reason."""
    missing = found(lambda: arriving.missing(missing_id, viewer=request.viewer))
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "")
    by = request.viewer
    act_or_say(
        request,
        lambda: attendance.decide_missing(missing=missing, decision=decision, by=by, reason=reason),
        _t("记下了，本人会收到消息。"),
    )
    return back(request, reverse("desk:shift", args=[missing.placement.shift_id]))


@staff
@require_POST
def contest(request: Request, missing_id: UUID) -> HttpResponse:
    """A worker's objection to a no-show, taken down at the desk, or the decision about one."""
    missing = found(lambda: arriving.missing(missing_id, viewer=request.viewer))
    reason, by = request.POST.get("reason", ""), request.viewer
    verdict = request.POST.get("verdict", "")
    if verdict:
        upheld, came = verdict in ("came", "excused"), verdict == "came"
        act_or_say(
            request,
            lambda: attendance.decide_contest(missing=missing, upheld=upheld, came=came, by=by, reason=reason),
            _t("裁定记下了，本人会收到消息。"),
        )
    else:
        by = by.acting_for(missing.placement.worker_name)
        act_or_say(request, lambda: attendance.contest(missing=missing, by=by, words=reason), _t("申诉记下了。"))
    return back(request, reverse("desk:shift", args=[missing.placement.shift_id]))


@staff
def placement(request: Request, placement_id: UUID) -> HttpResponse:
    """One person's place: confirm the hours and settle, or cancel it."""
    kept = found(lambda: queries.placement(placement_id, viewer=request.viewer))
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wage = attempt(form, request, lambda: pay.settle(placement=kept, by=request.viewer, **form.cleaned_data))
        if wage:
            return redirect("desk:wage", wage.id)
    came = arriving.attendance_of(kept, viewer=request.viewer)
    context = {"placement": kept, "form": form, "attendance": came, "by_piece": kept.shift.job.pay_unit == "piece"}
    return render(request, "desk/placement.html", context)


@staff
@require_POST
def cancel_placement(request: Request, placement_id: UUID) -> HttpResponse:
    kept = found(lambda: queries.placement(placement_id, viewer=request.viewer))
    side, reason, by = request.POST.get("side", ""), request.POST.get("reason", ""), request.viewer
    cancel_it = dispatch.cancel_by_employer if side == "employer" else dispatch.cancel_by_worker
    act_or_say(request, lambda: cancel_it(placement=kept, by=by, reason=reason), _t("取消了，对方会收到消息。"))
    return redirect("desk:shift", kept.shift_id)


def _shift(request: Request, shift_id: UUID) -> Shift:
    return found(lambda: posts.shift(shift_id, viewer=request.viewer))


def _said(request: Request, shift_id: UUID, sentence: str) -> HttpResponse:
    if sentence:
        messages.success(request, sentence)
    return redirect("desk:shift", shift_id)


def _candidates(request: Request, kept: Shift) -> list[Suggestion]:
    """The best people for a shift that still wants some; who has been asked already is left out."""
    wanted = kept.listed and kept.state == Shift.State.OPEN and kept.taken < kept.places and kept.ends > clock.now()
    if not (wanted and request.viewer.covers(kept.division) and may(request.viewer, "placement.make")):
        return []
    answered = set(Offer.objects.filter(shift=kept).values_list("worker_id", flat=True))
    best = queries.best_workers(shift=kept, viewer=request.viewer, limit=CANDIDATES + len(answered))
    return [each for each in best if each.worker.id not in answered][:CANDIDATES]
