"""派工单 on the phone: 去, 不去, a mate instead; and nobody else's."""

from collections.abc import Callable
from datetime import timedelta

from linggong.dispatch.models import Offer, Placement
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.posts.models import Shift
from linggong.workers.models import Worker
from tests import cast
from tests.web.worker.conftest import Phone, phone_of

Ask = Callable[[Shift, Worker], Offer]


def state_of(offer: Offer) -> str:
    with within(system("test")):
        return Offer.objects.get(pk=offer.pk).state


def test_an_offer_says_why_it_came_and_until_when(phone: Phone, ask: Ask) -> None:
    offer = ask(cast.shift(), phone.worker)
    page = phone.read("offer", offer.id)
    assert "为什么找您" in page and offer.reason_zh in page and "前回话" in page and "data-read=" in page
    assert "卸货" in phone.read("offers")


def test_yes_leads_to_where_when_and_whom(phone: Phone, ask: Ask) -> None:
    offer = ask(cast.shift(instant_confirmation=True), phone.worker)
    page = phone.sent("accept", offer.id)
    assert "定好了" in page and "到了找谁" in page
    with within(phone.viewer):
        assert Placement.objects.get(worker=phone.worker).state == "confirmed"
    assert "定好了" in phone.client.get(f"/worker/offers/{offer.id}/", follow=True).content.decode()


def test_yes_twice_is_yes_once(phone: Phone, ask: Ask) -> None:
    offer = ask(cast.shift(instant_confirmation=True), phone.worker)
    phone.sent("accept", offer.id)
    assert "定好了" in phone.sent("accept", offer.id)


def test_no_asks_why_and_keeps_what_was_typed_until_it_is_chosen(phone: Phone, ask: Ask) -> None:
    offer = ask(cast.shift(), phone.worker)
    page = phone.sent("decline", offer.id, words="下雨天不去")
    assert "请选一个" in page and "下雨天不去" in page
    assert state_of(offer) == "waiting"
    assert "好的，不去" in phone.sent("decline", offer.id, reason="far", words="下雨天不去")
    assert state_of(offer) == "declined"


def test_a_mate_is_asked_instead(phone: Phone, ask: Ask) -> None:
    offer, mate = ask(cast.shift(), phone.worker), cast.worker("李明")
    assert "问他了" in phone.sent("pass_on", offer.id, mate=str(mate.card_number))
    assert "有个活问您去不去" in phone_of(mate).read("home")


def test_an_unknown_mate_gets_a_sentence_and_keeps_what_was_typed(phone: Phone, ask: Ask) -> None:
    offer = ask(cast.shift(), phone.worker)
    for typed in ("13800999999", "999999999", "老李", "卡号", "0" * 18):
        page = phone.sent("pass_on", offer.id, mate=typed)
        assert f'value="{typed}"' in page and "error-summary" in page
    assert state_of(offer) == "waiting"


def test_the_mates_offer_is_the_mates_own(phone: Phone, ask: Ask) -> None:
    mate = cast.worker("李明")
    phone.sent("pass_on", ask(cast.shift(), phone.worker).id, mate=str(mate.card_number))
    with within(system("test")):
        passed = Offer.objects.get(worker=mate)
    assert phone.open("offer", passed.id).status_code == 404
    assert phone.send("accept", passed.id).status_code == 404


def test_nobody_opens_or_answers_the_offer_of_another(phone: Phone, ask: Ask) -> None:
    offer = ask(cast.shift(), cast.worker("李明"))
    for route in ("offer", "decline", "pass_on"):
        assert phone.open(route, offer.id).status_code == 404
    for route in ("accept", "decline", "pass_on"):
        assert phone.send(route, offer.id, reason="far", mate="1").status_code == 404
    assert state_of(offer) == "waiting"


def test_an_expired_offer_is_shown_kindly_with_what_to_do_next(phone: Phone, ask: Ask) -> None:
    offer = ask(cast.shift(), phone.worker)
    with clock.at(clock.now() + timedelta(minutes=31)):
        page = phone.read("offer", offer.id)
        assert "答复的时间过了" in page and "不算失约" in page and f"/worker/jobs/{offer.shift_id}/" in page
        assert "过时" in phone.sent("accept", offer.id)


def test_an_offer_whose_places_are_gone_says_so(phone: Phone, ask: Ask) -> None:
    shift = cast.shift(places=1)
    offer = ask(shift, phone.worker)
    cast.placement(cast.worker("李明"), shift)
    assert "这张派工单收回了" in phone.read("offer", offer.id)


def test_without_offers_the_list_says_where_to_look(phone: Phone) -> None:
    assert "现在没有活在问您" in phone.read("offers")
