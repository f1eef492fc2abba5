"""The day at a glance, and who may see it."""

from typing import Any

import pytest
from django.test import Client

from linggong.places.models import Site
from tests import cast
from tests.messages.desk import draft_of
from tests.web.desk.conftest import SignIn
from tests.web.desk.pages import said

LISTS = ("arrivals", "workers", "shifts", "jobs", "employers", "calls", "wages", "cases", "rosters", "notices")
FORMS = ("workers/new", "jobs/new", "employers/new")
PAGES = ["/desk/", *(f"/desk/{name}/" for name in (*LISTS, *FORMS))]


@pytest.mark.parametrize("page", PAGES)
def test_every_list_says_what_to_do_where_it_is_empty(desk: Client, page: str) -> None:
    assert said(desk.get(page))


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_the_sign_in(county: Site, client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/signin/staff/")


def test_the_day_names_what_needs_a_hand_with_its_next_act(desk: Client) -> None:
    cast.employer("新来的商行", vetted=False)
    shift = cast.shift(places=4)
    page = said(desk.get("/desk/"))
    assert "新来的商行" in page
    assert "缺 4 人" in page
    assert f"/desk/shifts/{shift.id}/" in desk.get("/desk/").content.decode()


def test_what_waits_to_be_checked_is_on_the_day(desk: Client) -> None:
    job = cast.job(description="先交押金200元")
    assert f"/desk/jobs/{job.id}/" in desk.get("/desk/").content.decode()


def test_a_message_that_waits_is_on_the_day_of_those_who_deal_with_it(desk: Client, bureau: Client) -> None:
    draft = draft_of("招瓦工4名，一天320，明天早7点到晚6点，龙湾花园，13958619528")
    assert f"/desk/messages/{draft.id}/" in desk.get("/desk/").content.decode()
    assert "/desk/messages/" + str(draft.id) not in bureau.get("/desk/").content.decode()


def test_figures_open_to_their_rows(desk: Client) -> None:
    cast.worker("牛百岁")
    assert "1 今天登记" in said(desk.get("/desk/"))
    assert "牛百岁" in said(desk.get("/desk/workers/"))


def test_the_day_asks_the_database_no_more_for_more_rows(desk: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        shift = cast.shift(cast.employer(f"商行{number}"), title=f"卸货{number}")
        cast.placement(cast.worker(), shift)
    with django_assert_max_num_queries(40):
        desk.get("/desk/")


def test_the_bureau_reads_and_has_no_buttons(bureau: Client) -> None:
    worker = cast.worker("钱多多")
    page = bureau.get(f"/desk/workers/{worker.id}/")
    assert "钱多多" in said(page)
    for address in ("edit", "reveal", "state"):
        assert f"/desk/workers/{worker.id}/{address}/" not in page.content.decode()


def test_the_bureau_is_refused_by_the_act_itself(bureau: Client) -> None:
    worker = cast.worker()
    page = bureau.post(f"/desk/workers/{worker.id}/reveal/", {"field": "telephone", "why": "看看"}, follow=True)
    assert "不能办这件事" in said(page)


def test_a_clerk_of_another_county_sees_nothing_of_here(signed_in: SignIn) -> None:
    worker = cast.worker("甄士隐")
    neighbour = signed_in(division=cast.NEIGHBOUR, name="孙丽")
    assert neighbour.get(f"/desk/workers/{worker.id}/").status_code == 404
    assert "没有找到" in said(neighbour.get("/desk/search/", {"q": "甄士隐"}))


def test_every_page_has_the_way_out(desk: Client) -> None:
    assert "退出登录" in said(desk.get("/desk/"))
    desk.post("/signout/")
    assert desk.get("/desk/").status_code == 302
