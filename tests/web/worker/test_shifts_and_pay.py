"""我的活 and 工钱: arriving, leaving, cancelling, contesting, rating, and whether the money came."""

from datetime import timedelta

import pytest

from linggong.attendance import operations as attendance
from linggong.attendance.models import Attendance, MissingArrival
from linggong.attendance.operations import site_code
from linggong.cases.models import Case
from linggong.dispatch.models import Placement
from linggong.followups.models import Rating
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.pay import operations as pay
from linggong.pay.models import Wage
from tests import cast
from tests.web.worker.conftest import Phone, phone_of


@pytest.fixture
def placement(phone: Phone) -> Placement:
    return cast.placement(phone.worker, cast.shift())


def arrived(placement: Placement) -> None:
    with clock.at(placement.starts), within(system("test")):
        attendance.check_in(placement=placement, by=cast.clerk(), way=Attendance.Way.CLERK)


def settled(placement: Placement) -> Wage:
    arrived(placement)
    with clock.at(placement.shift.ends):
        return pay.settle(placement=placement, by=cast.clerk())


def test_my_shifts_are_those_to_come_and_those_over(phone: Phone, placement: Placement) -> None:
    assert "卸货" in phone.read("shifts")
    with clock.at(placement.shift.ends + timedelta(hours=1)):
        assert "以前的活" in phone.read("shifts")


def test_without_shifts_the_page_says_what_to_do(phone: Phone) -> None:
    assert "还没有定下的活" in phone.read("shifts")


def test_nobody_opens_the_shift_or_the_wage_of_another(phone: Phone, placement: Placement) -> None:
    other = phone_of(cast.worker("李明"))
    wage = settled(placement)
    for route in ("shift", "cancel", "arrived", "contest", "rate"):
        assert other.open(route, placement.id).status_code == 404
    assert other.send("leave", placement.id).status_code == 404
    for route in ("wage", "not_received"):
        assert other.open(route, wage.id).status_code == 404
    assert other.send("received", wage.id).status_code == 404
    assert phone.open("wage", wage.id).status_code == 200


# ---- cancelling


def test_a_shift_is_given_back_with_a_reason(phone: Phone, placement: Placement) -> None:
    assert "请选一个" in phone.sent("cancel", placement.id)
    assert "取消了，用工方已经知道" in phone.sent("cancel", placement.id, reason="family")
    with within(phone.viewer):
        placement.refresh_from_db()
    assert placement.cancel_reason == "家里有事"
    assert "这个活您没去" in phone.read("shift", placement.id)


def test_two_hours_before_the_start_one_has_to_call(phone: Phone, placement: Placement) -> None:
    with clock.at(placement.starts - timedelta(hours=1)):
        page = phone.read("shift", placement.id)
        assert "自己不能取消了" in page and "去不了了，取消" not in page
        assert "离开工不到两小时" in phone.sent("cancel", placement.id, reason="family")


# ---- arriving and leaving


def test_when_it_is_time_the_home_page_asks_to_check_in(phone: Phone, placement: Placement) -> None:
    assert "我到了" not in phone.read("home")
    with clock.at(placement.starts - timedelta(minutes=20)):
        assert f"/worker/shifts/{placement.id}/arrived/" in phone.read("home")


def test_the_sites_code_asks_once_more_and_then_checks_in(phone: Phone, placement: Placement) -> None:
    with clock.at(placement.starts - timedelta(minutes=20)):
        code = site_code(placement.shift)
        assert "我到了，签到" in phone.read("arrive", placement.shift_id, code)
        page = phone.sent("arrive", placement.shift_id, code, latitude="36.252", longitude="113.131")
    assert "签到了" in page
    with within(phone.viewer):
        assert Attendance.objects.get(placement=placement).latitude == 36.252


@pytest.mark.parametrize("typed", [{}, {"latitude": "", "longitude": ""}, {"latitude": "nan", "longitude": "x"}])
def test_without_a_position_one_checks_in_as_well(phone: Phone, placement: Placement, typed: dict[str, str]) -> None:
    with clock.at(placement.starts):
        assert "签到了" in phone.sent("arrive", placement.shift_id, site_code(placement.shift), **typed)


def test_a_wrong_code_gets_a_sentence(phone: Phone, placement: Placement) -> None:
    with clock.at(placement.starts):
        assert "这个码不是今天这个活的" in phone.sent("arrive", placement.shift_id, "abc123")
        page = phone.sent("arrived", placement.id, code="ABC123")
        assert "这个码不是今天这个活的" in page and 'value="ABC123"' in page
        assert "只有字母和数字" in phone.sent("arrived", placement.id, code="你好 ？")


def test_the_code_may_be_typed(phone: Phone, placement: Placement) -> None:
    with clock.at(placement.starts):
        assert "签到了" in phone.sent("arrived", placement.id, code=site_code(placement.shift).upper())


