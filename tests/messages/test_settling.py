"""A draft is published, put into an earlier post, registered or dropped; every decision is kept."""

from datetime import time
from typing import Any

import pytest

from linggong.accounts.permissions import NotAllowed
from linggong.audit.models import Entry
from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.messages import operations, queries
from linggong.messages.errors import AlreadySettled, MessageNotFound, ReasonMissing, SettingRefused, Stopped
from linggong.messages.models import Draft, Judgement, Message
from linggong.messages.opening import seeker_of
from linggong.places import operations as places_operations
from linggong.posts import vetting
from linggong.posts.models import Job, Shift
from tests import cast
from tests.messages.desk import CLEAN, as_read, draft_of, drafts, opened, paste, places, publish

DEPOSIT = CLEAN + "，先交押金200"
LONG_DAY = "招瓦工3名，一天300，明天早6点到晚9点，马厂镇龙湾花园，电话13812345678"
ADMINISTRATOR = Viewer(role="administrator", name="刘芳", division=cast.COUNTY)


def test_a_clean_message_of_a_vetted_employer_is_published_at_once() -> None:
    draft = draft_of(CLEAN)
    job = publish(draft)
    with within(cast.clerk()):
        draft.refresh_from_db()
    assert (job.state, job.source) == (Job.State.OPEN, Job.Source.MESSAGE)
    assert (draft.state, draft.job, draft.handled_by) == (Draft.State.PUBLISHED, job, "刘芳")


def test_opening_shows_the_words_once_in_the_trail_however_often_the_page_is_loaded() -> None:
    draft = draft_of(CLEAN)
    with within(cast.clerk()):
        assert opened(draft).text == opened(draft).text == CLEAN
        assert Entry.objects.filter(act="message.opened", object_id=draft.message_id).count() == 1


def test_who_may_not_handle_messages_does_not_see_the_words() -> None:
    draft = draft_of(CLEAN)
    for role in ("bureau_officer", "auditor", "trainer", "rights_officer"):
        with pytest.raises(NotAllowed):
            opened(draft, Viewer(role=role, division=cast.COUNTY))
    with pytest.raises(MessageNotFound):
        opened(draft, cast.neighbour_clerk())


def test_the_telephone_leads_to_the_registered_employer_or_to_whom_it_was_last_posted_for() -> None:
    firm = cast.employer(telephone="13812345678")
    other = cast.employer("龙湾物业")
    draft = draft_of(CLEAN)
    assert opened(draft).employers == (firm,)
    publish(draft, other)
    again = draft_of("招木工2名，一天320，后天早8点到下午6点，马厂镇新村，电话13812345678")
    assert set(opened(again).employers) == {firm, other}


def test_an_employer_is_registered_with_the_post_which_waits_until_it_is_vetted() -> None:
    draft = draft_of(CLEAN)
    newcomer = cast.new_employer("龙湾装修队", telephone="13812345678")
    new = as_read(draft, cast.employer())
    job = operations.publish(draft=draft, new=new, by=cast.clerk(), newcomer=newcomer)
    assert job.state == Job.State.CHECKING
    with within(cast.clerk()):
        vetting.approve(employer=Employer.objects.get(name="龙湾装修队"), by=cast.clerk())
        job.refresh_from_db()
    assert job.state == Job.State.OPEN


def test_what_asks_for_money_cannot_be_published_whatever_the_reason() -> None:
    draft = draft_of(DEPOSIT)
    assert [each.rule for each in opened(draft).judged if each.stops] == ["fee_upfront"]
    with pytest.raises(Stopped):
        publish(draft, reason="老板说会退")
    with within(cast.clerk()):
        assert not Job.objects.exists()
        assert Draft.objects.get().state == Draft.State.NEW


def test_dropping_it_keeps_the_rule_as_the_reason() -> None:
    draft = draft_of(DEPOSIT)
    operations.drop(draft=draft, by=cast.clerk())
    with within(cast.clerk()):
        kept = Judgement.objects.get()
        dropped = Draft.objects.get()
    assert (kept.rule, kept.severity, kept.decision, kept.by_name) == ("fee_upfront", "stop", "upheld", "刘芳")
    assert dropped.state == Draft.State.DROPPED and "交钱" in dropped.reason


def test_a_rule_that_asks_wants_a_reason_which_is_kept_and_the_post_goes_out() -> None:
    draft = draft_of(LONG_DAY)
    long_day = (cast.tomorrow(time(6), time(21)),)
    with pytest.raises(ReasonMissing):
        publish(draft, shifts=long_day)
    job = publish(draft, reason="中间休息三小时", shifts=long_day)
    with within(cast.clerk()):
        kept = Judgement.objects.get()
        assert (kept.rule, kept.decision, kept.reason) == ("excessive_hours", "allowed", "中间休息三小时")
        assert job.findings.get().decision == "allowed"
    assert job.state == Job.State.OPEN


