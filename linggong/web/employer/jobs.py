"""What was posted, and what can still be changed about it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from linggong.foundation.viewer import Viewer
from linggong.posts import operations, queries
from linggong.posts.models import Job
from linggong.web.acting import act_or_say
from linggong.web.employer.board import boards
from linggong.web.employer.pages import show
from linggong.web.employer.side import of_job
from linggong.web.forms import PlainForm
from linggong.web.guards import employer_only
from linggong.web.requests import Request

A_PAGE = 40


class WithdrawForm(PlainForm):
    reason = forms.CharField(label=_("为什么？"), max_length=200, required=False)


@require_GET
@employer_only
def jobs(request: Request) -> HttpResponse:
    """Everything posted, the latest first."""
    return show(request, "jobs", jobs=queries.of_employer(viewer=request.viewer, limit=A_PAGE))


@require_GET
@of_job
def job(request: Request, job: Job, by: Viewer) -> HttpResponse:
    """One job: its state, its shifts, what the screening found, its page for everybody."""
    rows = boards(job.shifts.all())
    for row in rows:
        row.shift.job = job
    ahead = next((row.shift.id for row in rows if row.shift.listed and not row.over), None)
    return show(
        request,
        "job",
        job=job,
        rows=rows,
        findings=job.findings.all(),
        confirmed=sum(row.shift.taken for row in rows),
        public=request.build_absolute_uri(reverse("public:job", args=[ahead])) if ahead else "",
        may_withdraw=job.state in (Job.State.OPEN, Job.State.CHECKING),
    )


@require_http_methods(["GET", "POST"])
@of_job
def withdraw(request: Request, job: Job, by: Viewer) -> HttpResponse:
    """Take it off every list. Who is confirmed stays confirmed, and that is said."""
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        act_or_say(request, lambda: operations.withdraw(job=job, by=by, reason=reason), _("撤下了，不再招人。"))
        return redirect("employer:job", job.id)
    confirmed = sum(shift.taken for shift in job.shifts.all())
    return show(
        request, "withdraw", form=form, job=job, confirmed=confirmed, back=reverse("employer:job", args=[job.id])
    )
