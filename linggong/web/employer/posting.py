"""发布 and 再招一次: typed, looked at with the market and the rules beside it, posted."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from linggong.audit.operations import once
from linggong.employers.models import Employer
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.posts import operations, queries
from linggong.posts.models import Job
from linggong.posts.records import MarketView
from linggong.web.acting import attempt
from linggong.web.desk.acts import RequestKey, found
from linggong.web.desk.reading import read_trade
from linggong.web.employer.job_form import ELSEWHERE, FORMS, JobForm, as_typed
from linggong.web.employer.pages import me, show
from linggong.web.employer.side import of_job, side
from linggong.web.forms import Day, Digits, PlainForm
from linggong.web.guards import employer_only
from linggong.web.requests import Request
from linggong.workers.models import PayUnit


class RepeatForm(PlainForm):
    """Yesterday's job again: the day, and how many this time."""

    request_key = RequestKey()
    day = forms.DateField(label=_("哪天？"), widget=Day)
    places = forms.IntegerField(label=_("要几个人？"), min_value=1, max_value=500, widget=Digits())


@require_http_methods(["GET", "POST"])
@employer_only
def new(request: Request) -> HttpResponse:
    """The form; then the same as workers will read it, with the market and the rules; then it is posted."""
    employer = me(request)
    kind = request.POST.get("kind") or request.GET.get("kind") or Job.Kind.SHIFT
    form_class = FORMS.get(kind, FORMS[Job.Kind.SHIFT])
    if request.method == "GET":
        return _ask(request, form_class(employer=employer, initial=_earlier(request)))
    form = form_class(request.POST, employer=employer)
    if "change" in request.POST:
        return _ask(request, form_class(employer=employer, initial=_as_sent(request, form)))
    if not form.is_valid():
        return _ask(request, form)
    if "post" in request.POST:
        made = attempt(form, request, lambda: _post(form, request))
        return _posted(request, made) if made else _ask(request, form)
    seen = attempt(form, request, lambda: [queries.preview(form.new())])
    return _check(request, form, seen[0]) if seen is not None else _ask(request, form)


@require_GET
@employer_only
def market(request: Request) -> HttpResponse:
    """How many fitting people there are and what such work pays, while the job is still being typed."""
    employer = me(request)
    elsewhere = request.GET.get("where") == ELSEWHERE and request.GET.get("division", "").isdecimal()
    where = request.GET["division"] if elsewhere else employer.division
    unit = request.GET.get("pay_unit", PayUnit.PIECE)
    try:
        seen = queries.market_view(read_trade(request.GET.get("trade", "")), where, unit)
    except Refusal:
        seen = None
    return show(request, "parts/market", market=seen, unit=_unit(unit))


@require_http_methods(["GET", "POST"])
@of_job
def repeat(request: Request, job: Job, by: Viewer) -> HttpResponse:
    """再招一次: two touches, the number changed between them."""
    usual = {"day": _next_day(job), "places": next(iter(job.shifts.all())).places}
    form = RepeatForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, request, lambda: _repeat(form, job, by))
        if made:
            return _posted(request, made)
    days = [("today", clock.today()), ("tomorrow", clock.today() + timedelta(days=1))]
    return show(request, "repeat", form=form, job=job, days=days)


# ------------------------------------------------------------------ parts


def _ask(request: Request, form: JobForm) -> HttpResponse:
    return show(request, "job_new", form=form, employer=form.employer)


def _check(request: Request, form: JobForm, findings: tuple[object, ...]) -> HttpResponse:
    new = form.new()
    seen = queries.market_view(new.trade, new.division, new.pay_unit)
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    return show(
        request,
        "job_check",
        form=form,
        new=new,
        employer=form.employer,
        findings=findings,
        market=seen,
        unit=_unit(new.pay_unit),
        remark=_remark(new.pay_fen, seen),
        typed=[(name, value) for name, value in typed if name != "csrfmiddlewaretoken"],
        shifts=new.shifts[:7],
        more_shifts=len(new.shifts) - 7,
        settlement=Job.Settlement(new.settlement).label,
    )


def _remark(pay_fen: int, seen: MarketView) -> str:
    """How the pay stands beside what others offer."""
    if seen.pay_low_fen is None or seen.pay_high_fen is None:
        return ""
    if pay_fen < seen.pay_low_fen:
        return _t("您给的比附近都低，来的人可能少。")
    if pay_fen > seen.pay_high_fen:
        return _t("您给的比附近都高，人会来得快。")
    return _t("您给的和附近差不多。")


def _unit(unit: str) -> str:
    return str(PayUnit(unit).label) if unit in PayUnit.values else ""


def _posted(request: Request, job_id: str) -> HttpResponse:
    job = queries.job(UUID(job_id), viewer=request.viewer)
    if job.state == Job.State.OPEN:
        messages.success(request, _t("发布了，正在帮您找人。"))
    else:
        messages.warning(request, _t("收到了，工作人员看过就发布。"))
    return redirect("employer:job", job_id)


def _post(form: JobForm, request: Request) -> str:
    """The id of the job; the same form sent twice makes one."""
    new, by = form.new(), request.viewer
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in ("csrfmiddlewaretoken", "post")}

    def act() -> str:
        return str(operations.post(new=new, by=by, source=Job.Source.PHONE).id)

    return str(once(form.cleaned_data["request_key"], typed, by=by, act=act))


def _repeat(form: RepeatForm, job: Job, by: Viewer) -> str:
    day, places = form.cleaned_data["day"], form.cleaned_data["places"]

    def act() -> str:
        return str(operations.repeat(job=job, by=by, day=day, places=places).id)

    typed = {"repeat": job.id, "day": day, "places": places}
    return str(once(form.cleaned_data["request_key"], typed, by=by, act=act))


def _next_day(job: Job) -> date:
    """Today where the work would still begin today, else tomorrow."""
    first = clock.local(next(iter(job.shifts.all())).starts)
    today = datetime.combine(clock.today(), first.time(), clock.SHANGHAI)
    return clock.today() if today > clock.now() else clock.today() + timedelta(days=1)


def _earlier(request: Request) -> dict[str, Any]:
    """From a job's page the form already knows what is wanted."""
    try:
        earlier = UUID(request.GET.get("from", ""))
    except ValueError:
        return {"trade": request.GET.get("trade", "")}
    job = found(lambda: queries.job(earlier, viewer=request.viewer))
    side(request.viewer, job)
    return as_typed(job)


def _as_sent(request: Request, form: JobForm) -> dict[str, Any]:
    """What was typed, to go on with; nothing of it is judged."""
    return {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name) for name, field in form.fields.items()
    }


def earlier_jobs(employer: Employer, viewer: Viewer) -> list[Job]:
    """What could be wanted again, the latest first, each kind of work once."""
    latest: dict[tuple[str, str], Job] = {}
    for job in queries.of_employer(viewer=viewer, limit=20):
        if job.state != Job.State.REFUSED and job.shifts.all():
            latest.setdefault((job.trade, job.title), job)
    return list(latest.values())[:3]
