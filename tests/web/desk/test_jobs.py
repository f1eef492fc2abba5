"""Employers are vetted, jobs are posted and decided, nothing twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linggong.employers.models import Employer
from linggong.foundation.scope import within
from linggong.lib import clock
from linggong.posts.models import Job
from tests import cast
from tests.web.desk.pages import said

NEW = "/desk/jobs/new/"


def typed(employer: str = "华丰建材", **fields: Any) -> dict[str, Any]:
    """A job as a clerk types it: five loaders tomorrow."""
    usual = {
        "request_key": "one",
        "employer": employer,
        "trade": "zxbyg",
        "pay": "220",
        "pay_unit": "day",
        "settlement": "daily",
        "spot": "马厂镇",
        "place_name": "东门口",
        "day": str(clock.today() + timedelta(days=1)),
        "starts": "07:30",
        "ends": "17:30",
        "places": "5",
        "days": "1",
        "break_minutes": "60",
        "kind": "shift",
    }
    return {**usual, **fields}


def jobs() -> list[Job]:
    return list(Job.objects.prefetch_related("shifts"))


def test_a_vetted_employers_clean_job_is_open_at_once(desk: Client) -> None:
    cast.employer("华丰建材")
    desk.post(NEW, typed(provided=["meals"]))
    (job,) = jobs()
    assert (job.state, job.title, job.pay_fen, job.meals) == ("open", "装卸搬运工", 22000, True)
    assert job.lodging is None
    assert job.division == cast.TOWN


def test_a_night_shift_ends_the_next_day(desk: Client) -> None:
    cast.employer("华丰建材")
    desk.post(NEW, typed(starts="22:00", ends="06:00", pay="300"))
    (shift,) = jobs()[0].shifts.all()
    assert shift.ends - shift.starts == timedelta(hours=8)


def test_several_days_and_rows_become_shifts(desk: Client) -> None:
    cast.employer("华丰建材")
    later = str(clock.today() + timedelta(days=9))
    desk.post(NEW, typed(days="3", day_2=later, starts_2="08:00", ends_2="12:00", places_2="2"))
    assert [shift.places for shift in jobs()[0].shifts.all()] == [5, 5, 5, 2]


def test_piecework_needs_pieces_and_a_day_and_no_hours(desk: Client) -> None:
    cast.employer("华丰建材")
    piecework = {"kind": "piecework", "pay_unit": "piece", "pay": "1.5", "day": "", "starts": "", "ends": ""}
    assert "一共多少件" in said(desk.post(NEW, typed(**piecework)))
    due = str(clock.today() + timedelta(days=7))
    desk.post(NEW, typed(**piecework, pieces="500", due_on=due))
    assert (jobs()[0].kind, jobs()[0].pieces) == ("piecework", 500)


def test_the_same_form_sent_twice_posts_one_job(desk: Client) -> None:
    cast.employer("华丰建材")
    answers = [desk.post(NEW, typed())["Location"] for _time in range(2)]
    assert answers[0] == answers[1]
    assert len(jobs()) == 1


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        ("employer", "没这家", "没有找到"),
        ("trade", "", "请填写"),
        ("pay", "0", "大于零"),
        ("places", "501", "500"),
        ("spot", "月球", "月球"),
        ("starts", "", "请填写"),
        ("day", "2020-01-01", "已经过去"),
        ("position", "北边", "36.19"),
        ("position", "99,200", "位置不对"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_the_rest(desk: Client, field: str, wrong: str, sentence: str) -> None:
    cast.employer("华丰建材")
    page = desk.post(NEW, typed(**{field: wrong}))
    assert sentence in said(page)
    assert 'value="东门口"' in page.content.decode()
    assert not jobs()


def test_the_market_is_shown_while_typing(desk: Client) -> None:
    cast.worker()
    page = desk.get("/desk/jobs/market/", {"trade": "zxbyg", "spot": "马厂镇", "pay_unit": "day"})
    assert "县里有 1 个人会干" in said(page)
    assert said(desk.get("/desk/jobs/market/", {"trade": "?"})) == ""


def test_what_screening_found_waits_for_a_clerk(desk: Client) -> None:
    job = cast.job(description="先交押金200元")
    address = f"/desk/jobs/{job.id}/"
    assert "先交钱" in said(desk.get(address))
    assert "请写明不能发布的原因" in said(desk.post(f"{address}decide/", {"allow": "no"}, follow=True))
    desk.post(f"{address}decide/", {"allow": "no", "reason": "不能收押金"})
    job.refresh_from_db()
    assert (job.state, job.state_reason) == ("refused", "不能收押金")


def test_a_job_is_allowed_repeated_and_withdrawn(desk: Client) -> None:
    job = cast.job(description="先交押金200元")
    address = f"/desk/jobs/{job.id}/"
    desk.post(f"{address}decide/", {"allow": "yes"})
    for _time in range(2):
        desk.post(f"{address}repeat/", {"request_key": "again"})
    desk.post(f"{address}withdraw/", {"reason": "不要了"})
    job.refresh_from_db()
    assert job.state == "withdrawn"
    assert len(jobs()) == 2


def test_jobs_are_listed_by_state(desk: Client) -> None:
    cast.job(title="卸瓷砖")
    assert "卸瓷砖" in said(desk.get("/desk/jobs/", {"state": "open"}))
    assert "卸瓷砖" not in said(desk.get("/desk/jobs/"))


def test_an_employer_is_registered_and_vetted_with_a_reason_where_it_is_needed(desk: Client) -> None:
    new = cast.new_employer("红星面馆")
    fields = {name: getattr(new, name) for name in ("kind", "name", "register_number", "contact_name", "telephone")}
    address = desk.post("/desk/employers/new/", {**fields, "division": "马厂镇"})["Location"]
    assert "待核验" in said(desk.get(address))
    desk.post(f"{address}vet/", {"act": "approve"})
    assert "请写明原因" in said(desk.post(f"{address}vet/", {"act": "suspend"}, follow=True))
    desk.post(f"{address}vet/", {"act": "suspend", "reason": "欠薪"})
    with within(cast.clerk()):
        kept = Employer.objects.get()
    assert (kept.state, kept.state_reason) == ("suspended", "欠薪")


def test_an_employer_known_already_is_opened_instead(desk: Client) -> None:
    new = cast.new_employer("红星面馆")
    fields = {name: getattr(new, name) for name in ("kind", "name", "register_number", "contact_name", "telephone")}
    first = desk.post("/desk/employers/new/", {**fields, "division": "马厂镇"})["Location"]
    again = desk.post("/desk/employers/new/", {**fields, "division": "马厂镇"})
    assert first in again.content.decode()


def test_an_employers_number_is_shown_with_a_reason(desk: Client) -> None:
    kept = cast.employer(telephone="13900001234")
    address = f"/desk/employers/{kept.id}/"
    assert "13900001234" not in said(desk.get(address))
    assert "13900001234" in said(desk.post(f"{address}reveal/", {"field": "telephone", "why": "核实"}))


def job_sheet(*lines: str) -> SimpleUploadedFile:
    head = "谁要人,工种,给多少工钱,按什么算,在哪里,具体地点,哪天,几点起,到几点,要几个人"
    return SimpleUploadedFile("岗位.csv", "\n".join([head, *lines]).encode(), content_type="text/csv")


def test_a_sheet_of_jobs_is_posted_row_by_row_and_doubles_nothing(desk: Client) -> None:
    cast.employer("华丰建材")
    day = clock.today() + timedelta(days=1)
    good = f"华丰建材,zxbyg,220,一天,马厂镇,东门口,{day},07:30,17:30,5"
    bad = f"华丰建材,飞行员,一百,一天,月球,东门口,{day},07:30,17:30,5"
    for _time in range(2):
        page = said(desk.post("/desk/jobs/import/", {"file": job_sheet(good, bad)}))
        assert "第 3 行" in page
        assert "没有“飞行员”这个工种" in page
    (job,) = jobs()
    assert (job.source, job.pay_fen) == ("sheet", 22000)


def test_the_empty_sheet_to_download_is_understood_when_it_comes_back(desk: Client) -> None:
    cast.employer("华丰建材")
    sheet = desk.get("/desk/jobs/import/jobs.xlsx").content
    page = desk.post("/desk/jobs/import/", {"file": SimpleUploadedFile("jobs.xlsx", sheet)})
    assert "已录入" in said(page)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", "一个字".encode(), "姓名,电话\n王,1".encode()])
def test_a_file_that_is_no_sheet_of_jobs_gets_a_sentence(desk: Client, content: bytes) -> None:
    page = desk.post("/desk/jobs/import/", {"file": SimpleUploadedFile("x.xlsx", content)})
    assert "有 1 处要改" in said(page) or "还不能保存" in said(page)
