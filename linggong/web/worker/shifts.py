"""我的活: where and when, arriving, leaving, cancelling, and what comes after."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linggong.attendance import operations as attending
from linggong.attendance.codes import EARLIEST
from linggong.dispatch import operations as dispatching
from linggong.dispatch import queries as dispatch
from linggong.dispatch.models import Placement
from linggong.followups import operations as followups
from linggong.followups.models import Rating
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.posts import queries as posts
from linggong.posts.models import Job
from linggong.web.acting import act_or_say
from linggong.web.guards import worker_only
from linggong.web.requests import Request
from linggong.web.worker.forms import CancelForm, CodeForm, ContestForm, PositionForm, RateForm
from linggong.web.worker.pages import done, found_or_404, me, show, typed
from linggong.web.worker.sketch import sketch
from linggong.web.worker.slips import Slip, distance_m, slip
from linggong.workers.models import Worker

State = Placement.State


@dataclass(frozen=True)
class Hold:
    """One place that the worker has, with what he may do about it now."""

    placement: Placement
    slip: Slip
    telephone: str
    cancel_until: datetime
    may_cancel: bool
    may_arrive: bool
    arrive_from: datetime


def hold(placement: Placement, viewer: Viewer, worker: Worker | None = None) -> Hold:
    now, shift = clock.now(), placement.shift
    until, opens = dispatching.may_cancel_until(placement), shift.starts - EARLIEST
    confirmed = placement.state == State.CONFIRMED
    at_home = shift.job.kind == Job.Kind.PIECEWORK
    return Hold(
        placement=placement,
        slip=slip(shift, distance_m(worker, shift) if worker else None),
        telephone=dispatch.contact_telephone(placement, viewer=viewer),
        cancel_until=until,
        may_cancel=confirmed and now <= until,
        may_arrive=confirmed and not at_home and opens <= now <= shift.ends,
        arrive_from=opens,
    )


@require_GET
@worker_only
def shifts(request: Request) -> HttpResponse:
    """What is to come, and what was."""
    worker = me(request)
    upcoming = dispatch.placements_of_worker(worker_id=worker.id, upcoming=True)
    past = dispatch.placements_of_worker(worker_id=worker.id, upcoming=False)
    return show(
        request,
        "shifts",
        upcoming=[hold(placement, request.viewer, worker) for placement in upcoming],
        past=[(placement, slip(placement.shift)) for placement in past],
    )


@require_GET
@worker_only
def shift(request: Request, placement_id: UUID) -> HttpResponse:
    """One place: everything about the day, and the one next act."""
    placement = _mine(request, placement_id)
    worker = me(request)
    rated = placement.ratings.filter(side=Rating.Side.WORKER).first()
    return show(
        request,
        "shift",
        hold=hold(placement, request.viewer, worker),
        placement=placement,
        shift=placement.shift,
        job=placement.shift.job,
        sketch=sketch(worker, placement.shift),
        attendance=getattr(placement, "attendance", None),
        missing=getattr(placement, "missing", None),
        wage=getattr(placement, "wage", None),
        rated=rated,
        may_rate=rated is None and placement.state in followups.WORKED and clock.now() > placement.starts,
    )


@require_http_methods(["GET", "POST"])
@worker_only
def cancel(request: Request, placement_id: UUID) -> HttpResponse:
    """去不了了"""
    placement = _mine(request, placement_id)
    form = CancelForm(typed(request))
    if done(
        form,
        request,
        lambda: dispatching.cancel_by_worker(placement=placement, by=request.viewer, reason=form.words),
    ):
        messages.success(request, _("取消了，用工方已经知道。我们接着帮您找。"))
        return redirect("worker:shifts")
    return show(request, "cancel", form=form, hold=hold(placement, request.viewer))


@require_http_methods(["GET", "POST"])
@worker_only
def arrived(request: Request, placement_id: UUID) -> HttpResponse:
    """我到了: how to scan the site's code, or type it."""
    placement = _mine(request, placement_id)
    form = CodeForm(typed(request))
    if done(
        form,
        request,
        lambda: attending.check_in_by_code(
            shift_id=placement.shift_id, code=form.cleaned_data["code"].lower(), by=request.viewer
        ),
    ):
        messages.success(request, _("签到了，好好干，注意安全。"))
        return redirect("worker:shift", placement.id)
    return show(request, "arrived", form=form, hold=hold(placement, request.viewer))


@require_http_methods(["GET", "POST"])
@worker_only
def arrive(request: Request, shift_id: UUID, code: str) -> HttpResponse:
    """Where the site's code leads: one button."""
    shift = found_or_404(lambda: posts.shift(shift_id, viewer=request.viewer))
    if request.method == "POST":
        position = PositionForm(request.POST).position()
        attendance = act_or_say(
            request,
            lambda: attending.check_in_by_code(shift_id=shift_id, code=code, by=request.viewer, **position),
            _("签到了，好好干，注意安全。"),
        )
        if attendance is not None:
            return redirect("worker:shift", attendance.placement_id)
        return redirect("worker:arrive", shift_id, code)
    return show(request, "arrive", shift=shift, slip=slip(shift))


@require_POST
@worker_only
def leave(request: Request, placement_id: UUID) -> HttpResponse:
    """下工了"""
    placement = _mine(request, placement_id)
    act_or_say(
        request,
        lambda: attending.check_out(placement=placement, by=request.viewer),
        _("记下了您下工的时间。用工方确认以后就算工钱。"),
    )
    return redirect("worker:shift", placement.id)


@require_http_methods(["GET", "POST"])
@worker_only
def contest(request: Request, placement_id: UUID) -> HttpResponse:
    """记错了，我要申诉"""
    placement = _mine(request, placement_id)
    missing = getattr(placement, "missing", None)
    if missing is None:
        return redirect("worker:shift", placement.id)
    form = ContestForm(typed(request))
    if done(
        form,
        request,
        lambda: attending.contest(missing=missing, by=request.viewer, words=form.cleaned_data["words"]),
    ):
        messages.success(request, _("收到了。市场会去核实，有结果就告诉您。"))
        return redirect("worker:shift", placement.id)
    return show(request, "contest", form=form, missing=missing, hold=hold(placement, request.viewer))


@require_http_methods(["GET", "POST"])
@worker_only
def rate(request: Request, placement_id: UUID) -> HttpResponse:
    """这家怎么样"""
    placement = _mine(request, placement_id)
    form = RateForm(typed(request))
    if done(
        form,
        request,
        lambda: followups.rate(placement=placement, side=Rating.Side.WORKER, by=request.viewer, **form.cleaned_data),
    ):
        messages.success(request, _("谢谢您说实话，市场会看。"))
        return redirect("worker:shift", placement.id)
    return show(request, "rate", form=form, hold=hold(placement, request.viewer))


def _mine(request: Request, placement_id: UUID) -> Placement:
    return found_or_404(lambda: dispatch.placement(placement_id, viewer=request.viewer))
