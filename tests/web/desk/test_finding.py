"""One box finds people, employers and jobs."""

from typing import Any

import pytest
from django.test import Client

from linggong.places.models import Site
from tests import cast
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import said


@pytest.mark.parametrize("typed", ["郭大路", "guodalu", "gdl", "5678", "13800005678", "138 0000 5678"])
def test_a_single_hit_opens_at_once(desk: Client, typed: str) -> None:
    worker = cast.worker("郭大路", telephone="13800005678")
    assert desk.get("/desk/search/", {"q": typed})["Location"] == f"/desk/workers/{worker.id}/"


def test_several_hits_are_listed_with_the_first_under_the_cursor(desk: Client) -> None:
    for name in ("王小明", "王小红"):
        cast.worker(name)
    page = desk.get("/desk/search/", {"q": "wx"})
    assert "王小明" in said(page)
    assert "王小红" in said(page)
    assert page.content.decode().count("autofocus") == 1


def test_a_card_number_leads_to_its_holder(desk: Client) -> None:
    worker = cast.worker()
    assert desk.get("/desk/search/", {"q": f"#{worker.card_number}"})["Location"] == f"/desk/card/{worker.card_number}/"
    assert desk.get(f"/desk/card/{worker.card_number}/")["Location"] == f"/desk/workers/{worker.id}/"


def test_a_card_tells_strangers_and_other_counties_nothing(county: Site, client: Client, signed_in: SignIn) -> None:
    worker = cast.worker()
    address = f"/desk/card/{worker.card_number}/"
    assert client.get(address)["Location"].startswith("/signin/staff/")
    assert signed_in(division=cast.NEIGHBOUR).get(address).status_code == 404


def test_employers_and_jobs_are_found_too(desk: Client) -> None:
    cast.job(cast.employer("长治华丰建材"), title="卸瓷砖")
    page = said(desk.get("/desk/search/", {"q": "华丰"}))
    assert "长治华丰建材" in page
    assert "卸瓷砖" in page


def test_nothing_found_says_how_to_search_and_offers_to_register(desk: Client) -> None:
    page = said(desk.get("/desk/search/", {"q": "查无此人"}))
    assert "没有找到" in page
    assert "登记一个人" in page


@pytest.mark.parametrize("typed", ["", "%%%", "'; DROP", "9" * 90, "١٢٣", "😀"])
def test_odd_input_is_searched_like_any_other(desk: Client, typed: str) -> None:
    assert desk.get("/desk/search/", {"q": typed}).status_code == 200


@pytest.mark.parametrize(
    ("kind", "typed", "offered"), [("trades", "wg", "瓦工"), ("places", "machang", "潞州区 马厂镇")]
)
def test_suggestions_come_while_typing(desk: Client, kind: str, typed: str, offered: str) -> None:
    assert f'data-value="{offered}"' in desk.get(f"/desk/suggest/{kind}/", {"q": typed}).content.decode()


def test_only_employers_that_may_post_are_suggested(desk: Client) -> None:
    known = cast.employer("红星面馆")
    assert f"红星面馆 {known.telephone_masked[-4:]}" in said(desk.get("/desk/suggest/employers/", {"q": "hxmg"}))


def test_a_kind_of_suggestion_that_does_not_exist_is_not_found(desk: Client) -> None:
    assert desk.get("/desk/suggest/planets/", {"q": "x"}).status_code == 404


@pytest.mark.parametrize("people", [2, 12])
def test_a_search_asks_the_database_no_more_for_more_hits(
    desk: Client, people: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        cast.worker(f"王小{'甲乙丙丁戊己庚辛壬癸子丑'[number]}")
    with django_assert_max_num_queries(16):
        desk.get("/desk/search/", {"q": "wangxiao"})
