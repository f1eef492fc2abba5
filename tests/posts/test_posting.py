"""岗位: what is posted, what is stopped, and who decides."""

from datetime import time, timedelta
from typing import Any

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.foundation.scope import within
from linggong.foundation.viewer import PUBLIC, Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.places import operations as places
from linggong.posts import operations as posts
from linggong.posts import queries, vetting
from linggong.posts.checking import JobRefused
from linggong.posts.models import Job, Shift
from linggong.posts.records import JobFilter, NewShift
from tests import cast


@pytest.fixture(autouse=True)
def market(db: None) -> None:
    cast.county()


def on_the_public_list() -> list[str]:
    with within(PUBLIC):
        return [shift.job.title for shift in queries.public_jobs(JobFilter())]


def rules(job: Job) -> set[str]:
    return set(job.findings.values_list("rule", flat=True))


def test_a_clean_job_of_a_vetted_employer_is_public_at_once() -> None:
    assert cast.job().state == Job.State.OPEN
    assert on_the_public_list() == ["卸货"]


def test_nothing_of_an_employer_is_shown_before_it_is_vetted() -> None:
    boss = cast.employer(vetted=False)
    assert cast.job(boss).state == Job.State.CHECKING
    assert on_the_public_list() == []
    vetting.approve(employer=boss, by=cast.clerk())
    assert on_the_public_list() == ["卸货"]


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ({"description": "先交200元押金，干满三天退"}, "fee_upfront"),
        ({"gender": "female"}, "gender_restriction"),
        ({"title": "招女服务员", "description": "限女性"}, "gender_restriction"),
        ({"age_min": 14}, "underage"),
        ({"description": "身份证押我这，干完还你"}, "document_withholding"),
    ],
)
def test_the_screening_stops_what_must_not_be_shown(typed: dict[str, Any], rule: str) -> None:
    job = cast.job(**typed)
    assert job.state == Job.State.CHECKING
    assert rule in rules(job)
    assert on_the_public_list() == []


def test_a_lawful_ground_lets_a_restriction_pass() -> None:
    assert cast.job(gender="female", gender_ground="女浴室服务").state == Job.State.OPEN


def test_pay_under_the_places_minimum_waits_for_a_clerk() -> None:
    administrator = Viewer(role="administrator", name="武军", division=cast.COUNTY)
    places.set_minimum_wage(
        division=cast.COUNTY,
        valid_from=clock.today() - timedelta(days=1),
        hourly_fen=2130,
        monthly_fen=198000,
        source="测试",
        by=administrator,
    )
    assert "pay_under_minimum" in rules(cast.job(pay_fen=9000))
    assert cast.job(pay_fen=22000).state == Job.State.OPEN


def test_a_shift_over_twelve_hours_waits_for_a_clerk() -> None:
    shift = cast.tomorrow(time(6), time(20))
    assert "excessive_hours" in rules(cast.job(None, shift, break_minutes=0))


def test_a_clerk_decides_and_the_employer_is_told_why() -> None:
    job = cast.job(gender="female")
    with pytest.raises(Refusal, match="原因"):
        posts.decide(job=job, allow=False, by=cast.clerk())
    refused = posts.decide(job=job, allow=False, by=cast.clerk(), reason="性别限制没有依据")
    assert refused.state == Job.State.REFUSED
    assert on_the_public_list() == []
    with pytest.raises(posts.JobNotOpen):
        posts.decide(job=job, allow=True, by=cast.clerk())


def test_what_a_rule_has_found_is_let_through_only_with_a_reason() -> None:
    job = cast.job(gender="female")
    with pytest.raises(Refusal, match="为什么可以发布"):
        posts.decide(job=job, allow=True, by=cast.clerk(), reason=" ")
    assert on_the_public_list() == []
    posts.decide(job=job, allow=True, by=cast.clerk(), reason="女浴室搓澡")
    assert on_the_public_list() == ["卸货"]
    assert [each.reason for each in job.findings.all()] == ["女浴室搓澡"]


def test_a_neighbouring_countys_clerk_decides_nothing_here() -> None:
    with pytest.raises(NotAllowed):
        posts.decide(job=cast.job(gender="female"), allow=True, by=cast.neighbour_clerk())


