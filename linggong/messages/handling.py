"""Settling a draft: published, put into an earlier post, registered, or dropped; one operation an act."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linggong.accounts.permissions import require
from linggong.audit.operations import record
from linggong.employers import operations as employers
from linggong.employers.models import Employer
from linggong.employers.records import NewEmployer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.text import plain
from linggong.messages import examples, rules
from linggong.messages.errors import AlreadySettled, MessageNotFound, ReasonMissing, Stopped
from linggong.messages.models import Draft, Judgement, Message
from linggong.messages.rules import Judged
from linggong.places.models import Site
from linggong.posts import operations as posts
from linggong.posts.models import Job, Shift
from linggong.posts.records import NewJob
from linggong.workers import operations as workers
from linggong.workers.models import Worker
from linggong.workers.records import NewWorker


def publish(
    *, draft: Draft, new: NewJob, by: Viewer, site: Site | None = None, newcomer: NewEmployer | None = None,
    reason: str = "", instead_of: Job | None = None,
) -> Job:  # fmt: skip
    """Post the job that a draft has become, for an employer that is known or registered with it.

    Raises Stopped where a rule forbids it, ReasonMissing where one leaves it to the clerk, AlreadySettled, and
    whatever posting and registering raise.
    """
    require(by, "message.handle")
    with within(by):
        draft = _locked(draft)
        if newcomer is not None:
            made = employers.register(new=newcomer, by=by, source="message", site=site)
            new = replace(new, employer_id=made.id)
        job = posts.post(new=new, by=by, source=Job.Source.MESSAGE, site=site, repeated_from=instead_of)
        said = {rule for rule in draft.rules if rule not in rules.ON_FIGURES}
        found = rules.judged(said | set(job.findings.values_list("rule", flat=True)), job.division)
        _require_publishable(found, plain(reason))
        _judge(draft, found, Judgement.Decision.ALLOWED, reason, by)
        if job.state == Job.State.CHECKING and _is_approved(job):
            why = plain(reason) or _t("本辖区没有启用这条规则")
            job = posts.decide(job=job, allow=True, by=by, reason=why)
        examples.learn(draft, new, by)
        state = Draft.State.APPLIED if instead_of else Draft.State.PUBLISHED
        _settle(draft, state, by, act="message.published", reason=reason, job=job)
        _supersede(draft, by)
        return job


def apply_change(*, draft: Draft, job: Job, new: NewJob, by: Viewer, site: Site | None = None, reason: str = "") -> Job:
    """Put what a message changes into the post it is about.

    Another number of people changes the shift. Anything else (pay, day, hours, place) was promised to those who have
    a place already: the old post is withdrawn, they keep their places, and the new one goes out.
    """
    require(by, "message.handle")
    with within(by):
        shift = _only_places_differ(job, new)
        if shift is None:
            posts.withdraw(job=job, by=by, reason=_t("内容有变，已按新消息重新发布"))
            return publish(draft=draft, new=new, by=by, site=site, reason=reason, instead_of=job)
        draft = _locked(draft)
        posts.change_places(shift=shift, places=new.shifts[0].places, by=by)
        _settle(draft, Draft.State.APPLIED, by, act="message.applied", reason=reason, job=job)
        return job


def close_original(*, draft: Draft, original: Job | Draft, by: Viewer) -> Draft:
    """A message says that what it is about is full or off: the post is withdrawn, a draft is not published."""
    require(by, "message.handle")
    with within(by):
        draft = _locked(draft)
        why = _t("发布人说不招了")
        if isinstance(original, Job):
            posts.withdraw(job=original, by=by, reason=why)
            return _settle(draft, Draft.State.APPLIED, by, act="message.applied", reason=why, job=original)
        drop(draft=original, by=by, reason=why)
        return _settle(draft, Draft.State.APPLIED, by, act="message.applied", reason=why)


def register(*, draft: Draft, new: NewWorker, by: Viewer, site: Site | None = None) -> Worker:
    """Register the person who wrote that they want work. Raises what registering raises, AlreadySettled."""
    require(by, "message.handle")
    with within(by):
        draft = _locked(draft)
        worker = workers.register(new=new, by=by, source="message", site=site)
        draft.worker = worker
        _settle(draft, Draft.State.REGISTERED, by, act="message.registered", reason="")
        return worker


def drop(*, draft: Draft, by: Viewer, reason: str = "", duplicate: bool = False) -> Draft:
    """Publish nothing of it: it is known already, or there is a reason. Raises ReasonMissing, AlreadySettled."""
    require(by, "message.handle")
    with within(by):
        draft = _locked(draft)
        found = rules.judged(draft.rules, draft.division)
        why = plain(reason)[:200] or "；".join(each.sentence() for each in found)[:200]
        if not why and not duplicate:
            raise ReasonMissing(_("请写一句为什么不发布。"), field="reason")
        if not duplicate:
            _judge(draft, found, Judgement.Decision.UPHELD, why, by)
        state = Draft.State.DUPLICATE if duplicate else Draft.State.DROPPED
        return _settle(draft, state, by, act="message.dropped", reason=why)


def reopen(*, draft: Draft, by: Viewer) -> Draft:
    """Take back that it was dropped or set aside."""
    require(by, "message.handle")
    with within(by):
        draft = _locked(draft, from_states=(Draft.State.DROPPED, Draft.State.DUPLICATE))
        if draft.message.forgotten_at:
            raise AlreadySettled(_("这条消息过了保存期，原文已经删除。"))
        draft.state, draft.reason, draft.handled_by, draft.handled_at = Draft.State.NEW, "", "", None
        draft.save(update_fields=["state", "reason", "handled_by", "handled_at"])
        record("message.reopened", by=by, about=draft, division=draft.division)
        return draft


def take_as_job(*, message: Message, by: Viewer) -> Draft:
    """A clerk sees a job where the reader saw none: it becomes a draft to fill in. Raises MessageNotFound."""
    require(by, "message.handle")
    with within(by):
        if not message.kind or message.forgotten_at:
            raise MessageNotFound(_("没有找到这条消息。"))
        about = {"division": message.division, "sent_at": message.sent_at, "gist": message.gist}
        draft, made = Draft.objects.get_or_create(message=message, number=0, defaults=about)
        if made:
            record("message.taken", by=by, about=draft, division=draft.division)
        return draft


# ------------------------------------------------------------------ parts


def _locked(draft: Draft, from_states: tuple[str, ...] = (Draft.State.NEW,)) -> Draft:
    found = Draft.objects.select_for_update(of=("self",)).select_related("message").filter(pk=draft.pk).first()
    if found is None:
        raise MessageNotFound(_("没有找到这条消息。"))
    if found.state not in from_states:
        raise AlreadySettled(_("这条消息已经处理过了：%(state)s。") % {"state": found.get_state_display()})
    return found


def _settle(draft: Draft, state: str, by: Viewer, *, act: str, reason: str, job: Job | None = None) -> Draft:
    draft.state, draft.reason, draft.job = state, plain(reason)[:200], job
    draft.handled_by, draft.handled_at = by.name[:80], clock.now()
    draft.save(update_fields=["state", "reason", "job", "worker", "handled_by", "handled_at"])
    told = {"state": state, "reason": draft.reason, "rules": draft.rules}
    record(act, by=by, about=draft, division=draft.division, **told)
    return draft


def _supersede(draft: Draft, by: Viewer) -> None:
    """What the published message changes need not be published any more."""
    if draft.message.like_id is None or draft.message.kinship == Message.Kinship.SAME:
        return
    before = Draft.objects.filter(message=draft.message.like_id, number=draft.number, state=Draft.State.NEW)
    for each in before.select_for_update(of=("self",)):
        _settle(each, Draft.State.DUPLICATE, by, act="message.dropped", reason=_t("后面一条改了它"))


def _require_publishable(found: Iterable[Judged], reason: str) -> None:
    for each in found:
        if each.stops:
            raise Stopped(_("不能发布：%(why)s") % {"why": each.sentence()}, field="reason")
    asks = [each for each in found if each.asks]
    if asks and not reason:
        raise ReasonMissing(_("请写明为什么可以发布：%(why)s") % {"why": asks[0].sentence()}, field="reason")


def _judge(draft: Draft, found: Iterable[Judged], decision: str, reason: str, by: Viewer) -> None:
    draft.judgements.bulk_create(
        Judgement(
            draft=draft,
            division=draft.division,
            rule=each.rule,
            severity=each.severity,
            decision=decision,
            reason=plain(reason)[:200],
            by_name=by.name[:80],
        )
        for each in found
    )


def _is_approved(job: Job) -> bool:
    return Employer.objects.filter(pk=job.employer_id, state=Employer.State.APPROVED).exists()


def _only_places_differ(job: Job, new: NewJob) -> Shift | None:
    """The one shift of the post where the new one says the same but for the number of people."""
    shifts = list(job.shifts.filter(state=Shift.State.OPEN))
    if len(shifts) != 1 or len(new.shifts) != 1:
        return None
    [old], [wanted] = shifts, new.shifts
    same = (job.trade, job.pay_fen, job.pay_unit, job.place_name, old.starts, old.ends)
    asked = (new.trade, new.pay_fen, new.pay_unit, plain(new.place_name), wanted.starts, wanted.ends)
    return old if same == asked else None
