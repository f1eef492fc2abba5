"""A worker is registered on one screen, and nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client

from linggong.foundation.scope import within
from linggong.workers.models import Worker
from tests import cast
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import said

NEW = "/desk/workers/new/"


def typed(**fields: Any) -> dict[str, Any]:
    """What a clerk types for a man of 马厂镇."""
    usual = {
        "name": "王建国",
        "identity_number": cast.identity_number(),
        "telephone": "13835512345",
        "trades": "瓦工3 zxbyg",
        "division": "马厂镇",
        "pay_unit": "day",
        "may_be_contacted": "on",
        "consent": "on",
    }
    return {**usual, **fields}


def only_worker() -> Worker:
    with within(cast.clerk()):
        return Worker.objects.prefetch_related("trades", "certificates").get()


def test_enter_saves_and_the_card_comes_up_for_printing(desk: Client) -> None:
    answer = desk.post(NEW, typed())
    worker = only_worker()
    assert answer["Location"] == f"/desk/workers/{worker.id}/card/?new=1"
    card = desk.get(answer["Location"])
    assert "王建国" in said(card)
    assert "data-print-now" in card.content.decode()
    assert "登记下一个" in said(card)


def test_what_was_typed_is_read(desk: Client) -> None:
    more = {
        "pay_asked_fen": "200.5",
        "reach_m": "3.5",
        "available_from": "07:00",
        "available_until": "19:00",
        "weekdays": ["0", "5"],
        "priority_groups": ["migrant"],
        "certificates": "健康证 2027-03-01",
        "contact_name": "老李",
        "contact_telephone": "0355-2022222",
        "takes_standby": "on",
    }
    desk.post(NEW, typed(**more))
    worker = only_worker()
    assert {(row.trade, row.skill) for row in worker.trades.all()} == {("bricklayer", 3), ("loader", 2)}
    assert (worker.pay_asked_fen, worker.reach_m, worker.weekdays) == (20050, 3500, [0, 5])
    assert [(c.name, str(c.expires_on)) for c in worker.certificates.all()] == [("健康证", "2027-03-01")]
    assert worker.takes_standby
    assert worker.division == cast.TOWN
    assert worker.registered_at is not None


def test_the_words_of_consent_are_on_the_screen_and_their_tick_is_needed(desk: Client) -> None:
    assert "登记和找活一律免费" in said(desk.get(NEW))
    page = desk.post(NEW, typed(consent=""))
    assert "请打勾" in said(page)
    assert 'value="13835512345"' in page.content.decode()
    with within(cast.clerk()):
        assert not Worker.objects.exists()


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        ("identity_number", "140411197005010010", "校验码"),
        ("identity_number", "140411700501001", "15位"),
        ("identity_number", "１４０４１１", "18位"),
        ("telephone", "12345", "手机号"),
        ("trades", "飞行员", "飞行员"),
        ("division", "上党区", "上党区"),
        ("pay_asked_fen", "-5", "负数"),
        ("reach_m", "99999", "200"),
        ("available_from", "7点", "时间"),
        ("certificates", "健康证 2027-02-30", "日期不存在"),
        ("name", "<b>1</b>", "姓名"),
        ("name", "王" * 79, "太长"),
        ("contact_telephone", "13835512346", "叫什么"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_the_rest(desk: Client, field: str, wrong: str, sentence: str) -> None:
    page = desk.post(NEW, typed(**{field: wrong}))
    assert sentence in said(page)
    assert 'value="13835512345"' in page.content.decode() or field == "telephone"
    with within(cast.clerk()):
        assert not Worker.objects.exists()


def test_the_number_says_birth_date_and_sex_as_soon_as_it_is_typed(desk: Client) -> None:
    words = said(desk.post("/desk/workers/check/", {"identity_number": cast.identity_number()}))
    assert "1970-05-0" in words
    assert "没有登记过" in words


def test_somebody_known_is_shown_at_once_and_opens(desk: Client) -> None:
    known = cast.worker("赵本山", identity_number=(number := cast.identity_number()))
    spelt = f"{number[:6]} {number[6:14]}-{number[14:].lower()}"
    panel = desk.post("/desk/workers/check/", {"identity_number": spelt})
    assert "已在马厂镇登记" in said(panel)
    assert f"/desk/workers/{known.id}/" in panel.content.decode()


def test_somebody_known_in_another_county_is_said_without_a_name(signed_in: SignIn) -> None:
    cast.worker("赵本山", identity_number=(number := cast.identity_number()))
    panel = signed_in(division=cast.NEIGHBOUR).post("/desk/workers/check/", {"identity_number": number})
    assert "已在马厂镇登记" in said(panel)
    assert "赵" not in said(panel)


def test_saving_somebody_known_opens_the_way_to_them(desk: Client) -> None:
    known = cast.worker(identity_number=(number := cast.identity_number()))
    page = desk.post(NEW, typed(identity_number=number))
    assert f"/desk/workers/{known.id}/" in page.content.decode()


def test_a_wrong_number_says_what_is_wrong(desk: Client) -> None:
    assert "15位" in said(desk.post("/desk/workers/check/", {"identity_number": "140411700501001"}))


def test_editing_keeps_what_is_sealed_unless_it_is_typed(desk: Client) -> None:
    worker = cast.worker("王建国", telephone="13800005678")
    edit = f"/desk/workers/{worker.id}/edit/"
    form = desk.get(edit)
    assert "13800005678" not in form.content.decode()
    fields = {"name": "王建国", "trades": "木工", "division": "潞州区 马厂镇", "pay_unit": "day"}
    assert desk.post(edit, {**fields, "wishes": "想干木工"})["Location"] == f"/desk/workers/{worker.id}/"
    kept = only_worker()
    assert kept.telephone.open() == "13800005678"
    assert [row.trade for row in kept.trades.all()] == ["carpenter"]
    assert kept.wishes == "想干木工"
