"""Registration by phone: a proven telephone, a few questions a page, and nothing typed twice."""

from collections.abc import Mapping
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.web.signin import PROVEN
from linggong.workers.models import Worker
from tests import cast
from tests.web.worker.conftest import phone_of

TELEPHONE = "13812340000"
TERMS = {"pay_asked_fen": "200", "pay_unit": "day", "reach_m": "5000"}
CONSENT = {"may_be_contacted": "on", "consent": "on"}


@pytest.fixture
def stranger(county: None, client: Client) -> Client:
    """Somebody whose telephone is proven and who is nobody yet."""
    session = client.session
    session[PROVEN] = TELEPHONE
    session.save()
    client.cookies["django_language"] = "zh-hans"
    return client


def who(**typed: str) -> dict[str, str]:
    return {"name": "张桂花", "identity_number": cast.identity_number(), "division": cast.TOWN, **typed}


def answer(client: Client, step: str, typed: Mapping[str, object]) -> str:
    reply = client.post(reverse("worker:register_step", args=[step]), typed, follow=True)
    assert reply.status_code == 200
    return reply.content.decode()


def test_five_pages_make_a_registration_and_a_login(stranger: Client) -> None:
    assert "您会干什么" in answer(stranger, "who", who())
    assert "瓦工" in answer(stranger, "trades", {"trades": ["bricklayer"]})
    assert "想要多少工钱" in answer(stranger, "skills", {"bricklayer": "3"})
    assert "为了给您找活" in answer(stranger, "terms", TERMS)
    page = answer(stranger, "consent", CONSENT)
    with within(system("test")):
        worker = Worker.objects.get(name="张桂花")
    assert f"登记好了。您的卡号是 {worker.card_number}" in page
    assert worker.telephone.open() == TELEPHONE
    assert worker.pay_asked_fen == 20_000
    assert "张桂花" in stranger.get("/worker/resume/").content.decode()
    assert "registration" not in stranger.session


def test_without_a_proven_telephone_one_signs_in_first(county: None, client: Client) -> None:
    assert client.get("/worker/register/")["Location"] == "/signin/worker/"
    assert client.post("/worker/register/who/", who())["Location"] == "/worker/register/"


def test_the_next_page_waits_for_the_one_before(stranger: Client) -> None:
    reply = stranger.get("/worker/register/terms/", follow=True)
    assert reply.redirect_chain[-1][0] == "/worker/register/who/"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "请填写"),
        ({"name": "张三123"}, "姓名里只能有文字"),
        ({"identity_number": "140411197005011230x1"}, "field-error"),
        ({"identity_number": "140411700501123"}, "field-error"),
        ({"identity_number": "14041119700230123X"}, "field-error"),
        ({"identity_number": "一二三"}, "field-error"),
        ({"division": ""}, "field-error"),
        ({"division": "999999"}, "field-error"),
    ],
)
def test_bad_input_gets_a_sentence_and_stays(stranger: Client, typed: dict[str, str], sentence: str) -> None:
    page = answer(stranger, "who", who(name="张桂花") | typed)
    assert sentence in page and "第 1 步" in page
    for name in ("name", "identity_number"):
        if typed.get(name):
            assert f'value="{typed[name]}"' in page


def test_somebody_under_sixteen_is_told_at_once(stranger: Client) -> None:
    young = cast.identity_number(date(clock.today().year - 14, 1, 1))
    assert "不满16周岁" in answer(stranger, "who", who(identity_number=young))


def test_who_is_registered_already_is_told_kindly_what_to_do(stranger: Client) -> None:
    number = cast.identity_number()
    cast.worker("李明", identity_number=number)
    page = answer(stranger, "who", who(identity_number=f"{number[:6]} {number[6:]}"))
    assert "已经登记过" in page and "窗口" in page and "李明" not in page


def test_going_back_finds_what_was_typed(stranger: Client) -> None:
    answer(stranger, "who", who(name="张桂花"))
    answer(stranger, "trades", {"trades": ["bricklayer"]})
    assert 'value="张桂花"' in stranger.get("/worker/register/who/").content.decode()
    assert 'value="bricklayer" checked' in stranger.get("/worker/register/trades/").content.decode()


def test_a_refused_page_is_found_again_after_a_lost_network(stranger: Client) -> None:
    answer(stranger, "who", who(name="张桂花", division=""))
    assert 'value="张桂花"' in stranger.get("/worker/register/", follow=True).content.decode()


def test_searching_a_trade_keeps_what_is_ticked(stranger: Client) -> None:
    answer(stranger, "who", who())
    page = answer(stranger, "trades", {"trades": ["cleaner"], "find": "瓦", "search": "1"})
    assert 'value="cleaner" checked' in page and "瓦工" in page and "field-error" not in page


def test_without_consent_nobody_is_registered(stranger: Client) -> None:
    answer(stranger, "who", who())
    answer(stranger, "trades", {"trades": ["bricklayer"]})
    answer(stranger, "skills", {"bricklayer": "2"})
    answer(stranger, "terms", TERMS)
    page = answer(stranger, "consent", {"contact_name": "儿子"})
    assert "请打勾" in page and 'value="儿子"' in page
    with within(system("test")):
        assert not Worker.objects.filter(name="张桂花").exists()


def test_the_identity_number_never_lies_open_in_the_session(stranger: Client) -> None:
    number = cast.identity_number()
    answer(stranger, "who", who(identity_number=number))
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert kept and number not in str(kept)


def test_a_draft_that_cannot_be_read_begins_anew(stranger: Client) -> None:
    session = stranger.session
    session["registration"] = "k1:AAAA"
    session.save()
    assert "第 1 步" in stranger.get("/worker/register/", follow=True).content.decode()


def test_a_worker_who_is_signed_in_has_nothing_to_register(county: None) -> None:
    assert phone_of(cast.worker()).open("register")["Location"] == "/worker/"
