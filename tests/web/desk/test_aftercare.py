"""Wages, cases, calls, messages and rosters at the desk."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linggong.attendance import operations as attendance
from linggong.cases.models import Case
from linggong.followups.models import CallBack
from linggong.followups.operations import plan_call_backs
from linggong.foundation.scope import within
from linggong.lib import clock
from linggong.notices.models import Notice
from linggong.pay import operations as pay
from linggong.pay.models import Payment, Wage
from linggong.workers import roster
from linggong.workers.models import RosterImport, Worker
from tests import cast
from tests.web.desk.pages import said


@pytest.fixture
def wage(desk: Client) -> Wage:
    """220 yuan that 王建国 has earned; ten days have passed."""
    shift = cast.shift()
    placement = cast.placement(cast.worker("王建国", telephone="13800005678"), shift)
    with clock.at(shift.starts), within(cast.clerk()):
        attendance.check_in(placement=placement, by=cast.clerk(), way="clerk")
    with clock.at(shift.ends), within(cast.clerk()):
        return pay.settle(placement=placement, by=cast.clerk())


def kept(wage: Wage) -> Wage:
    with within(cast.clerk()):
        return Wage.objects.get(pk=wage.pk)


def test_an_overdue_wage_is_listed_and_its_payment_recorded_once(desk: Client, wage: Wage) -> None:
    with clock.at(clock.now() + timedelta(days=10)):
        assert "王建国" in said(desk.get("/desk/wages/"))
    payment = {"request_key": "one", "amount_fen": "220", "way": "cash", "reference": "收条"}
    for _time in range(2):
        assert desk.post(f"/desk/wages/{wage.id}/", payment).status_code == 302
    with within(cast.clerk()):
        assert Payment.objects.get().amount_fen == 22000
    desk.post(f"/desk/wages/{wage.id}/received/")
    assert kept(wage).state == "received"


@pytest.mark.parametrize(("amount", "sentence"), [("0", "大于零"), ("221", "只差"), ("", "请填写"), ("一百", "数字")])
def test_a_payment_that_cannot_be_gets_a_sentence(desk: Client, wage: Wage, amount: str, sentence: str) -> None:
    page = desk.post(f"/desk/wages/{wage.id}/", {"amount_fen": amount, "way": "cash", "reference": "收条 7"})
    assert sentence in said(page)
    assert 'value="收条 7"' in page.content.decode()


def test_a_wage_that_did_not_come_becomes_a_case_that_is_taken_worked_and_settled(desk: Client, wage: Wage) -> None:
    address = desk.post(f"/desk/wages/{wage.id}/dispute/", {"words": "老板不接电话"})["Location"]
    assert "王建国" in said(desk.get("/desk/cases/"))
    desk.post(f"{address}take/")
    desk.post(f"{address}step/", {"text": "打了电话，答应明天给"})
    assert "答应明天给" in said(desk.get(address))
    assert "之间" in said(desk.post(address, {"recovered_fen": "99999", "text": "给了"}))
    desk.post(address, {"recovered_fen": "220", "text": "给了现金"})
    with within(cast.clerk()):
        assert Case.objects.get().state == "settled"
    assert kept(wage).state == "received"


@pytest.fixture
def call(wage: Wage) -> CallBack:
    with clock.at(wage.placement.shift.ends):
        plan_call_backs()
    with within(cast.clerk()):
        return CallBack.objects.get(kind="first_day")


def test_calls_are_queued_with_the_story_and_coded_by_one_key(desk: Client, call: CallBack) -> None:
    with clock.at(call.due_at + timedelta(minutes=1)):
        assert "王建国" in said(desk.get("/desk/calls/"))
        address = f"/desk/calls/{call.id}/"
        assert "138****5678" in said(desk.get(address))
        assert "13800005678" in said(desk.post(address))
        after = desk.post(f"{address}record/", {"outcome": "working", "note": "很好"})
    assert after["Location"] == "/desk/calls/"
    with within(cast.clerk()):
        done = CallBack.objects.get(pk=call.pk)
    assert (done.state, done.outcome, done.note) == ("done", "working", "很好")


def test_who_is_out_of_work_is_served_next(desk: Client, call: CallBack) -> None:
    with clock.at(call.due_at + timedelta(minutes=1)):
        after = desk.post(f"/desk/calls/{call.id}/record/", {"outcome": "out_of_work"})
    assert after["Location"] == f"/desk/workers/{call.worker_id}/"


def test_an_outcome_that_is_none_is_asked_again(desk: Client, call: CallBack) -> None:
    page = desk.post(f"/desk/calls/{call.id}/record/", {"outcome": "?"}, follow=True)
    assert "请选择这次回访的结果" in said(page)


def test_the_hall_calls_a_card_number_and_never_a_name(desk: Client) -> None:
    worker = cast.worker("王建国")
    desk.post("/desk/notices/", {"card": str(worker.card_number), "window": "2"})
    with within(cast.clerk()):
        notice = Notice.objects.get(channel="hall")
    assert notice.text == f"请卡号 {worker.card_number} 到 2 号窗口"
    assert notice.text in said(desk.get("/desk/notices/"))


@pytest.mark.parametrize("card", ["", "abc", "0", "999999999", "9" * 40])
def test_a_card_that_nobody_holds_is_not_called(desk: Client, card: str) -> None:
    assert desk.post("/desk/notices/", {"card": card, "window": "2"}).status_code == 200
    with within(cast.clerk()):
        assert not Notice.objects.filter(channel="hall").exists()


def roster_file(*lines: str) -> SimpleUploadedFile:
    text = "\n".join(["姓名,身份证号,电话,工种", *lines])
    return SimpleUploadedFile("名单.csv", text.encode(), content_type="text/csv")


def test_a_roster_comes_in_with_preview_progress_and_errors(desk: Client) -> None:
    good = f"李秀英,{cast.identity_number()},13800001111,保洁"
    bad = "张三,123,13800002222,保洁"
    address = desk.post("/desk/rosters/", {"file": roster_file(good, bad)})["Location"]
    preview = said(desk.get(address))
    assert "李秀英" in preview
    assert "13800001111" not in preview
    mapping = {"name": "0", "identity_number": "1", "telephone": "2", "trades": "3"}
    desk.post(address, mapping)
    with within(cast.clerk()):
        kept_roster = RosterImport.objects.get()
    assert "导入中" in said(desk.get(address))
    assert "0 / 2 行" in said(desk.get(f"{address}progress/"))
    while roster.run_batch(roster_id=kept_roster.id):
        continue
    assert desk.get(f"{address}progress/")["HX-Refresh"] == "true"
    assert "18位" in said(desk.get(address))
    assert "李秀英" in said(desk.get(f"{address}rows/added/"))
    sheet = desk.get(f"{address}errors.xlsx")
    assert BytesIO(sheet.content).read(2) == b"PK"
    with within(cast.clerk()):
        assert Worker.objects.count() == 1


def test_a_roster_without_the_needed_columns_is_refused_with_the_mapping_kept(desk: Client) -> None:
    address = desk.post("/desk/rosters/", {"file": roster_file("李秀英,1,2,3")})["Location"]
    page = desk.post(address, {"telephone": "2"})
    assert "请指出是哪一列" in said(page)
    assert '<option value="2" selected>' in page.content.decode()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04 broken", "一个字".encode()])
def test_a_file_that_is_no_roster_gets_a_sentence(desk: Client, content: bytes) -> None:
    page = desk.post("/desk/rosters/", {"file": SimpleUploadedFile("x.xlsx", content)})
    assert page.status_code == 200
    assert "有 1 处要改" in said(page) or "还不能保存" in said(page)


def test_rows_of_a_state_that_does_not_exist_are_not_found(desk: Client) -> None:
    address = desk.post("/desk/rosters/", {"file": roster_file("李秀英,1,2,3")})["Location"]
    assert desk.get(f"{address}rows/lost/").status_code == 404
