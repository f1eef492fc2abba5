"""A small living market: of everything that a page can be about there is a row, made by the operations themselves."""

from dataclasses import dataclass
from datetime import time, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from linggong.accounts.models import Account, Role
from linggong.accounts.operations import account_for
from linggong.accounts.queries import viewer_of
from linggong.attendance import operations as attendance
from linggong.attendance.codes import site_code
from linggong.attendance.models import MissingArrival
from linggong.cases import operations as cases
from linggong.cases.models import Case
from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Offer, Placement
from linggong.employers.models import Employer
from linggong.followups import operations as followups
from linggong.followups.models import CallBack
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer, system
from linggong.lib import clock
from linggong.messages import operations as messages
from linggong.messages.models import Draft, Message, Source
from linggong.pay import operations as pay
from linggong.pay.models import Payment, Wage
from linggong.places.models import Site
from linggong.posts.models import Job, Shift
from linggong.posts.records import NewShift
from linggong.workers import operations as workers
from linggong.workers import roster
from linggong.workers.models import RosterImport, Worker
from tests import cast
from tests.attendance.day import Day, a_day

BACKEND = "django.contrib.auth.backends.ModelBackend"
STAFF = tuple(role for role in Role.values if role not in ("worker", "employer", "agency"))
BY = system("scene")


@dataclass(frozen=True)
class Scene:
    """王建国 works for 潞州商贸 and others; tomorrow's shift wants people, another job waits to be checked."""

    market: Site
    worker: Worker
    mate: Worker
    paused: Worker
    employer: Employer
    pending: Employer
    agency: Employer
    job: Job
    checking: Job
    shift: Shift
    open_shift: Shift
    night: Shift
    full: Shift
    offer: Offer
    applied: Offer
    coming: Placement
    done: Placement
    arrived: Placement
    expected: Placement
    failed: Placement
    wage: Wage
    unpaid: Wage
    payment: Payment
    missing: MissingArrival
    late: MissingArrival
    call: CallBack
    case: Case
    roster: RosterImport
    draft: Draft
    clean: Draft
    dropped: Draft
    seeker: Draft
    chatter: Message
    source: Source

    @property
    def code(self) -> str:
        return site_code(self.arrived.shift)


def scene() -> Scene:
    """Everything there is, told from three days ago until today."""
    market = cast.county()
    staff("auditor")
    with within(BY):
        worker, mate, third = cast.worker(trades=("loader", "cleaner")), cast.worker("李秀英"), cast.worker("张伟")
        employer, pending = cast.employer(), cast.employer("老赵饭店", vetted=False)
        agency = cast.employer("上党人力资源有限公司", kind="agency")
        wage, payment = _paid_day(worker, employer)
        unpaid, case = _quarrel(worker, employer)
        failed, late = _nobody_came(worker, mate, employer)
        arrived = _here_today(worker, employer)
        shift = cast.shift(employer, days=1)
        open_shift = cast.shift(employer, days=2, instant_confirmation=False)
        night = cast.shift(employer, begin=time(20), end=time(23), days=3)
        full = cast.shift(employer, days=4, places=1)
        cast.placement(third, full)
        coming, expected = cast.placement(worker, shift), cast.placement(mate, arrived.shift)
        paused = workers.set_state(worker=cast.worker("周平"), state="paused", by=BY)
        offer = dispatch.offer(shift=open_shift, worker=worker, by=BY, origin="wave")
        applied = dispatch.apply(shift=open_shift, worker=third, by=BY).offer
        checking = cast.job(employer, description="先交押金 200 元")
        followups.plan_call_backs()
        call = CallBack.objects.earliest("due_at")
        return Scene(
            market=market,
            worker=worker,
            mate=mate,
            paused=paused,
            employer=employer,
            pending=pending,
            agency=agency,
            job=shift.job,
            checking=checking,
            shift=shift,
            open_shift=open_shift,
            night=night,
            full=full,
            offer=offer,
            applied=applied,
            coming=coming,
            done=wage.placement,
            arrived=arrived,
            expected=expected,
            failed=failed,
            wage=wage,
            unpaid=unpaid,
            payment=payment,
            missing=failed.missing,
            late=late,
            call=call,
            case=case,
            roster=_roster(),
            **_received(),
        )


def browser(role: str, told: Scene, language: str = "zh-hans") -> Client:
    """A browser in which somebody of this role is signed in; "public" is nobody."""
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = language
    if role != "public":
        client.force_login(account(role, told), backend=BACKEND)
    return client


