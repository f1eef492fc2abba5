"""Asking in waves, until the places of a shift are full."""

from datetime import timedelta

from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext as _t

from linggong.accounts.permissions import require
from linggong.dispatch import planned, pool, rules, wording
from linggong.dispatch.chances import chances_in
from linggong.dispatch.models import Offer, Wave
from linggong.dispatch.offers import make_offer, tell, try_worker
from linggong.dispatch.shifts import shift_for_engine
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.matching import waves as engine
from linggong.notices import operations as notices
from linggong.notices.models import Notice
from linggong.posts import operations as posts
from linggong.posts.models import Job, Shift

AHEAD = timedelta(hours=36)
"""Shifts that start later are asked for later: nobody promises a day that far off by message."""
NOBODY_LEFT = timedelta(minutes=15)
LONGEST_LIST = 120
QUIET_FROM, QUIET_UNTIL = 22, 6
QUIET_EXCEPT = timedelta(hours=9)
"""At night only those are woken whose work starts soon."""


def start_waves(*, shift: Shift, by: Viewer) -> Wave | None:
    """Ask now, without waiting for the last wave's time to run out."""
    if by.is_staff:
        require(by, "placement.make")
    posts.require_side(by, shift.job)
    return advance(shift, by=by)


def advance_all(limit: int = 50) -> int:
    """One wave for every shift that needs one; return how many were sent. Called by the background work."""
    with within(system("waves")):
        due = list(_due()[:limit])
    return sum(advance(shift, by=system("waves", shift.division)) is not None for shift in due)


def advance(shift: Shift, *, by: Viewer) -> Wave | None:
    """Send the next wave of one shift; None where it is full, being waved by somebody else, or it is night."""
    with within(system("waves", shift.division)):
        found = Shift.objects.select_for_update(skip_locked=True, of=("self",)).select_related("job")
        shift_now = found.filter(pk=shift.pk, listed=True, state=Shift.State.OPEN, taken__lt=F("places")).first()
        if shift_now is None or shift_now.ends <= clock.now() or _is_quiet(shift_now):
            return None
        return _send(shift_now, by)


def _due() -> "QuerySet[Shift]":
    now = clock.now()
    open_now = Shift.objects.filter(listed=True, state=Shift.State.OPEN, taken__lt=F("places"))
    soon = open_now.filter(Q(starts__gt=now, starts__lt=now + AHEAD) | Q(job__kind=Job.Kind.PIECEWORK, ends__gt=now))
    timed = soon.annotate(asked_until=Max("waves__deadline"))
    return timed.filter(Q(asked_until=None) | Q(asked_until__lt=now)).select_related("job").order_by("starts")


def _is_quiet(shift: Shift) -> bool:
    hour = clock.local(clock.now()).hour
    return (hour >= QUIET_FROM or hour < QUIET_UNTIL) and shift.starts - clock.now() > QUIET_EXCEPT


def _send(shift: Shift, by: Viewer) -> Wave:
    best, chances, plan = (
        pool.shortlist(shift, limit=LONGEST_LIST),
        chances_in(shift.division),
        planned.latest(shift.division),
    )
    minutes = int((max(shift.starts, clock.now()) - clock.now()).total_seconds() // 60)
    turn = planned.order(plan, shift)
    in_order = sorted(_within_hours(shift, best.suggestions), key=lambda s: turn(str(s.worker.id)))
    suggestions = {str(s.worker.id): s for s in in_order}
    likely = chances.of((s.ranked for s in in_order), minutes)
    answered = {str(o.worker_id): o.state for o in Offer.objects.filter(shift=shift)}
    asked = {w for w, state in answered.items() if state in (Offer.State.WAITING, Offer.State.APPLIED)}
    next_wave = engine.next_wave(
        [s.ranked for s in in_order],
        shift.places - shift.taken,
        minutes,
        acceptance=likely,
        asked=asked,
        declined=answered.keys() - asked,
    )
    wave = _keep(
        shift,
        next_wave,
        weights_version=best.weights.version,
        log_position=best.position,
        model_version=chances.version,
        plan=plan,
        considered=[[w, s.fit, round(likely[w], 3)] for w, s in suggestions.items() if w not in answered],
    )
    for worker_id in next_wave.ask:
        if _may_be_asked(shift, worker_id):
            _ask(shift, suggestions[worker_id], wave, next_wave, by)
    _escalate(shift, next_wave, [suggestions[w].worker.card_number for w in next_wave.ask])
    return wave


def _within_hours(shift: Shift, suggestions: list[pool.Suggestion]) -> list[pool.Suggestion]:
    """Without those who would pass the hours of a week that the division plans for."""
    people, hours = [str(each.worker.id) for each in suggestions], rules.rules_of(shift.division).week_hours
    beyond = rules.beyond_hours(shift_for_engine(shift), people, hours)
    return [each for each in suggestions if str(each.worker.id) not in beyond]


def _ask(shift: Shift, suggestion: pool.Suggestion, wave: Wave, sent: engine.Wave, by: Viewer) -> None:
    origin = Offer.Origin.HALL if sent.channel is engine.Channel.HALL else Offer.Origin.WAVE
    made = make_offer(shift, suggestion.worker, by, origin, deadline=wave.deadline, suggestion=suggestion, wave=wave)
    tell(made, (Notice.Channel.APP, Notice.Channel.SMS))


def _may_be_asked(shift: Shift, worker_id: str) -> bool:
    """Not while the worker is answering or applying, and not who has just done so: that would be a second offer."""
    return try_worker(worker_id) and not Offer.objects.filter(shift=shift, worker_id=worker_id).exists()


def _keep(shift: Shift, sent: engine.Wave, **reckoned_from: object) -> Wave:
    wait = timedelta(minutes=engine.ANSWER_MINUTES[sent.channel]) if sent.ask else NOBODY_LEFT
    wave = Wave(
        shift=shift,
        employer_id=shift.job.employer_id,
        division=shift.division,
        number=shift.waves.count() + 1,
        channel=sent.channel.value,
        size=sent.size if sent.ask else 0,
        deadline=clock.now() + wait,
        **reckoned_from,
    )
    wave.save(force_insert=True)
    return wave


def _escalate(shift: Shift, sent: engine.Wave, cards: list[int]) -> None:
    """Where messages are too slow, somebody telephones; at the end the hall is called."""
    if not cards or sent.channel is engine.Channel.MESSAGE:
        return
    numbers = " ".join(str(card) for card in cards[:12])
    job = {"title": shift.job.title, "when": wording.when(shift), "cards": numbers}
    if sent.channel is engine.Channel.CALL:
        text = _t("请打电话问：%(title)s，%(when)s，卡号 %(cards)s") % job
        recipient, channel = Notice.Recipient.DESK, Notice.Channel.APP
    else:
        text = _t("卡号 %(cards)s，有%(title)s的活，请到窗口") % job
        recipient, channel = Notice.Recipient.DESK, Notice.Channel.HALL
    notices.send(
        "call",
        text,
        recipient=recipient,
        recipient_id=None,
        division=shift.division,
        channels=(channel,),
        about_id=shift.id,
        path=f"/desk/shifts/{shift.id}/",
    )