def test_an_employer_posts_only_in_its_own_name() -> None:
    mine, other = cast.employer(), cast.employer("别家")
    with pytest.raises(NotAllowed):
        posts.post(new=cast.new_job(other), by=cast.viewer_of_employer(mine), source="phone")


def test_an_agency_posts_only_for_who_has_entrusted_it() -> None:
    boss, agency = cast.employer(), cast.employer("惠民人力", kind="agency")
    viewer = Viewer(role="agency", name="惠民人力", employer_id=agency.id)
    new = cast.new_job(boss, entrusted_to_id=agency.id)
    with pytest.raises(NotAllowed):
        posts.post(new=new, by=viewer, source="phone")
    posts.post(new=new, by=cast.clerk(), source="desk")
    assert posts.post(new=new, by=viewer, source="phone").employer_id == boss.id


def test_a_suspended_employers_jobs_leave_the_list_and_it_posts_no_more() -> None:
    boss = cast.employer()
    cast.job(boss)
    vetting.suspend(employer=boss, by=cast.clerk(), reason="拖欠工钱")
    assert on_the_public_list() == []
    with pytest.raises(posts.EmployerMayNotPost):
        cast.job(boss)


def test_yesterdays_job_is_repeated_with_the_same_hours_and_another_number() -> None:
    boss = cast.employer()
    again = posts.repeat(job=cast.job(boss), by=cast.viewer_of_employer(boss), places=5)
    shift = Shift.objects.get(job=again)
    assert (shift.places, clock.local(shift.starts).time(), again.state) == (5, time(7, 30), Job.State.OPEN)


def test_places_are_never_fewer_than_are_taken() -> None:
    shift = cast.shift(places=3)
    cast.placement(cast.worker(), shift)
    cast.placement(cast.worker("李四"), shift)
    with pytest.raises(posts.TooFewPlaces):
        posts.change_places(shift=shift, places=1, by=cast.clerk())


@pytest.mark.parametrize(
    "typed",
    [
        {"pay_fen": 0},
        {"pay_fen": -5},
        {"pay_fen": 10**12},
        {"pay_unit": "year"},
        {"title": "  "},
        {"place_name": ""},
        {"latitude": 200.0},
        {"gender": "other"},
        {"age_min": 60, "age_max": 30},
        {"trade": "astronaut"},
        {"break_minutes": 900},
        {"kind": "piecework"},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_stored(typed: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        cast.job(**typed)
    assert Job.objects.count() == 0


@pytest.mark.parametrize("hours", [(0, 0), (5, 3), (0, 25), (-30, -22), (24 * 200, 24 * 200 + 8)])
def test_shifts_that_cannot_be_are_refused(hours: tuple[int, int]) -> None:
    now = clock.now()
    shift = NewShift(now + timedelta(hours=hours[0]), now + timedelta(hours=hours[1]), 2)
    with pytest.raises(JobRefused):
        cast.job(None, shift)


def test_piecework_keeps_its_rate_its_number_and_the_day_it_is_handed_in() -> None:
    due = clock.today() + timedelta(days=14)
    job = cast.job(kind="piecework", pay_unit="piece", pay_fen=600, pieces=400, due_on=due, trade="handcrafter")
    shift = Shift.objects.get(job=job)
    assert clock.local(shift.ends).date() == due
    assert job.pieces == 400


def test_a_shift_is_shown_until_half_of_it_is_over() -> None:
    shift = cast.job(None, cast.tomorrow(time(7), time(17))).shifts.get()
    with clock.at(shift.starts + timedelta(hours=4, minutes=59)):
        assert on_the_public_list() == ["卸货"]
    with clock.at(shift.starts + timedelta(hours=5)):
        assert on_the_public_list() == []


def test_jobs_whose_last_shift_is_over_leave_the_list() -> None:
    job = cast.job()
    with clock.at(clock.now() + timedelta(days=3)):
        assert posts.close_past_jobs() == 1
    job.refresh_from_db()
    assert job.state == Job.State.CLOSED