def account(role: str, told: Scene) -> Account:
    """The login of a role in the scene: the county's staff, its worker, its employer, its agency."""
    people: dict[str, Worker | Employer] = {"worker": told.worker, "employer": told.employer, "agency": told.agency}
    whom = people.get(role)
    if whom is None:
        return staff(role)
    with within(BY):
        return account_for(role=role, subject_id=whom.id, name=whom.name, by=BY)


def staff(role: str, division: str = cast.COUNTY) -> Account:
    """A member of staff of a division."""
    return Account.objects.get_or_create(
        username=f"{role}-{division}", defaults={"role": role, "name": "刘芳", "division": division}
    )[0]


def viewer(role: str, told: Scene) -> Viewer:
    """The same person for an operation."""
    return viewer_of(account(role, told))


def stranger() -> UUID:
    """The identifier of nothing."""
    return uuid4()


def _paid_day(worker: Worker, employer: Employer) -> tuple[Wage, Payment]:
    with clock.at(clock.now() - timedelta(days=3)):
        day = _day(worker, employer)
    wage = day.settled()
    with clock.at(day.ends):
        receipt = BytesIO(b"%PDF-1.7 receipt")
        payment = pay.record_payment(
            wage=wage, amount_fen=wage.owed_fen, way="wechat", receipt=receipt, by=day.as_employer
        )
    wage.refresh_from_db()
    return wage, payment


def _quarrel(worker: Worker, employer: Employer) -> tuple[Wage, Case]:
    with clock.at(clock.now() - timedelta(days=4)):
        day = _day(worker, employer)
    wage = day.settled()
    with clock.at(day.ends + timedelta(hours=1)):
        case = cases.dispute_wage(wage=wage, by=day.as_worker, words="一分钱也没给")
    wage.refresh_from_db()
    return wage, case


def _nobody_came(worker: Worker, mate: Worker, employer: Employer) -> tuple[Placement, MissingArrival]:
    """The worker's alarm has been decided as a no-show, the mate's has not been decided."""
    with clock.at(clock.now() - timedelta(days=2)):
        day = _day(worker, employer)
        other = cast.placement(mate, day.shift)
    with clock.at(day.starts + timedelta(minutes=20)):
        attendance.raise_missing(clock.now())
        missing = MissingArrival.objects.get(placement=day.placement)
        attendance.decide_missing(missing=missing, decision="no_show", by=cast.clerk(), reason="电话没人接")
    return Placement.objects.select_related("missing").get(pk=day.placement.pk), other.missing


def _here_today(worker: Worker, employer: Employer) -> Placement:
    """A shift that began two hours ago, and the worker came."""
    now = clock.now()
    with clock.at(now - timedelta(days=1)):
        begin = clock.local(now - timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
        new = NewShift(begin, begin + timedelta(hours=8), 3)
        shift = Shift.objects.select_related("job").get(job=cast.job(employer, new))
        placement = cast.placement(worker, shift)
    Day(worker, employer, shift, placement).arrives(5)
    return Placement.objects.select_related("shift__job").get(pk=placement.pk)


def _day(worker: Worker, employer: Employer) -> Day:
    return a_day(worker=worker, shift=cast.shift(employer))


def _received() -> dict[str, Any]:
    """A job with a flag, somebody who wants work, and what is neither."""
    words = (
        "招瓦工3名，一天300，明天早7点到晚6点，马厂镇龙湾花园，电话13812345678，先交押金200",
        "招保洁2名，一天160，后天早8点到下午5点，潞州区英雄台小区，电话13612345678",
        "招司机1名，一天260，后天早8点到下午5点，潞州区北董新区，电话13512345678",
        "本人男，45岁，会贴砖，想找活，电话13912345678",
        "今天天气真好",
    )
    for text in words:
        messages.receive(words=messages.of_text(text), by=cast.clerk(), way="paste", label="马厂零工群")
        messages.read_waiting()
    job, clean, dropped, seeker = Draft.objects.select_related("message").order_by("created_at")
    messages.drop(draft=dropped, by=cast.clerk(), reason="已经招满")
    source, _secret = messages.add_source(name="群助手", code=cast.COUNTY, by=BY)
    return {
        "draft": job,
        "clean": clean,
        "dropped": dropped,
        "seeker": seeker,
        "chatter": Message.objects.get(kind="other"),
        "source": source,
    }


def _roster() -> RosterImport:
    lines = f"姓名,身份证号,工种\n陈明,{cast.identity_number()},保洁\n坏行,123,保洁\n"
    return roster.open_roster(file=BytesIO(lines.encode()), filename="名单.csv", by=cast.clerk())
