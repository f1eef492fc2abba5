"""One act of each kind that the market knows, as somebody who may do it would do it in the scene."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from linggong.accounts import operations as accounts
from linggong.attendance import operations as attendance
from linggong.cases import operations as cases
from linggong.dispatch import known
from linggong.dispatch import operations as dispatch
from linggong.dispatch.rules import Rules
from linggong.employers import operations as employers
from linggong.employers import own
from linggong.followups import operations as followups
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.messages import operations as messages
from linggong.pay import operations as pay
from linggong.places import operations as places
from linggong.posts import operations as posts
from linggong.posts import vetting
from linggong.workers import operations as workers
from linggong.workers import roster
from tests import cast
from tests.consistency.scene import Scene, staff

CLERK = Viewer(role="administrator", name="刘芳", division=cast.COUNTY)
PASSWORD = "correct horse battery"
Act = Callable[[Scene], Any]

ACTS: dict[str, Act] = {
    "a login is made": lambda t: accounts.create_staff(
        username="new", name="吴芳", role="window_clerk", division=cast.COUNTY, password=PASSWORD, by=CLERK
    ),
    "a password is set": lambda t: accounts.set_password(account=staff("auditor"), password=PASSWORD, by=CLERK),
    "an API key is made": lambda t: accounts.make_api_key(account=staff("auditor"), client="till", by=CLERK),
    "a login is closed": lambda t: accounts.deactivate(account=staff("auditor"), by=CLERK),
    "a site is added": lambda t: places.add_site(
        kind="station",
        division=cast.TOWN,
        name="马厂零工驿站",
        address="马厂街 1 号",
        latitude=36.25,
        longitude=113.13,
        hours="6:00-18:00",
        by=CLERK,
    ),
    "a minimum wage is set": lambda t: places.set_minimum_wage(
        division=cast.COUNTY, valid_from=clock.today(), hourly_fen=2000, monthly_fen=200000, source="文件", by=CLERK
    ),
    "matching is weighed anew": lambda t: dispatch.set_weights(
        division=cast.COUNTY, points={"distance": 300}, reason="路远", by=CLERK
    ),
    "rules of plans are set": lambda t: dispatch.set_rules(
        division=cast.COUNTY, rules=Rules(priority_percent=20, week_hours=44), reason="试行", by=CLERK
    ),
    "the chances are learnt": lambda t: dispatch.refit(division=cast.COUNTY, by=CLERK),
    "a worker is registered": lambda t: workers.register(new=cast.new_worker("赵四"), by=CLERK),
    "a worker is changed": lambda t: workers.update(worker=t.worker, changes={"wishes": "想在城里"}, by=CLERK),
    "a telephone is shown": lambda t: workers.reveal(worker=t.worker, field="telephone", by=CLERK, why="叫他来"),
    "a worker pauses": lambda t: workers.set_state(worker=t.worker, state="paused", by=CLERK),
    "a roster comes": lambda t: roster.open_roster(
        file=BytesIO(f"姓名,身份证号,工种\n陈明,{cast.identity_number()},保洁\n".encode()), filename="a.csv", by=CLERK
    ),
    "a roster begins": lambda t: roster.set_mapping(
        roster=t.roster, mapping={"name": 0, "identity_number": 1, "trades": 2}, merge_duplicates=True, by=CLERK
    ),
    "an employer is registered": lambda t: employers.register(new=cast.new_employer("新店"), by=CLERK, source="desk"),
    "an employer is approved": lambda t: vetting.approve(employer=t.pending, by=CLERK),
    "an employer is refused": lambda t: vetting.refuse(employer=t.pending, by=CLERK, reason="证件不全"),
    "an employer is suspended": lambda t: vetting.suspend(employer=t.employer, by=CLERK, reason="欠薪"),
    "an employer is blacklisted": lambda t: vetting.blacklist(employer=t.employer, by=CLERK, reason="欠薪"),
    "an employer's number is shown": lambda t: employers.reveal(
        employer=t.employer, field="telephone", by=CLERK, why="核实岗位"
    ),
    "an employer chooses itself": lambda t: own.choose_confirmation(employer=t.employer, instant=False, by=CLERK),
    "a job is posted": lambda t: posts.post(new=cast.new_job(t.employer), by=CLERK, source="desk"),
    "a job is repeated": lambda t: posts.repeat(job=t.job, by=CLERK),
    "a job is let through": lambda t: posts.decide(job=t.checking, allow=True, by=CLERK, reason="押金已取消"),
    "a job is stopped": lambda t: posts.decide(job=t.checking, allow=False, by=CLERK, reason="收押金"),
    "a job is withdrawn": lambda t: posts.withdraw(job=t.job, by=CLERK, reason="不招了"),
    "places are added": lambda t: posts.change_places(shift=t.shift, places=9, by=CLERK),
    "messages come": lambda t: messages.receive(
        words=messages.of_text("招保洁2名，一天150，电话13712345678"), by=CLERK, way="paste"
    ),
    "a message is opened": lambda t: messages.open_draft(draft_id=t.draft.pk, by=CLERK),
    "a message is published": lambda t: messages.publish(draft=t.clean, new=cast.new_job(t.employer), by=CLERK),
    "a message changes a post": lambda t: messages.apply_change(
        draft=t.clean, job=t.job, new=cast.new_job(t.employer, pay_fen=25000), by=CLERK
    ),
    "a message ends a post": lambda t: messages.close_original(draft=t.clean, original=t.job, by=CLERK),
    "a seeker is registered": lambda t: messages.register(draft=t.seeker, new=cast.new_worker("孙七"), by=CLERK),
    "a message is dropped": lambda t: messages.drop(draft=t.draft, by=CLERK, reason="收押金"),
    "a message comes back": lambda t: messages.reopen(draft=t.dropped, by=CLERK),
    "a message becomes a job": lambda t: messages.take_as_job(message=t.chatter, by=CLERK),
    "a rule is set": lambda t: messages.set_severity(
        code=cast.COUNTY, rule="excessive_hours", severity="stop", reason="县里要求", by=CLERK
    ),
    "a group assistant is added": lambda t: messages.add_source(name="新群", code=cast.COUNTY, by=CLERK),
    "a group assistant is stopped": lambda t: messages.revoke_source(source=t.source, by=CLERK),
    "a shift is cancelled": lambda t: dispatch.cancel_shift(shift=t.shift, by=CLERK, reason="下雨"),
    "a worker is asked": lambda t: dispatch.offer(shift=t.shift, worker=t.mate, by=CLERK, origin="desk"),
    "a worker is asked by name": lambda t: known.ask_by_name(shift=t.night, worker_id=t.worker.id, by=CLERK),
    "a wave goes out": lambda t: dispatch.start_waves(shift=t.shift, by=CLERK),
    "an offer is accepted": lambda t: dispatch.accept(offer=t.offer, by=CLERK),
    "an offer is declined": lambda t: dispatch.decline(offer=t.offer, by=CLERK, reason="far"),
    "an offer is passed on": lambda t: dispatch.pass_on(
        offer=t.offer, telephone_or_card=str(t.mate.card_number), by=cast.viewer_of_worker(t.worker)
    ),
    "a worker applies": lambda t: dispatch.apply(shift=t.shift, worker=t.mate, by=CLERK),
    "an applicant is taken": lambda t: dispatch.confirm(offer=t.applied, by=CLERK),
    "an applicant is refused": lambda t: dispatch.refuse(offer=t.applied, by=CLERK),
    "a worker is booked": lambda t: dispatch.place(shift=t.shift, worker=t.mate, by=CLERK),
    "a worker stands by": lambda t: dispatch.stand_by(shift=t.full, worker=t.mate, by=CLERK),
    "a worker cancels": lambda t: dispatch.cancel_by_worker(placement=t.coming, by=CLERK, reason="病了"),
    "an employer cancels": lambda t: dispatch.cancel_by_employer(placement=t.coming, by=CLERK, reason="没货"),
    "an employer is blocked": lambda t: dispatch.block(
        worker=t.worker, employer=t.employer, by=CLERK, wished_by="worker", reason="拖欠"
    ),
    "a worker's telephone is shown": lambda t: known.reveal_worker_telephone(placement=t.coming, by=CLERK),
    "somebody arrives": lambda t: attendance.check_in(placement=t.expected, by=CLERK, way="clerk"),
    "somebody leaves": lambda t: attendance.check_out(placement=t.arrived, by=CLERK),
    "an absence is excused": lambda t: attendance.decide_missing(
        missing=t.late, decision="excused", by=CLERK, reason="孩子病了"
    ),
    "an absence is a no-show": lambda t: attendance.decide_missing(
        missing=t.late, decision="no_show", by=CLERK, reason="电话没人接"
    ),
    "a no-show is contested": lambda t: attendance.contest(missing=t.missing, by=CLERK, words="我去了"),
    "work is settled": lambda t: pay.settle(placement=t.arrived, by=CLERK, left_at=clock.now()),
    "a payment is recorded": lambda t: pay.record_payment(wage=t.unpaid, amount_fen=5000, way="cash", by=CLERK),
    "a wage has come": lambda t: pay.confirm_receipt(wage=t.wage, by=CLERK),
    "a wage is disputed": lambda t: cases.dispute_wage(wage=t.wage, by=CLERK, words="没收到"),
    "a case is taken": lambda t: cases.take(case=t.case, by=CLERK),
    "a case goes on": lambda t: cases.add_step(case=t.case, by=CLERK, text="打了电话"),
    "a case ends": lambda t: cases.settle(case=t.case, by=CLERK, recovered_fen=22000, text="付清了"),
    "a side rates": lambda t: followups.rate(placement=t.done, side="worker", stars=5, by=CLERK),
    "a call is answered": lambda t: followups.record_call(call_back=t.call, outcome="working", by=CLERK),
    "a worker is served again": lambda t: followups.serve_again(worker=t.paused, by=CLERK),
}
