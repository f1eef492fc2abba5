"""我的: the resume, my card, what I change, my messages, and help."""

from collections.abc import Callable

import pytest

from linggong.dispatch.models import Offer
from linggong.foundation.scope import within
from linggong.places.models import Site
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast
from tests.web.worker.conftest import Phone


def kept(phone: Phone) -> Worker:
    with within(phone.viewer):
        return Worker.objects.prefetch_related("trades").get(pk=phone.worker.pk)


def test_the_page_shows_the_card_and_the_resume_without_the_whole_telephone(county: None, phone: Phone) -> None:
    page = phone.read("resume")
    assert str(phone.worker.card_number) in page and 'class="qr"' in page
    assert "装卸搬运" in page and phone.worker.telephone_masked in page
    assert phone.worker.telephone.open() not in page


def test_trades_are_changed_and_then_how_well(phone: Phone) -> None:
    page = phone.sent("resume_edit", "trades", trades=["loader", "bricklayer"])
    assert "干得怎么样" in page and "瓦工" in page
    phone.sent("resume_edit", "skills", loader="1", bricklayer="3")
    assert {t.trade: t.skill for t in kept(phone).trades.all()} == {"loader": 1, "bricklayer": 3}


def test_searching_a_trade_keeps_what_is_ticked(phone: Phone) -> None:
    page = phone.sent("resume_edit", "trades", trades=["cleaner"], find="wagong", search="1")
    ticked, found = page.index('value="cleaner" checked'), page.index('value="bricklayer"')
    assert ticked < found
    assert [t.trade for t in kept(phone).trades.all()] == ["loader"]


def test_without_any_trade_the_page_asks_for_one(phone: Phone) -> None:
    assert "请选一个" in phone.sent("resume_edit", "trades")


def test_pay_reach_and_time_are_changed(phone: Phone) -> None:
    phone.sent("resume_edit", "terms", pay_asked_fen="２００元", pay_unit="day", reach_m="5000", weekdays=["5", "6"])
    worker = kept(phone)
    assert (worker.pay_asked_fen, worker.reach_m, worker.weekdays) == (20_000, 5_000, [5, 6])
    phone.sent("resume_edit", "terms", pay_unit="day", reach_m="0")
    assert kept(phone).reach_m is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"pay_asked_fen": "-5"}, "不能是负数"),
        ({"pay_asked_fen": "999999999999999"}, "太大"),
        ({"pay_asked_fen": "两百"}, "只写数字"),
        ({"available_from": "08:00"}, "从几点到几点"),
        ({"available_from": "25:99"}, "field-error"),
        ({"reach_m": "1e9"}, "field-error"),
    ],
)
def test_bad_input_gets_a_sentence_and_stays(phone: Phone, typed: dict[str, str], sentence: str) -> None:
    before = kept(phone)
    page = phone.sent("resume_edit", "terms", **{"pay_unit": "day", "reach_m": "5000", **typed})
    assert sentence in page
    if "reach_m" not in typed:
        assert next(iter(typed.values())) in page
    assert kept(phone).reach_m == before.reach_m


def test_how_to_reach_me_is_changed_and_shown_again(phone: Phone) -> None:
    phone.sent(
        "resume_edit", "contact", takes_standby="on", priority_groups=["migrant"],
        contact_name="儿子", contact_telephone="13900001111",
    )  # fmt: skip
    worker = kept(phone)
    assert (worker.may_be_contacted, worker.takes_standby, worker.contact_name) == (False, True, "儿子")
    assert "13900001111" in phone.read("resume_edit", "contact")
    assert "13900001111" not in phone.read("resume")


def test_moving_house_changes_the_position(phone: Phone) -> None:
    phone.sent("resume_edit", "home", division=cast.COUNTY)
    assert kept(phone).division == cast.COUNTY


def test_what_is_no_part_of_the_resume_is_a_missing_page(phone: Phone) -> None:
    assert phone.open("resume_edit", "identity").status_code == 404


def test_messages_are_new_until_they_are_read(phone: Phone, ask: Callable[[Shift, Worker], Offer]) -> None:
    ask(cast.shift(), phone.worker)
    page = phone.read("messages")
    assert "去不去？" in page and "新的" in page
    assert "新的" not in phone.sent("messages")


def test_without_messages_the_page_says_what_will_come(phone: Phone) -> None:
    assert "还没有消息" in phone.read("messages")


def test_help_names_the_sites_and_is_open_to_everybody(phone: Phone) -> None:
    assert "潞州区零工市场" in phone.read("help") and "12333" in phone.read("help")
    phone.client.logout()
    assert "潞州区零工市场" in phone.read("help")


def test_help_names_the_nearest_sites_first_and_leads_to_all(county: None, phone: Phone) -> None:
    home = kept(phone)
    assert home.latitude is not None and home.longitude is not None
    for name, north in (("远处的驿站", 0.2), ("近处的驿站", 0.0)):
        station = {"kind": "station", "division": cast.TOWN, "address": "村口", "hours": "8:00-18:00", "state": "open"}
        Site.objects.create(name=name, latitude=home.latitude + north, longitude=home.longitude, **station)
    page = phone.read("help")
    assert page.index("近处的驿站") < page.index("远处的驿站")
    assert 'href="/places/"' in page