def test_what_the_clerk_has_put_right_needs_no_reason() -> None:
    draft = draft_of(LONG_DAY)
    assert draft.rules == ["excessive_hours"]
    assert publish(draft).state == Job.State.OPEN


def test_pay_under_the_places_minimum_is_asked_about() -> None:
    wage: dict[str, Any] = {"hourly_fen": 2000, "monthly_fen": 200000, "source": "文件", "valid_from": clock.today()}
    places_operations.set_minimum_wage(division=cast.COUNTY, by=ADMINISTRATOR, **wage)
    draft = draft_of("招保洁2名，一天100，明天早8点到下午5点，英雄台，电话13712345678")
    shown = opened(draft)
    assert [each.rule for each in shown.judged] == ["pay_under_minimum"]
    assert shown.wage and shown.wage.source == "文件"


def test_a_division_decides_how_it_takes_a_rule_but_never_switches_off_what_the_law_forbids() -> None:
    set_it: dict[str, Any] = {"code": cast.COUNTY, "reason": "县里试行", "by": ADMINISTRATOR}
    operations.set_severity(rule="excessive_hours", severity="off", **set_it)
    assert opened(draft_of(LONG_DAY)).judged == ()
    with pytest.raises(SettingRefused):
        operations.set_severity(rule="fee_upfront", severity="off", **set_it)
    operations.set_severity(rule="fee_upfront", severity="ask", **set_it)
    assert publish(draft_of(DEPOSIT), reason="押金是误写，已去掉").state == Job.State.OPEN
    with pytest.raises(SettingRefused):
        operations.set_severity(rule="underage", severity="ask", code=cast.COUNTY, reason=" ", by=ADMINISTRATOR)


def test_a_rule_that_is_off_does_not_hold_the_post_back() -> None:
    operations.set_severity(code=cast.COUNTY, rule="excessive_hours", severity="off", reason="试行", by=ADMINISTRATOR)
    assert publish(draft_of(LONG_DAY), shifts=(cast.tomorrow(time(6), time(21)),)).state == Job.State.OPEN


def test_only_administrators_of_the_place_set_rules() -> None:
    for by in (cast.clerk(), Viewer(role="administrator", division=cast.NEIGHBOUR)):
        with pytest.raises(NotAllowed):
            operations.set_severity(code=cast.COUNTY, rule="excessive_hours", severity="stop", reason="x", by=by)


def test_two_clerks_publish_one_draft_once() -> None:
    draft = draft_of(CLEAN)
    publish(draft)
    with pytest.raises(AlreadySettled):
        publish(draft)
    with within(cast.clerk()):
        assert Job.objects.count() == 1


def test_what_another_group_says_in_the_same_words_is_set_aside() -> None:
    first = draft_of("2026-11-21 06:40 老赵\n" + CLEAN)
    second = draft_of("2026-11-21 06:50 钱进\n" + CLEAN + "。")
    assert (first.state, second.state) == (Draft.State.NEW, Draft.State.DUPLICATE)
    reopened = operations.reopen(draft=second, by=cast.clerk())
    assert reopened.state == Draft.State.NEW
    assert opened(second).earlier is not None


def test_an_export_that_comes_late_repeats_but_does_not_change_what_was_said_after_it() -> None:
    paste("2026-11-21 09:00 老赵\n" + CLEAN)
    same = draft_of("2026-11-21 06:00 钱进\n" + CLEAN + "。")
    older = draft_of("2026-11-21 05:00 老赵\n" + CLEAN.replace("3名", "9名"))
    assert same.state == Draft.State.DUPLICATE
    assert older.message.kinship == ""


def test_what_a_later_message_changed_is_set_aside_with_it() -> None:
    first = draft_of("2026-11-21 06:00 老赵\n" + CLEAN)
    second = draft_of("2026-11-21 07:00 老赵\n" + CLEAN.replace("3名", "5名"))
    assert opened(first).later == second
    publish(second, shifts=places(5))
    assert {draft.pk: draft.state for draft in drafts()} == {first.pk: "duplicate", second.pk: "published"}


def test_a_correction_shows_what_it_corrects_and_can_keep_it_from_being_published() -> None:
    first = draft_of("2026-11-21 06:40 老赵\n" + CLEAN)
    correction = draft_of("2026-11-21 08:10 老赵\n人够了，不用了，谢谢")
    shown = opened(correction)
    assert shown.corrects and shown.item.headcount and shown.item.headcount.value == 3
    operations.close_original(draft=correction, original=first, by=cast.clerk())
    assert [draft.state for draft in drafts()] == ["dropped", "applied"]