def test_who_has_no_place_there_is_told_so(phone: Phone, placement: Placement) -> None:
    other = phone_of(cast.worker("李明"))
    with clock.at(placement.starts):
        assert "您没有约这个活" in other.sent("arrive", placement.shift_id, site_code(placement.shift))


def test_a_scan_without_a_login_comes_back_to_the_code(phone: Phone, placement: Placement) -> None:
    phone.client.logout()
    answer = phone.open("arrive", placement.shift_id, "abc123")
    assert f"/worker/arrive/{placement.shift_id}/abc123/" in answer["Location"]


def test_leaving_is_written_down(phone: Phone, placement: Placement) -> None:
    arrived(placement)
    with clock.at(placement.shift.ends):
        assert "我下工了" in phone.read("shift", placement.id)
        assert "记下了您下工的时间" in phone.sent("leave", placement.id)
        assert "我下工了" not in phone.read("shift", placement.id)


# ---- a missing arrival


def test_a_no_show_is_contested(phone: Phone, placement: Placement) -> None:
    with clock.at(placement.starts + timedelta(minutes=20)):
        attendance.raise_missing(clock.now())
        assert "还没看到您签到" in phone.read("shift", placement.id)
        with within(cast.clerk()):
            missing = MissingArrival.objects.get(placement=placement)
        attendance.decide_missing(missing=missing, decision="no_show", by=cast.clerk(), reason="没来")
        page = phone.read("shift", placement.id)
        assert "记的是没到岗" in page and "没来" in page
        assert "请填写" in phone.sent("contest", placement.id, words="")
        assert "市场会去核实" in phone.sent("contest", placement.id, words="我在东门，老张看见了")
        assert "您申诉了" in phone.read("shift", placement.id)


def test_contesting_what_nobody_wrote_leads_back(phone: Phone, placement: Placement) -> None:
    assert phone.open("contest", placement.id)["Location"] == f"/worker/shifts/{placement.id}/"


# ---- rating


def test_a_worker_rates_and_says_whether_it_was_as_advertised(phone: Phone, placement: Placement) -> None:
    settled(placement)
    with clock.at(placement.shift.ends):
        page = phone.sent("rate", placement.id, words="给的水不够")
        assert "请选一个" in page and "给的水不够" in page
        assert "谢谢您说实话" in phone.sent("rate", placement.id, stars="4", as_advertised="no", words="给的水不够")
        assert "您给了 4 颗星" in phone.read("shift", placement.id)
    with within(phone.viewer):
        rating = Rating.objects.get(placement=placement)
    assert (rating.stars, rating.as_advertised) == (4, False)


def test_before_the_work_there_is_nothing_to_rate(phone: Phone, placement: Placement) -> None:
    assert "说说这家怎么样" not in phone.read("shift", placement.id)
    assert "干过活以后才能评价" in phone.sent("rate", placement.id, stars="5")


# ---- the money


def test_in_the_evening_the_home_page_asks_whether_the_money_came(phone: Phone, placement: Placement) -> None:
    wage = settled(placement)
    with clock.at(placement.shift.ends):
        page = phone.read("home")
        assert "工钱 220 元，收到了吗？" in page and f"/worker/pay/{wage.id}/not-received/" in page
        assert "记下了：钱收到了" in phone.sent("received", wage.id)
        assert "收到了吗" not in phone.read("home")
    with within(phone.viewer):
        assert Wage.objects.get(pk=wage.pk).state == "received"


def test_the_reckoning_is_shown_line_by_line(phone: Phone, placement: Placement) -> None:
    wage = settled(placement)
    page = phone.read("wage", wage.id)
    assert "天数" in page and "1 × 220 元 = 220 元" in page
    assert "220 元" in phone.read("pay")


def test_not_received_starts_a_case_and_says_by_when(phone: Phone, placement: Placement) -> None:
    wage = settled(placement)
    with clock.at(placement.shift.ends):
        assert "7 天内办结" in phone.read("not_received", wage.id)
        page = phone.sent("not_received", wage.id, words="说下个月再给")
    assert "我们接手了" in page and "前给您办结" in page
    with within(phone.viewer):
        assert Case.objects.get(placement=placement).text == "说下个月再给"
        assert Wage.objects.get(pk=wage.pk).state == "disputed"
    assert "我们在帮您要" in phone.read("wage", wage.id)


def test_who_said_received_is_told_when_he_says_the_opposite(phone: Phone, placement: Placement) -> None:
    wage = settled(placement)
    phone.sent("received", wage.id)
    page = phone.sent("not_received", wage.id, words="按错了")
    assert "已经确认收到了" in page and "按错了" in page


def test_before_the_first_wage_the_page_says_what_will_be_there(phone: Phone) -> None:
    assert "还没有工钱" in phone.read("pay")
