"""Posting a job, deciding about it, changing and withdrawing it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import NotAllowed, require
from linggong.audit.operations import record
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.telephone import masked, read_telephone
from linggong.lib.text import choose, plain
from linggong.notices import operations as notices
from linggong.notices.models import Notice
from linggong.places.models import Site
from linggong.posts import checking, screening
from linggong.posts.models import Job, Shift
from linggong.posts.records import NewJob, NewShift


class EmployerMayNotPost(Refusal):
    """The employer is suspended, refused or blacklisted."""

    code = "employer_may_not_post"


class JobNotOpen(Refusal):
    """The job or shift is not in a state that allows this."""

    code = "job_not_open"


class TooFewPlaces(Refusal):
    """More places are taken already than would be left."""

    code = "too_few_places"


def post(*, new: NewJob, by: Viewer, source: str, site: Site | None = None, repeated_from: Job | None = None) -> Job:
    """Store a job and show it at once where nothing was found and the employer is vetted; else a clerk decides.

    Raises JobRefused (with its field), EmployerMayNotPost, NotAllowed.
    """
    with within(by):
        employer = _posting_employer(new, by)
        new = replace(new, shifts=_piecework_shift(new) if new.kind == Job.Kind.PIECEWORK else new.shifts)
        checking.check(new)
        found = screening.screen(new)
        job = _store(new, employer, source, site, repeated_from)
        screening.keep(job, found)
        record("post.made", by=by, about=job, division=job.division, source=source, rules=[f.rule for f in found])
        if not found and employer.state == Employer.State.APPROVED:
            open_job(job, by)
        else:
            _ask_desk(job)
        return job


def repeat(*, job: Job, by: Viewer, day: date | None = None, places: int | None = None) -> Job:
    """The same job again, on `day` (tomorrow, where none is named), with the same hours."""
    first = job.shifts.order_by("starts").first()
    if first is None:
        raise JobNotOpen(_("这个活没有班次，请重新发布。"))
    wanted = day or clock.today() + timedelta(days=1)
    moved = wanted - clock.local(first.starts).date()
    shift = NewShift(first.starts + moved, first.ends + moved, places or first.places)
    due = wanted + (job.due_on - clock.local(first.starts).date()) if job.due_on else None
    new = replace(_as_new(job), shifts=(shift,), due_on=due)
    return post(new=new, by=by, source=Job.Source.REPEAT, site=job.site, repeated_from=job)


def decide(*, job: Job, allow: bool, by: Viewer, reason: str = "") -> Job:
    """A clerk's decision about a job that waits. A refusal needs a reason, which the employer is told; so does letting
    through what a screening rule has found, and it is kept with the finding."""
    require(by, "post.decide")
    with within(by):
        job = _locked(job, by)
        if job.state != Job.State.CHECKING:
            raise JobNotOpen(_("这条岗位已经处理过了。"))
        if not allow and not plain(reason):
            raise Refusal(_("请写明不能发布的原因，用工主体会看到。"), field="reason", code="reason_missing")
        if allow and job.employer.state != Employer.State.APPROVED:
            raise EmployerMayNotPost(_("请先核验用工主体，再发布岗位。"))
        if allow and not plain(reason) and (found := job.findings.first()):
            sentence = choose(get_language() or "zh", found.sentence_zh, found.sentence_en)
            raise Refusal(_("请写明为什么可以发布：%(why)s") % {"why": sentence}, field="reason", code="reason_missing")
        decision = "allowed" if allow else "upheld"
        job.findings.update(decision=decision, decided_by=by.name, decided_at=clock.now(), reason=plain(reason)[:200])
        record(f"post.{decision}", by=by, about=job, division=job.division, reason=plain(reason)[:200])
        if allow:
            open_job(job, by)
        else:
            end_job(job, Job.State.REFUSED, plain(reason))
            _tell_employer(job, _t("“%(title)s”没有通过审核：%(why)s") % {"title": job.title, "why": plain(reason)})
        return job


def withdraw(*, job: Job, by: Viewer, reason: str = "") -> Job:
    """Take a job off every list. Confirmed placements stay: they are cancelled one by one, with a word to each."""
    with within(by):
        job = _locked(job, by)
        if job.state not in (Job.State.OPEN, Job.State.CHECKING):
            raise JobNotOpen(_("这条岗位已经结束了。"))
        end_job(job, Job.State.WITHDRAWN, plain(reason))
        record("post.withdrawn", by=by, about=job, division=job.division, reason=plain(reason)[:200])
        return job


def change_places(*, shift: Shift, places: int, by: Viewer) -> Shift:
    """More or fewer places, never fewer than are taken."""
    with within(by):
        require_side(by, shift.job)
        if not 1 <= places <= checking.MOST_PLACES:
            raise checking.JobRefused(_("人数在 1 到 500 之间。"), field="places")
        if not Shift.objects.filter(pk=shift.pk, taken__lte=places).update(places=places):
            raise TooFewPlaces(_("已经确认的人比这个数多，请先和他们说好。"), field="places")
        shift.refresh_from_db()
        record("shift.places_changed", by=by, about=shift, division=shift.division, places=places)
        return shift


def require_side(by: Viewer, job: Job) -> None:
    """`by` is the employer of the job, the agency it is entrusted to, or a clerk whose scope covers it."""
    if by.is_system or (by.employer_id and by.employer_id in (job.employer_id, job.entrusted_to_id)):
        return
    require(by, "post.manage")
    if not by.covers(job.division):
        raise NotAllowed(_("这条岗位不在您负责的区域。"))


# ------------------------------------------------------------------ parts


def _posting_employer(new: NewJob, by: Viewer) -> Employer:
    if by.employer_id and by.employer_id != new.employer_id and not _is_entrusted(new, by):
        raise NotAllowed(_("只能用自己的名义发布。"))
    if not by.employer_id and not by.is_system:
        require(by, "post.manage")
    with within(system("posting")):  # an agency posts for an employer whose record it does not see
        employer = Employer.objects.filter(pk=new.employer_id).first()
    if employer is None or (by.is_staff and not by.covers(employer.division)):
        raise NotAllowed(_("没有找到这个用工主体。"))
    if employer.state in (Employer.State.SUSPENDED, Employer.State.BLACKLISTED, Employer.State.REFUSED):
        raise EmployerMayNotPost(_("这个用工主体现在不能发布岗位，请到市场窗口询问。"))
    return employer


def _is_entrusted(new: NewJob, by: Viewer) -> bool:
    """An agency posts for those who have entrusted it with a job before, through a clerk or by themselves."""
    known = Job.objects.filter(employer=new.employer_id, entrusted_to=by.employer_id)
    return new.entrusted_to_id == by.employer_id and known.exists()


def _piecework_shift(new: NewJob) -> tuple[NewShift, ...]:
    if not new.due_on or not new.shifts:
        return new.shifts
    end = datetime.combine(new.due_on, time(18), clock.SHANGHAI).astimezone(UTC)
    now = clock.now()
    return (NewShift(now, max(end, now + timedelta(hours=1)), new.shifts[0].places),)


def _store(new: NewJob, employer: Employer, source: str, site: Site | None, repeated_from: Job | None) -> Job:
    telephone = read_telephone(new.contact_telephone) if new.contact_telephone else employer.telephone.open()
    instant = employer.instant_confirmation if new.instant_confirmation is None else new.instant_confirmation
    job = Job(
        employer=employer,
        employer_name=employer.name,
        entrusted_to_id=new.entrusted_to_id,
        kind=new.kind,
        trade=new.trade,
        title=plain(new.title),
        description=new.description.replace("\0", "").strip(),
        division=new.division,
        site=site,
        place_name=plain(new.place_name),
        latitude=new.latitude,
        longitude=new.longitude,
        in_town=new.in_town,
        contact_name=plain(new.contact_name)[:40] or employer.contact_name,
        contact_telephone=telephone,
        contact_masked=masked(telephone),
        pay_fen=new.pay_fen,
        pay_unit=new.pay_unit,
        settlement=new.settlement,
        break_minutes=new.break_minutes,
        pieces=new.pieces,
        due_on=new.due_on,
        certificates=list(new.certificates),
        age_min=max(new.age_min, 16),
        age_max=new.age_max,
        gender=new.gender,
        gender_ground=plain(new.gender_ground)[:200],
        meals=new.meals,
        lodging=new.lodging,
        transport=new.transport,
        bring=plain(new.bring),
        instant_confirmation=instant,
        source=source,
        repeated_from=repeated_from,
    )
    job.save(force_insert=True)
    Shift.objects.bulk_create([_shift(job, shift) for shift in new.shifts])
    return job


def _shift(job: Job, new: NewShift) -> Shift:
    return Shift(
        job=job,
        trade=job.trade,
        division=job.division,
        latitude=job.latitude,
        longitude=job.longitude,
        starts=new.starts,
        ends=new.ends,
        places=new.places,
    )


def _as_new(job: Job) -> NewJob:
    kept = {name: getattr(job, name) for name in NewJob.__dataclass_fields__ if hasattr(job, name)}
    kept.update(
        employer_id=job.employer_id,
        entrusted_to_id=job.entrusted_to_id,
        certificates=tuple(job.certificates),
        contact_telephone=job.contact_telephone.open(),
        shifts=(),
    )
    return NewJob(**kept)


def _locked(job: Job, by: Viewer) -> Job:
    found = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    require_side(by, found)
    with within(system("posting")):
        found.employer = Employer.objects.get(pk=found.employer_id)
    return found


def open_job(job: Job, by: Viewer) -> None:
    job.state, job.opened_at, job.state_reason = Job.State.OPEN, clock.now(), ""
    job.save(update_fields=["state", "opened_at", "state_reason"])
    job.shifts.update(listed=True)
    record("post.opened", by=by, about=job, division=job.division)
    _tell_employer(job, _t("“%(title)s”已经发布，正在帮您找人。") % {"title": job.title})


def end_job(job: Job, state: str, reason: str) -> None:
    job.state, job.state_reason = state, reason[:200]
    job.save(update_fields=["state", "state_reason"])
    job.shifts.update(listed=False)


def _ask_desk(job: Job) -> None:
    notices.send(
        "post.check",
        _t("有岗位等审核：%(title)s（%(who)s）") % {"title": job.title, "who": job.employer_name},
        recipient=Notice.Recipient.DESK,
        recipient_id=None,
        division=job.division,
        channels=(Notice.Channel.APP,),
        about_id=job.id,
        path=f"/desk/jobs/{job.id}/",
    )


def _tell_employer(job: Job, text: str) -> None:
    notices.send(
        "post.state",
        text,
        recipient=Notice.Recipient.EMPLOYER,
        recipient_id=job.employer_id,
        division=job.division,
        about_id=job.id,
        path=f"/employer/jobs/{job.id}/",
    )


def close_past_jobs() -> int:
    """Jobs whose last shift is over leave the lists; return how many. Called by the background work."""
    with within(system("closing")):
        over = Job.objects.filter(state=Job.State.OPEN).exclude(shifts__ends__gt=clock.now())
        ids = list(over.values_list("id", flat=True)[:200])
        Job.objects.filter(id__in=ids).update(state=Job.State.CLOSED)
        Shift.objects.filter(job_id__in=ids).update(listed=False)
    return len(ids)


def take_place(shift: Shift) -> bool:
    """Take one place of an open shift; False where it is full. The row stays locked until the transaction ends."""
    open_now = Shift.objects.filter(pk=shift.pk, state=Shift.State.OPEN, listed=True, taken__lt=F("places"))
    if not open_now.update(taken=F("taken") + 1):
        return False
    Shift.objects.filter(pk=shift.pk, taken=F("places"), filled_at=None).update(filled_at=clock.now())
    return True


def lend_place(shift: Shift) -> None:
    """One place more, taken at once, for a standby while somebody who has a place is missing."""
    Shift.objects.filter(pk=shift.pk).update(places=F("places") + 1, lent=F("lent") + 1, taken=F("taken") + 1)


def free_place(shift: Shift) -> None:
    """Give one place back; where a standby holds a lent one, the two are settled and nobody more is looked for."""
    if Shift.objects.filter(pk=shift.pk, lent__gt=0).update(
        places=F("places") - 1, lent=F("lent") - 1, taken=F("taken") - 1
    ):
        return
    Shift.objects.filter(pk=shift.pk, taken__gt=0).update(taken=F("taken") - 1, filled_at=None)
