"""The demo's day goes on by itself: each tick, what is due in the market happens, and now and then something new."""

import random
from datetime import timedelta

from django.db.models import F

from linggong.demo import market, material, people
from linggong.dispatch.models import Offer, Placement
from linggong.employers.models import Employer
from linggong.followups.models import CallBack
from linggong.foundation.scope import within
from linggong.lib import clock
from linggong.pay.models import Wage
from linggong.posts.models import Shift

ACTS_A_TICK = 4


def tick(lottery: random.Random) -> str:
    """One step of the day; return in a few words what happened."""
    said = [_new(lottery), _answers(lottery), _arrivals(lottery), _evening(lottery), _money(lottery), _calls(lottery)]
    return ", ".join(words for words in said if words) or "nothing was due"


def _new(lottery: random.Random) -> str:
    if lottery.random() < 0.35:
        worker = people.register_somebody(lottery, lottery.randrange(100_000))
        return "a worker registered" if worker else ""
    with within(market.LOOK):
        open_now = Shift.objects.filter(listed=True, starts__gt=clock.now(), taken__lt=F("places")).count()
        approved = list(Employer.objects.filter(state="approved"))
    if open_now > 25 or lottery.random() < 0.5:
        return ""
    work = lottery.choice(material.WORKS)
    fitting = [e for e in approved if e.kind in work.kinds]
    today = clock.today()
    soon = clock.now() + timedelta(minutes=45) < market.at(today, work.begins.hour)
    market.post(lottery, lottery.choice(fitting), work, today if soon else today + timedelta(days=1))
    return "a job was posted"


def _answers(lottery: random.Random) -> str:
    with within(market.LOOK):
        waiting = Offer.objects.filter(state="waiting", deadline__gt=clock.now()).select_related("worker", "shift__job")
        drawn = list(waiting.order_by("?")[:ACTS_A_TICK])
        applied = Shift.objects.filter(offers__state="applied", taken__lt=F("places")).select_related("job__employer")
        shift = applied.first()
    for offer in drawn:
        market.answer(lottery, offer)
    if shift is not None:
        market.confirm_applicants(shift)
    return f"{len(drawn)} answers" if drawn else ""


def _arrivals(lottery: random.Random) -> str:
    now = clock.now()
    due = _placements("confirmed", shift__starts__lte=now + timedelta(minutes=10), shift__ends__gt=now)
    for placement in due:
        market.arrive(lottery, placement)
    return f"{len(due)} arrivals" if due else ""


def _evening(lottery: random.Random) -> str:
    over = _placements("arrived", shift__ends__lte=clock.now())
    for placement in over:
        market.settle(lottery, placement)
    return f"{len(over)} settled" if over else ""


def _money(lottery: random.Random) -> str:
    with within(market.LOOK):
        paid = list(Wage.objects.filter(state="paid")[:ACTS_A_TICK])
    for wage in paid:
        market.receive(lottery, wage)
    return f"{len(paid)} wages" if paid else ""


def _calls(lottery: random.Random) -> str:
    with within(market.LOOK):
        call = CallBack.objects.filter(state="due", due_at__lte=clock.now()).first()
    if call is None or lottery.random() < 0.7:
        return ""
    market.call_back(lottery, call)
    return "a call-back"


def _placements(state: str, **where: object) -> list[Placement]:
    with within(market.LOOK):
        found = Placement.objects.filter(state=state, **where).select_related("worker", "shift__job__employer")
        return list(found[:ACTS_A_TICK])
