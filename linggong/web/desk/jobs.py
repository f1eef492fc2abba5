"""Jobs at the desk: posting, what the market looks like before that, checking, and repeating."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linggong.audit import queries as audit
from linggong.audit.operations import once
from linggong.employers import queries as employers
from linggong.employers.models import Employer
from linggong.lib.errors import Refusal
from linggong.places.models import Site
from linggong.posts import operations, queries
from linggong.posts.models import Job
from linggong.posts.records import MarketView
from linggong.web.acting import act_or_say, attempt
from linggong.web.desk.acts import found, own_site, reach
from linggong.web.desk.job_form import JobForm
from linggong.web.desk.reading import read_spot, read_trade
from linggong.web.guards import staff
from linggong.web.requests import Request
from linggong.workers.models import PayUnit

A_PAGE = 60


@staff
def jobs(request: Request) -> HttpResponse:
    """What waits for a decision; others by their state, the latest first."""
    state = request.GET.get("state", Job.State.CHECKING)
    if state == Job.State.CHECKING:
        return _list(request, state, queries.checking(viewer=request.viewer, limit=A_PAGE))
    rows = Job.objects.filter(state=state, division__startswith=reach(request.viewer))
    before = _moment(request.GET.get("before", ""))
    if before:
        rows = rows.filter(created_at__lt=before)
    return _list(request, state, list(rows.prefetch_related("shifts").order_by("-created_at")[:A_PAGE]))


@staff
def new(request: Request) -> HttpResponse:
    form = JobForm(request.POST or None, viewer=request.viewer, initial=_named_employer(request))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, request, lambda: _post(form, request))
        if made:
            return redirect("desk:job", made)
    return render(request, "desk/job_new.html", {"form": form, "market": _market(request.POST or request.GET, request)})


@staff
def market(request: Request) -> HttpResponse:
    """How many people fit and what such work pays, while the job is still being typed."""
    return render(request, "desk/market.html", {"market": _market(request.GET, request)})


@staff
def job(request: Request, job_id: UUID) -> HttpResponse:
    kept = found(lambda: queries.job(job_id, viewer=request.viewer))
    employer = Employer.objects.filter(pk=kept.employer_id).first()  # none: it is another county's
    context = {"job": kept, "employer": employer, "trail": audit.of_object(job_id, limit=12)}
    return render(request, "desk/job.html", context)


@staff
@require_POST
def decide(request: Request, job_id: UUID) -> HttpResponse:
    kept = found(lambda: queries.job(job_id, viewer=request.viewer))
    allow, reason = request.POST.get("allow") == "yes", request.POST.get("reason", "")
    done = _("已经发布，正在找人。") if allow else _("没有发布，用工主体会看到原因。")
    act_or_say(request, lambda: operations.decide(job=kept, allow=allow, by=request.viewer, reason=reason), done)
    return redirect("desk:job", job_id)


@staff
@require_POST
def withdraw(request: Request, job_id: UUID) -> HttpResponse:
    kept = found(lambda: queries.job(job_id, viewer=request.viewer))
    reason = request.POST.get("reason", "")
    act_or_say(request, lambda: operations.withdraw(job=kept, by=request.viewer, reason=reason), _("已经撤下。"))
    return redirect("desk:job", job_id)


@staff
@require_POST
def repeat(request: Request, job_id: UUID) -> HttpResponse:
    """The same job tomorrow."""
    kept = found(lambda: queries.job(job_id, viewer=request.viewer))
    key = request.POST.get("request_key", "")

    def act() -> str:
        return str(once(key, {"repeat": job_id}, by=request.viewer, act=lambda: _repeated(kept, request)))

    made = act_or_say(request, act, _("明天再招一次，时间和人数都照旧。"))
    return redirect("desk:job", made or job_id)


def _repeated(kept: Job, request: Request) -> str:
    return str(operations.repeat(job=kept, by=request.viewer).id)


def _post(form: JobForm, request: Request) -> str:
    """The id of the job; the same form sent twice makes one."""
    new, by, site = form.new(), request.viewer, own_site(request.viewer)
    typed = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    return str(
        once(
            form.cleaned_data["request_key"],
            typed,
            by=by,
            act=lambda: str(operations.post(new=new, by=by, source=Job.Source.DESK, site=site).id),
        )
    )


def _market(typed: "dict[str, str]", request: Request) -> MarketView | None:
    try:
        spot = read_spot(typed.get("spot", ""), request.viewer)
        code = spot.division if isinstance(spot, Site) else spot.code
        return queries.market_view(read_trade(typed.get("trade", "")), code, typed.get("pay_unit", PayUnit.DAY))
    except Refusal:
        return None


def _named_employer(request: Request) -> dict[str, str]:
    """From an employer's page the form already knows who wants people."""
    try:
        known = employers.employer(UUID(request.GET.get("employer", "")), request.viewer)
    except (ValueError, Refusal):
        return {}
    return {"employer": f"{known.name} {known.telephone_masked[-4:]}"}


def _list(request: Request, state: str, rows: list[Job]) -> HttpResponse:
    older = rows[-1].created_at.isoformat() if len(rows) == A_PAGE and state != Job.State.CHECKING else ""
    context = {"jobs": rows, "state": state, "states": Job.State.choices, "older": older}
    return render(request, "desk/jobs.html", context)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
