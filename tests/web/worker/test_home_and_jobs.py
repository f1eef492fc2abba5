"""首页 and 找活: what matters now, and jobs near with why."""

from collections.abc import Callable
from datetime import timedelta

from linggong.dispatch.models import Offer, Standby
from linggong.foundation.scope import within
from linggong.lib import clock
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast
from tests.web.worker.conftest import Phone, phone_of

Ask = Callable[[Shift, Worker], Offer]


def test_an_offer_stands_on_top_as_one_sentence_with_two_buttons(phone: Phone, ask: Ask) -> None:
    offer = ask(cast.shift(meals=True), phone.worker)
    page = phone.read("home")
    assert "7:30 到 17:30" in page and "一天 220 元" in page and "管饭" in page and "去不去？" in page
    assert f'action="/worker/offers/{offer.id}/accept/"' in page
    assert f'href="/worker/offers/{offer.id}/decline/"' in page


def test_the_next_shift_says_where_when_whom_to_call_what_to_bring_and_until_when_to_cancel(phone: Phone) -> None:
    placement = cast.placement(phone.worker, cast.shift(bring="手套", contact_telephone="13900001234"))
    page = phone.read("home")
    for words in ("7:30 到 17:30", "马厂镇物流园", "李强", "13900001234", "手套", "前可以取消"):
        assert words in page
    assert f"/worker/shifts/{placement.id}/" in page


def test_somebody_who_paused_is_shown_no_jobs_but_the_way_back(phone: Phone) -> None:
    cast.shift()
    assert "卸货" in phone.read("home")
    phone.send("looking", looking="no")
    page = phone.read("home")
    assert "您现在不找活" in page and "卸货" not in page
    phone.send("looking", looking="yes")
    assert "卸货" in phone.read("home")


def test_without_anything_to_do_the_page_says_where_to_look(phone: Phone) -> None:
    assert "附近现在没有合适的活" in phone.read("home")
    assert "没有找到这样的活" in phone.read("jobs")


def test_jobs_come_with_distance_and_reason(phone: Phone) -> None:
    cast.shift()
    page = phone.read("jobs")
    assert ("走路" in page and "会装卸搬运工" in page) or "离您" in page


def test_the_list_is_narrowed_by_trade_and_day_and_nonsense_narrows_nothing(phone: Phone) -> None:
    cast.shift(title="卸货")
    cast.shift(title="扫院子", trade="cleaner", days=2)
    assert "扫院子" in phone.read("jobs")
    by_trade = phone.read("jobs", trade="cleaner")
    assert "扫院子" in by_trade and "卸货" not in by_trade
    by_day = phone.read("jobs", day="1")
    assert "卸货" in by_day and "扫院子" not in by_day
    nonsense = phone.read("jobs", trade="'; --", day="999", after="x_y")
    assert "卸货" in nonsense


def test_a_long_list_goes_on_where_it_stopped(phone: Phone) -> None:
    employer = cast.employer()
    for number in range(25):
        cast.shift(employer, title=f"第{number:02d}号活", trade="cleaner", days=1 + number % 3)
    first = phone.open("jobs")
    second = phone.client.get("/worker/jobs/" + first.context["next_url"])
    titles = [slip.title for page in (first, second) for slip in page.context["others"]]
    assert len(titles) == len(set(titles)) == 25


def test_one_job_is_told_as_the_same_sentence_with_a_map_and_a_button(phone: Phone) -> None:
    shift = cast.shift()
    page = phone.read("job", shift.id)
    assert "去不去？" in page and "<svg viewBox=" in page and "我要去" in page and "在您家" in page


def test_who_wants_to_go_has_the_place_at_once_and_reads_whom_to_call(phone: Phone) -> None:
    shift = cast.shift(instant_confirmation=True, contact_telephone="13900001234")
    assert "13900001234" not in phone.read("job", shift.id)
    page = phone.sent("apply", shift.id)
    assert "定好了" in page and "13900001234" in page


def test_where_the_employer_decides_the_worker_reads_that_he_waits(phone: Phone) -> None:
    shift = cast.shift(instant_confirmation=False)
    assert "用工方点头才算" in phone.read("job", shift.id)
    assert "等用工方回话" in phone.sent("apply", shift.id)
    assert "您报名了" in phone.read("job", shift.id)


def test_a_full_job_offers_to_stand_by(phone: Phone) -> None:
    shift = cast.shift(places=1)
    cast.placement(cast.worker("李明"), shift)
    page = phone.read("job", shift.id)
    assert "人已经满了" in page and "我要去" not in page
    assert "您在候补里" in phone.sent("standby", shift.id)
    with within(phone.viewer):
        assert Standby.objects.filter(worker=phone.worker, shift=shift).count() == 1


def test_a_conflict_is_said_plainly_with_the_other_shift(phone: Phone) -> None:
    cast.placement(phone.worker, cast.shift(title="搬家具"))
    page = phone.read("job", cast.shift(title="卸水泥").id)
    assert "这个时间您有别的活" in page and "搬家具" in page and "我要去" not in page


def test_what_is_not_quite_right_is_said_before_applying(phone: Phone) -> None:
    page = phone.read("job", cast.shift(trade="cleaner").id)
    assert "这个工种您没登记过" in page and "我要去" in page


def test_a_missing_certificate_leads_to_the_window(phone: Phone) -> None:
    page = phone.read("job", cast.shift(certificates=("健康证",)).id)
    assert "这个活您现在不能报名" in page and "我要去" not in page


def test_a_job_that_is_over_leads_to_others(phone: Phone) -> None:
    shift = cast.shift()
    with clock.at(shift.ends + timedelta(hours=1)):
        assert "这个活不招人了" in phone.read("job", shift.id)


def test_a_refused_apply_says_why_on_the_job(phone: Phone) -> None:
    shift = cast.shift(places=1)
    cast.placement(cast.worker("李明"), shift)
    assert "名额刚刚满了" in phone.sent("apply", shift.id)


def test_the_home_page_without_a_login_leads_to_signing_in(county: None) -> None:
    phone = phone_of(cast.worker())
    phone.client.logout()
    answer = phone.open("home")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/signin/worker/")


def test_a_job_that_is_not_there_is_a_missing_page(phone: Phone) -> None:
    assert phone.open("job", phone.worker.id).status_code == 404