def test_a_changed_number_is_shown_and_put_into_the_post() -> None:
    firm = cast.employer()
    job = publish(draft_of(CLEAN), firm)
    later = draft_of(CLEAN.replace("3名", "5名"))
    earlier = opened(later).earlier
    assert earlier is not None and earlier.job == job
    assert [(each["field"], each["before"], each["after"]) for each in earlier.changes] == [("headcount", 3, 5)]
    operations.apply_change(draft=later, job=job, new=as_read(later, firm, shifts=places(5)), by=cast.clerk())
    with within(cast.clerk()):
        assert Shift.objects.get().places == 5
        later.refresh_from_db()
        assert (later.state, Job.objects.count()) == (Draft.State.APPLIED, 1)


def test_a_changed_pay_withdraws_the_post_and_goes_out_anew() -> None:
    firm = cast.employer()
    job = publish(draft_of(CLEAN), firm)
    later = draft_of(CLEAN.replace("一天300", "一天350"))
    new = operations.apply_change(draft=later, job=job, new=as_read(later, firm, pay_fen=35000), by=cast.clerk())
    with within(cast.clerk()):
        job.refresh_from_db()
    assert (job.state, new.state, new.pay_fen, new.repeated_from_id) == ("withdrawn", "open", 35000, job.pk)


def test_a_job_posted_at_the_window_is_known_again_in_a_message() -> None:
    job = cast.job(
        cast.employer(),
        trade="bricklayer",
        title="招瓦工贴砖",
        place_name="马厂镇龙湾花园",
        pay_fen=30000,
        contact_telephone="13812345678",
    )
    earlier = opened(draft_of(CLEAN)).earlier
    assert earlier is not None and (earlier.job, earlier.text) == (job, "")


def test_a_correction_leads_to_the_post_and_can_take_it_back() -> None:
    job = publish(draft_of("2026-11-21 06:40 老赵\n" + CLEAN))
    correction = draft_of("2026-11-21 08:10 老赵\n人够了，不用了，谢谢")
    earlier = opened(correction).earlier
    assert earlier is not None and (earlier.kinship, earlier.job) == ("correction", job)
    operations.close_original(draft=correction, original=job, by=cast.clerk())
    with within(cast.clerk()):
        job.refresh_from_db()
    assert job.state == Job.State.WITHDRAWN


def test_a_seekers_message_becomes_a_registration() -> None:
    draft = draft_of("本人男，45岁，会贴砖，想找活，电话13912345678")
    seeker = seeker_of(opened(draft))
    assert seeker is not None and (seeker.phones, seeker.trades) == (("13912345678",), ("bricklayer",))
    worker = operations.register(draft=draft, new=cast.new_worker("孙七"), by=cast.clerk())
    with within(cast.clerk()):
        draft.refresh_from_db()
    assert (draft.state, draft.worker_id) == (Draft.State.REGISTERED, worker.pk)


def test_a_registration_that_is_refused_leaves_the_draft_waiting() -> None:
    draft = draft_of("本人男，45岁，会贴砖，想找活，电话13912345678")
    with pytest.raises(Refusal):
        operations.register(draft=draft, new=cast.new_worker("孙七", consent=False), by=cast.clerk())
    assert drafts()[0].state == Draft.State.NEW


def test_a_clerk_sees_a_job_where_the_reader_saw_none() -> None:
    paste("今天天气真好")
    with within(cast.clerk()):
        message = Message.objects.get()
    draft = operations.take_as_job(message=message, by=cast.clerk())
    assert operations.take_as_job(message=message, by=cast.clerk()) == draft
    assert opened(draft).text == "今天天气真好"


def test_each_job_of_a_message_is_settled_by_itself() -> None:
    paste("【招聘】晨光幼儿园\n1、保育员2名，2400/月\n2、厨师1名，3500/月\n3、门卫1名，1900/月\n电话：0354-2638801")
    first, second, third = drafts()
    operations.drop(draft=second, by=cast.clerk(), reason="已经招满")
    with within(cast.clerk()):
        assert queries.next_draft(viewer=cast.clerk(), after=second) == third
        assert queries.next_draft(viewer=cast.clerk(), after=third) == first
        assert queries.counts(viewer=cast.clerk()).states == {
            "new": 2, "dropped": 1, "published": 0, "registered": 0, "applied": 0, "duplicate": 0,
        }  # fmt: skip


def test_dropping_for_no_reason_is_refused() -> None:
    with pytest.raises(ReasonMissing):
        operations.drop(draft=draft_of(CLEAN), by=cast.clerk())
