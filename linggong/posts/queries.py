"""Reading jobs: adverts are public once open; what waits for a clerk is for clerks and its employer."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, DateTimeField, ExpressionWrapper, F, Max, Min, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from linggong.foundation.scope import within
from linggong.foundation.viewer import EVERYWHERE, Viewer, system
from linggong.intake.screening import Finding as Found
from linggong.lib import clock, geo
from linggong.lib.errors import Refusal
from linggong.posts import checking as rules
from linggong.posts import screening
from linggong.posts.models import Job, Shift
from linggong.posts.records import JobFilter, MarketView, NewJob
from linggong.workers.models import Worker

NEAR_M = 30_000


class JobNotFound(Refusal):
    """There is no such job, or not for this viewer."""

    code = "job_not_found"


def job(job_id: UUID, *, viewer: Viewer) -> Job:
    """One job with its shifts and findings. Raises JobNotFound."""
    jobs = Job.objects.select_related("site", "employer" if viewer.is_staff else "site")
    found = jobs.prefetch_related("shifts", "findings").filter(pk=job_id).first()
    if found is None or not _may_see(found, viewer):
        raise JobNotFound(_("没有找到这个活，可能已经撤下了。"))
    return found


def shift(shift_id: UUID, *, viewer: Viewer) -> Shift:
    """One shift with its job. Raises JobNotFound."""
    found = Shift.objects.select_related("job").filter(pk=shift_id).first()
    if found is None or not _may_see(found.job, viewer):
        raise JobNotFound(_("没有找到这个活，可能已经撤下了。"))
    return found


def open_shifts() -> QuerySet[Shift]:
    """Shifts that the public may see, with places left, and of which less than half is over."""
    shown = Shift.objects.filter(listed=True, state=Shift.State.OPEN, taken__lt=F("places"))
    return shown.filter(worth_coming_to()).select_related("job")


def worth_coming_to() -> Q:
    """A shift of which less than half is over; work that is done when one likes, until it is due."""
    now = clock.now()
    gone = ExpressionWrapper(Value(now) + (Value(now) - F("starts")), DateTimeField())
    return Q(ends__gt=now) & (Q(ends__gt=gone) | Q(job__kind=Job.Kind.PIECEWORK))


def public_jobs(wanted: JobFilter, *, limit: int = 20, after: tuple[datetime, UUID] | None = None) -> list[Shift]:
    """Open shifts, the earliest first; `after` is the (starts, id) of the last one seen."""
    shifts = open_shifts()
    if wanted.trade:
        shifts = shifts.filter(trade=wanted.trade)
    if wanted.division:
        shifts = shifts.filter(division__gte=wanted.division, division__lt=wanted.division + "~")
    if wanted.day:
        start = datetime.combine(wanted.day, time(), clock.SHANGHAI)
        shifts = shifts.filter(starts__gte=start, starts__lt=start + timedelta(days=1))
    if wanted.near:
        box = geo.bounding_box(*wanted.near, NEAR_M)
        shifts = shifts.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
    if after:
        starts, last = after
        shifts = shifts.filter(Q(starts__gt=starts) | Q(starts=starts, id__gt=last))
    return list(shifts.order_by("starts", "id")[:limit])


def of_employer(*, viewer: Viewer, limit: int = 30, employer_id: UUID | None = None) -> list[Job]:
    """An employer's own jobs and those entrusted to it, the latest first."""
    whose = employer_id or viewer.employer_id
    jobs = Job.objects.filter(Q(employer_id=whose) | Q(entrusted_to_id=whose))
    return list(jobs.prefetch_related("shifts").order_by("-created_at")[:limit])


def checking(*, viewer: Viewer, limit: int = 50) -> list[Job]:
    """Jobs that wait for a clerk of this scope, the oldest first."""
    jobs = Job.objects.filter(state=Job.State.CHECKING, **_in_scope(viewer))
    return list(jobs.select_related("employer").prefetch_related("findings", "shifts").order_by("created_at")[:limit])


def shifts_between(starts: datetime, ends: datetime, *, viewer: Viewer, limit: int = 200) -> list[Shift]:
    """Shifts of the viewer's scope that start in [starts, ends), the earliest first."""
    shifts = Shift.objects.filter(starts__gte=starts, starts__lt=ends, state=Shift.State.OPEN, **_in_scope(viewer))
    shown = shifts.exclude(job__state__in=[Job.State.CHECKING, Job.State.REFUSED, Job.State.WITHDRAWN])
    return list(shown.select_related("job").order_by("starts", "id")[:limit])


def market_view(trade: str, division: str, pay_unit: str) -> MarketView:
    """How many people in the county know a trade, and what such work paid there in the last 90 days."""
    county = division[:6]
    with within(system("market view", county)):
        fitting = Worker.objects.filter(
            state=Worker.State.ACTIVE,
            trades__trade=trade,
            trades__division__gte=county,
            trades__division__lt=county + "~",
        ).count()
        since = clock.now() - timedelta(days=90)
        posted = Job.objects.filter(trade=trade, division__startswith=county, pay_unit=pay_unit, opened_at__gte=since)
        pay = posted.aggregate(n=Count("id"), low=Min("pay_fen"), high=Max("pay_fen"))
    return MarketView(fitting, pay["n"], pay["low"], pay["high"])


def preview(new: NewJob) -> tuple[Found, ...]:
    """What the screening would find if this job were posted; nothing is stored. Raises JobRefused (with its field)."""
    rules.check(new)
    return screening.screen(new)


def _may_see(found: Job, viewer: Viewer) -> bool:
    if found.state in (Job.State.OPEN, Job.State.CLOSED):
        return True
    own = viewer.employer_id and viewer.employer_id in (found.employer_id, found.entrusted_to_id)
    return bool(own or viewer.covers(found.division) or viewer.worker_id)


def _in_scope(viewer: Viewer) -> dict[str, str]:
    if viewer.division is None:
        return {"division": "none"}
    if viewer.division == EVERYWHERE:
        return {}
    return {"division__gte": viewer.division, "division__lt": viewer.division + "~"}
