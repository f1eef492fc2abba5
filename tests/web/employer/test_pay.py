"""After the work: hours for everybody, payments recorded, what the worker says, stars."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from linggong.dispatch.models import Placement
from linggong.followups.models import Rating
from linggong.foundation.scope import within
from linggong.lib import clock
from linggong.pay import operations as pay
from linggong.pay.models import Payment, Wage
from linggong.posts.models import Shift
from tests import cast
from tests.web.employer.conftest import SYSTEM, Phone, during, placed, worker_of

Worked = Callable[..., tuple[Shift, list[Placement]]]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def worked(phone: Phone) -> Worked:
    """People who came and worked the whole day, with nothing confirmed yet."""

    def worked(*names: str, **job: object) -> tuple[Shift, list[Placement]]:
        shift = cast.shift(phone.employer, **job)
        people = [placed(shift, name) for name in names or ("张三", "李四")]
        with during(shift):
            phone.send("roll_call", shift.id, came=[str(held.id) for held in people])
        return shift, people

    return worked


def wages() -> list[Wage]:
    with within(SYSTEM):
        return list(Wage.objects.order_by("worker_name"))


def test_two_touches_confirm_the_hours_of_everybody(phone: Phone, worked: Worked) -> None:
    shift, people = worked()
    with clock.at(shift.ends):
        assert f"/shifts/{shift.id}/hours/" in phone.read("home")
        assert "按约定干到 17:30" in phone.read("hours", shift.id)
        page = phone.sent("hours", shift.id, who=[str(held.id) for held in people])
        assert "2 个人的工时定了" in page and "220 元" in page and "一共 440 元" in page
    assert [wage.owed_fen for wage in wages()] == [22_000, 22_000]


def test_one_person_is_corrected_and_one_left_for_later(phone: Phone, worked: Worked) -> None:
    shift, [early, later] = worked()
    with clock.at(shift.ends):
        phone.send("hours", shift.id, who=[str(early.id)], **{f"{early.id}-left_at": "12:30"})
    [wage] = wages()
    assert wage.placement_id == early.id and wage.owed_fen < 22_000
    with clock.at(shift.ends):
        assert later.worker_name in phone.read("hours", shift.id)


def test_impossible_hours_stay_on_the_page_with_a_sentence(phone: Phone, worked: Worked) -> None:
    shift, [held] = worked("张三")
    with clock.at(shift.ends):
        page = phone.sent("hours", shift.id, who=[str(held.id)], **{f"{held.id}-break_minutes": "1000"})
        assert "休息时间比整个班还长" in page and 'value="1000"' in page
        page = phone.sent("hours", shift.id, who=[str(held.id)], **{f"{held.id}-left_at": "昨天"})
        assert "时间" in page
    assert not wages()


def test_pieces_are_asked_where_pieces_are_paid(phone: Phone) -> None:
    due = clock.today()
    job = cast.job(phone.employer, kind="piecework", pay_unit="piece", pay_fen=150, pieces=100, due_on=due)
    held = placed(job.shifts.select_related("job").get())
    phone.send("roll_call", held.shift_id, came=[str(held.id)])
    assert "做了多少件" in phone.sent("hours", held.shift_id, who=[str(held.id)])
    phone.send("hours", held.shift_id, who=[str(held.id)], **{f"{held.id}-pieces": "80"})
    assert wages()[0].owed_fen == 12_000


def test_hours_are_corrected_until_something_is_paid(phone: Phone, worked: Worked) -> None:
    shift, [held] = worked("张三")
    with clock.at(shift.ends):
        phone.send("hours", shift.id, who=[str(held.id)])
        phone.send("correct", held.id, **{f"{held.id}-left_at": "12:30"})
        [wage] = wages()
        assert wage.owed_fen < 22_000
        phone.send("wage", wage.id, amount_fen="10", way="cash")
        assert "工时不能再改" in phone.sent("correct", held.id, **{f"{held.id}-left_at": "17:30"})


def test_all_are_paid_at_once_and_the_same_form_pays_once(
    phone: Phone, worked: Worked, settings: Settings, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    shift, people = worked()
    with clock.at(shift.ends):
        phone.send("hours", shift.id, who=[str(held.id) for held in people])
        ticked = [str(wage.id) for wage in wages()]
        for _twice in range(2):
            picture = SimpleUploadedFile("凭据.png", PNG, "image/png")
            typed = {"wage": ticked, "way": "wechat", "reference": "1001", "receipt": picture, "request_key": "k"}
            phone.send("shift_pay", shift.id, **typed)
        assert "等工人说收到了" in phone.read("shift_pay", shift.id)
    with within(SYSTEM):
        payments = list(Payment.objects.all())
    assert [(p.amount_fen, p.way, p.reference) for p in payments] == [(22_000, "wechat", "1001")] * 2
    receipt = phone.open("receipt", payments[0].id)
    assert (receipt["Content-Type"], receipt.getvalue()) == ("image/png", PNG)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"way": ""}, "请选一个"),
        ({"way": "shells"}, "选"),
        ({"amount_fen": "300"}, "登记的多了"),
        ({"amount_fen": "-1"}, "不能是负数"),
        ({"amount_fen": ""}, "请填写"),
        ({"receipt": SimpleUploadedFile("a.png", b"MZ not a picture")}, "只收 JPG、PNG"),
        ({"reference": "1" * 61}, "60"),
    ],
)
def test_a_payment_that_cannot_be_is_refused_and_kept(
    phone: Phone, worked: Worked, wrong: dict[str, object], sentence: str
) -> None:
    shift, [held] = worked("张三")
    with clock.at(shift.ends):
        phone.send("hours", shift.id, who=[str(held.id)])
        [wage] = wages()
        page = phone.sent("wage", wage.id, **{"amount_fen": "220", "way": "cash", "reference": "现金交给本人", **wrong})
    assert sentence in page and ("现金交给本人" in page or "reference" in wrong)
    assert wages()[0].paid_fen == 0


def test_paying_nobody_says_what_to_tick(phone: Phone, worked: Worked) -> None:
    shift, [held] = worked("张三")
    with clock.at(shift.ends):
        phone.send("hours", shift.id, who=[str(held.id)])
        assert "付了谁，就在名字前面打勾" in phone.sent("shift_pay", shift.id, way="cash")


def test_part_of_a_wage_leaves_the_rest_and_the_workers_word_is_shown(phone: Phone, worked: Worked) -> None:
    shift, [held] = worked("张三")
    with clock.at(shift.ends):
        phone.send("hours", shift.id, who=[str(held.id)])
        [wage] = wages()
        phone.send("wage", wage.id, amount_fen="100", way="cash")
        assert "120 元" in phone.read("pay")
        phone.send("wage", wage.id, amount_fen="120", way="cash")
        assert "等本人确认" in phone.read("wage", wage.id)
        pay.confirm_receipt(wage=wage, by=worker_of(held))
        assert "本人已收到" in phone.read("pay") and "收到了" in phone.read("wage", wage.id)


def test_what_is_late_and_what_a_worker_says_did_not_come(phone: Phone, worked: Worked) -> None:
    shift, [held] = worked("张三")
    with clock.at(shift.ends):
        phone.send("hours", shift.id, who=[str(held.id)])
        [wage] = wages()
        pay.dispute_receipt(wage=wage, by=worker_of(held), words="没给")
        assert "本人说没收到" in phone.read("wage", wage.id) and "说没收到" in phone.read("pay")


def test_stars_with_a_reason_once(phone: Phone, worked: Worked) -> None:
    shift, [held] = worked("张三")
    with clock.at(shift.ends):
        phone.send("hours", shift.id, who=[str(held.id)])
        assert "请选一个" in phone.sent("rate", held.id, words="手脚快")
        assert "评好了" in phone.sent("rate", held.id, stars="5", words="手脚快")
        assert "已经评价过了" in phone.sent("rate", held.id, stars="1")
        assert "手脚快" in phone.read("person", held.id)
    with within(SYSTEM):
        assert Rating.objects.get().stars == 5


def test_nobody_who_has_not_worked_is_rated(phone: Phone) -> None:
    held = placed(cast.shift(phone.employer))
    assert "干过活以后才能评价" in phone.sent("rate", held.id, stars="5")
