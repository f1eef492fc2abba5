"""What happens in the market, act by act, each done by whoever does it in life."""

import random
from datetime import date, datetime, time, timedelta

from linggong.attendance import operations as attendance
from linggong.cases import operations as cases
from linggong.demo import material
from linggong.demo.people import agent, clerk, of_employer, of_worker
from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Offer, Placement
from linggong.employers.models import Employer
from linggong.followups import operations as followups
from linggong.followups.models import CallBack
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.pay import operations as pay
from linggong.pay.models import Wage
from linggong.posts import operations as posts
from linggong.posts.models import Job, Shift
from linggong.posts.records import NewJob, NewShift

LOOK = system("demo")


def post(lottery: random.Random, employer: Employer, work: material.Work, day: date) -> Job:
    """The employer posts work for a day, near its own place."""
    places = max(1, round(lottery.triangular(1, work.most, work.most / 2)))
    begin = datetime.combine(day, work.begins, clock.SHANGHAI)
    end = datetime.combine(day + timedelta(days=work.ends <= work.begins), work.ends, clock.SHANGHAI)
    new = NewJob(
        employer_id=employer.id,
        trade=work.trade,
        title=work.title,
        description=work.description,
        place_name=employer.address or employer.name,
        division=employer.division,
        latitude=employer.latitude or 36.2,
        longitude=employer.longitude or 113.1,
        pay_fen=work.pay * 100,
        pay_unit=work.unit,
        settlement="daily",
        shifts=(NewShift(begin, end, places),),
        break_minutes=work.break_minutes,
        meals=work.meals,
        bring=work.bring,
        transport=True if work.trade == "farm_worker" else None,
        instant_confirmation=lottery.random() < 0.8,
    )
    return posts.post(new=new, by=of_employer(employer), source="phone")


def post_piecework(employer: Employer) -> Job:
    """Take-home handwork of the heritage workshop."""
    trade, title, yuan, pieces, words = material.PIECEWORK
    start = clock.now()
    new = NewJob(
        employer_id=employer.id,
        kind="piecework",
        trade=trade,
        title=title,
        description=words,
        place_name="潞州区零工市场",
        division=material.COUNTY,
        latitude=36.19,
        longitude=113.119,
        pay_fen=yuan * 100,
        pay_unit="piece",
        settlement="on_completion",
        pieces=pieces,
        due_on=clock.today() + timedelta(days=14),
        shifts=(NewShift(start, start + timedelta(days=14), 8),),
    )
    return posts.post(new=new, by=clerk(), source="desk")


def shift_of(job: Job) -> Shift:
    """The one shift of a job, with all that the acts need."""
    with within(LOOK):
        return Shift.objects.select_related("job__employer").get(job=job)


def answer(lottery: random.Random, offer: Offer) -> None:
    """The worker says yes, no, or nothing."""
    by = of_worker(offer.worker)
    drawn = lottery.random()
    try:
        if drawn < 0.62:
            dispatch.accept(offer=offer, by=by)
        elif drawn < 0.82:
            dispatch.decline(offer=offer, by=by, reason=lottery.choice(material.DECLINES))
    except Refusal:
        return  # somebody was faster, or other work came first: as in life


def confirm_applicants(shift: Shift) -> None:
    """The employer takes who applied, as long as there are places."""
    by = of_employer(shift.job.employer)
    with within(LOOK):
        waiting = list(Offer.objects.filter(shift=shift, state="applied").select_related("shift__job"))
    for offer in waiting:
        try:
            dispatch.confirm(offer=offer, by=by)
        except Refusal:
            return


def arrive(lottery: random.Random, placement: Placement) -> None:
    """Most scan the code; some are ticked by the employer; a few do not come."""
    if lottery.random() < 0.05:
        return
    shift = placement.shift
    if lottery.random() < 0.6:
        attendance.check_in_by_code(shift_id=shift.id, code=attendance.site_code(shift), by=of_worker(placement.worker))
    else:
        attendance.check_in(placement=placement, by=of_employer(shift.job.employer), way="employer")


def settle(lottery: random.Random, placement: Placement) -> Wage | None:
    """The employer confirms the work and mostly pays the same evening."""
    by = of_employer(placement.shift.job.employer)
    pieces = lottery.randrange(20, 45) if placement.shift.job.pay_unit == "piece" else None
    try:
        wage = pay.settle(placement=placement, by=by, pieces=pieces)
        if lottery.random() < 0.93 and wage.owed_fen:
            way = lottery.choice(["wechat", "wechat", "cash", "alipay"])
            pay.record_payment(wage=wage, amount_fen=wage.owed_fen, way=way, by=by)
    except Refusal:
        return None
    return wage


def receive(lottery: random.Random, wage: Wage) -> None:
    """The worker says it came; now and then it did not."""
    by = Viewer(role="worker", name=wage.worker_name, worker_id=wage.worker_id)
    with within(LOOK):
        wage = Wage.objects.get(pk=wage.pk)
    if wage.state == Wage.State.PAID and lottery.random() < 0.9:
        pay.confirm_receipt(wage=wage, by=by)
    elif wage.state == Wage.State.OWED and lottery.random() < 0.25:
        cases.dispute_wage(wage=wage, by=by, words="说好当天给，到现在没给。")


def rate_each_other(lottery: random.Random, placement: Placement) -> None:
    for side, by in (("worker", of_worker(placement.worker)), ("employer", of_employer(placement.shift.job.employer))):
        if lottery.random() < 0.55:
            stars = lottery.choices([5, 4, 3, 2], [6, 3, 1, 0.4])[0]
            words = lottery.choice(material.GOOD_WORDS if stars >= 4 else material.BAD_WORDS)
            as_advertised = stars >= 3 if side == "worker" else None
            followups.rate(placement=placement, side=side, stars=stars, words=words, as_advertised=as_advertised, by=by)


def call_back(lottery: random.Random, call: CallBack) -> None:
    """The agent calls."""
    outcome = lottery.choices(
        ["working", "finished_well", "out_of_work", "no_answer", "not_looking"], [3, 5, 2, 2, 0.5]
    )[0]
    followups.record_call(call_back=call, outcome=outcome, note="", by=agent())


def decide_missing_of(shift: Shift, lottery: random.Random) -> None:
    """The clerk asks after those who did not come."""
    from linggong.attendance.models import MissingArrival

    with within(LOOK):
        open_ones = list(MissingArrival.objects.filter(placement__shift=shift, state="open"))
    for missing in open_ones:
        decision = lottery.choice(["excused", "no_show"])
        reason = "家里有急事，打过电话" if decision == "excused" else "电话没接通，也没来"
        attendance.decide_missing(missing=missing, decision=decision, by=clerk(), reason=reason)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in China."""
    return datetime.combine(day, time(hour, minute), clock.SHANGHAI)
