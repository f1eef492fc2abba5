"""Vetting an employer, with what it means for the employer's jobs, in one transaction.

Surfaces call these and not the employers' own operations, so that no job outlives its employer's good standing.
"""

from linggong.employers import operations as employers
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.posts.models import Finding, Job, Shift
from linggong.posts.operations import end_job, open_job


def approve(*, employer: Employer, by: Viewer) -> Employer:
    """The employer may post; jobs that waited only for this are shown."""
    with within(by):
        employer = employers.approve(employer=employer, by=by)
        _open_waiting(employer, by)
        return employer


def reinstate(*, employer: Employer, by: Viewer, reason: str = "") -> Employer:
    """The employer may post again."""
    with within(by):
        employer = employers.reinstate(employer=employer, by=by, reason=reason)
        _open_waiting(employer, by)
        return employer


def refuse(*, employer: Employer, by: Viewer, reason: str) -> Employer:
    with within(by):
        employer = employers.refuse(employer=employer, by=by, reason=reason)
        _take_down(employer, reason)
        return employer


def suspend(*, employer: Employer, by: Viewer, reason: str) -> Employer:
    with within(by):
        employer = employers.suspend(employer=employer, by=by, reason=reason)
        _take_down(employer, reason)
        return employer


def blacklist(*, employer: Employer, by: Viewer, reason: str) -> Employer:
    with within(by):
        employer = employers.blacklist(employer=employer, by=by, reason=reason)
        _take_down(employer, reason)
        return employer


def _open_waiting(employer: Employer, by: Viewer) -> None:
    undecided = Finding.objects.filter(decision="").values("job_id")
    waiting = Job.objects.filter(employer=employer, state=Job.State.CHECKING).exclude(id__in=undecided)
    for job in waiting.select_for_update():
        open_job(job, by)


def _take_down(employer: Employer, reason: str) -> None:
    shown = Job.objects.filter(employer=employer, state__in=[Job.State.OPEN, Job.State.CHECKING])
    for job in shown.select_for_update():
        end_job(job, Job.State.WITHDRAWN, reason)
    Shift.objects.filter(job__employer=employer, listed=True).update(listed=False)
