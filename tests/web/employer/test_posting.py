"""发布 and 再招一次: what was typed is looked at with the market and the rules beside it, then posted once."""

from datetime import timedelta

import pytest

from linggong.lib import clock
from linggong.posts.models import Job, Shift
from tests import cast
from tests.web.employer.conftest import Phone, phone_of


def typed(**changed: object) -> dict[str, object]:
    """Three loaders for tomorrow, at the employer's own address."""
    day = (clock.today() + timedelta(days=1)).isoformat()
    usual = {"kind": "shift", "trade": "装卸搬运工", "title": "卸两车水泥", "day": day, "starts": "07:30"}
    usual |= {"ends": "17:30", "days": "1", "places": "3", "pay": "220", "pay_unit": "day", "settlement": "daily"}
    usual |= {"where": "own", "instant": "yes", "break_minutes": "60", "request_key": "a1"}
    return {**usual, **changed}


def only_job() -> Job:
    return Job.objects.prefetch_related("shifts", "findings").get()


def test_before_posting_the_market_is_shown_and_nothing_is_posted_yet(phone: Phone) -> None:
    cast.worker()
    page = phone.sent("job_new", **typed())
    assert "县里登记会干这个活的有 1 人" in page and "工人看到的是这样" in page and "卸两车水泥" in page
    assert not Job.objects.exists()


def test_posting_opens_the_job_and_the_same_form_sent_twice_makes_one(phone: Phone) -> None:
    page = phone.sent("job_new", **typed(post="1"))
    assert "发布了，正在帮您找人" in page and "招人中" in page
    phone.send("job_new", **typed(post="1"))
    job = only_job()
    assert (job.pay_fen, job.break_minutes, job.place_name) == (22_000, 60, "太行东街 8 号")
    assert job.shifts.get().places == 3


def test_a_shift_over_midnight_on_several_days(phone: Phone) -> None:
    phone.send("job_new", **typed(post="1", starts="22:00", ends="06:00", days="3"))
    shifts = list(only_job().shifts.all())
    assert [shift.ends - shift.starts for shift in shifts] == [timedelta(hours=8)] * 3


def test_piecework_is_counted_in_pieces_until_the_day_it_is_due(phone: Phone) -> None:
    due = (clock.today() + timedelta(days=10)).isoformat()
    phone.send("job_new", **typed(kind="piecework", trade="loader", pieces="500", due_on=due, pay="1.5", post="1"))
    job = only_job()
    assert (job.kind, job.pay_unit, job.pieces, job.pay_fen) == ("piecework", "piece", 500, 150)


def test_work_elsewhere_needs_a_town_and_a_place(phone: Phone) -> None:
    page = phone.sent("job_new", **typed(where="elsewhere"))
    assert "请填写" in page and 'id="job-form"' in page
    phone.send("job_new", **typed(where="elsewhere", division=cast.TOWN, place_name="物流园东门", post="1"))
    assert only_job().division == cast.TOWN


def test_what_the_rules_find_is_said_with_its_ground_and_a_clerk_looks_at_it(phone: Phone) -> None:
    page = phone.sent("job_new", **typed(description="入职先交押金 200 元"))
    assert "这样写，要等工作人员看过" in page and "押金" in page and "法" in page and "交给工作人员看" in page
    page = phone.sent("job_new", **typed(description="入职先交押金 200 元", post="1"))
    assert "等工作人员看" in page and "法" in page
    assert only_job().state == Job.State.CHECKING


def test_who_is_not_vetted_yet_may_write_and_is_told_what_happens_next(county: None) -> None:
    pending = phone_of(cast.employer("等着的公司", vetted=False))
    assert "还在核验" in pending.read("home") and "还在核验" in pending.read("job_new")
    pending.send("job_new", **typed(post="1"))
    assert only_job().state == Job.State.CHECKING


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"trade": "飞天"}, "没有"),
        ({"trade": ""}, "请填写"),
        ({"pay": "-5"}, "不能是负数"),
        ({"pay": "１２３４５６７８９０１２３"}, "太大"),
        ({"places": "0"}, "1"),
        ({"places": "五个"}, "整数"),
        ({"day": "2026-02-30"}, "日期"),
        ({"day": "2001-01-01"}, "已经过去"),
        ({"starts": "25:00"}, "时间"),
        ({"break_minutes": "100000"}, "240"),
        ({"days": "999"}, "31"),
        ({"title": "卸" * 61}, "60"),
        ({"contact_telephone": "12"}, "电话"),
    ],
)
def test_bad_input_gets_a_sentence_keeps_what_was_typed_and_posts_nothing(
    phone: Phone, wrong: dict[str, str], sentence: str
) -> None:
    page = phone.sent("job_new", **typed(bring="雨鞋和手套", post="1", **wrong))
    assert sentence in page and "雨鞋和手套" in page and 'id="job-form"' in page
    assert not Job.objects.exists()


def test_going_back_to_change_keeps_everything(phone: Phone) -> None:
    page = phone.sent("job_new", **typed(bring="雨鞋", change="1"))
    assert 'value="卸两车水泥"' in page and 'value="雨鞋"' in page and "error-summary" not in page


def test_the_market_is_shown_while_one_types(phone: Phone) -> None:
    cast.job(pay_fen=18_000)
    page = phone.read("market", trade="装卸搬运工", pay_unit="day", where="own")
    assert "从 180 元 到 180 元" in page
    assert "行情" not in phone.read("market", trade="飞天")


def test_hiring_again_takes_two_touches_and_another_number(phone: Phone) -> None:
    job = cast.job(phone.employer)
    assert f"/employer/jobs/{job.id}/repeat/" in phone.read("home")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    for _twice in range(2):
        phone.send("repeat", job.id, day=tomorrow, places="5", request_key="k")
    again = Job.objects.get(repeated_from=job)
    assert again.shifts.get().places == 5 and again.state == Job.State.OPEN


def test_hiring_again_with_nonsense_says_so(phone: Phone) -> None:
    job = cast.job(phone.employer)
    page = phone.sent("repeat", job.id, day="2001-01-01", places="5")
    assert "已经过去" in page and Job.objects.count() == 1


def test_a_refused_job_is_changed_and_posted_again_from_what_it_said(phone: Phone) -> None:
    job = cast.job(phone.employer, bring="手套")
    page = phone.read("job_new", **{"from": str(job.id)})
    assert 'value="手套"' in page and 'value="卸货"' in page


def test_the_public_page_of_a_job_is_shared_by_a_code_while_it_is_open(phone: Phone) -> None:
    shift = cast.shift(phone.employer)
    page = phone.read("job", shift.job_id)
    assert 'class="qr"' in page and f"/jobs/{shift.id}/" in page
    phone.send("withdraw", shift.job_id, reason="够了")
    assert 'class="qr"' not in phone.read("job", shift.job_id)


def test_withdrawing_and_changing_places(phone: Phone) -> None:
    shift = cast.shift(phone.employer)
    assert "人数改好了" in phone.sent("places", shift.id, places="5")
    assert "1 到 500" in phone.sent("places", shift.id, places="很多")
    assert Shift.objects.get(pk=shift.pk).places == 5
    assert "撤下了" in phone.sent("withdraw", shift.job_id, reason="货没到")
    assert Job.objects.get(pk=shift.job_id).state == Job.State.WITHDRAWN
