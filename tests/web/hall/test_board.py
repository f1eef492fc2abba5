"""What the hall screen shows: the urgent first, true figures, numbers called out, no names."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linggong.attendance import operations as attendance
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.lib import clock
from linggong.notices import operations as notices
from linggong.notices.models import Notice
from linggong.posts.records import NewShift
from linggong.web.hall.board import MOST, ROWS, spoken
from tests import cast

pytestmark = pytest.mark.django_db

HALL = f"/hall/{cast.COUNTY}/"
MORNING = datetime.combine(clock.today() + timedelta(days=1), time(6, 50), clock.SHANGHAI)


@pytest.fixture(autouse=True)
def market() -> None:
    cast.county()


def board(client: Client, path: str = HALL) -> dict:  # type: ignore[type-arg]
    answer = client.get(f"{path}data.json")
    assert answer.status_code == 200
    return dict(answer.json())


def call(text: str, division: str = cast.COUNTY) -> None:
    notices.send(
        "call_out",
        text,
        recipient=Notice.Recipient.DESK,
        recipient_id=None,
        division=division,
        channels=(Notice.Channel.HALL,),
    )


def starting(hours: float) -> NewShift:
    begin = clock.now() + timedelta(hours=hours)
    return NewShift(begin, begin + timedelta(hours=8), 3)


def test_the_soonest_start_stands_on_top_and_is_marked_urgent(client: Client) -> None:
    with clock.at(MORNING):
        cast.job(None, starting(26), title="明天卸货")
        cast.job(None, starting(1), title="卸货", pay_fen=22000)
        rows = board(client)["rows"]
    assert [row["urgent"] for row in rows] == [True, False]
    assert rows[0] | {"far": ""} == {
        "trade": "装卸搬运工",
        "pay": "一天 220 元",
        "when": "今天 7:50 到 15:50",
        "far": "",
        "places": "缺 3 人",
        "urgent": True,
    }
    assert rows[0]["far"] == "离这里 7 公里"


def test_what_has_long_begun_stands_behind_what_one_can_be_in_time_for(client: Client) -> None:
    with clock.at(MORNING):
        cast.job(None, starting(0.5), trade="loader")
        cast.job(None, starting(20), trade="cleaner")
    with clock.at(MORNING + timedelta(hours=4)):
        assert [row["trade"] for row in board(client)["rows"]] == ["保洁员", "装卸搬运工"]


def test_a_full_job_leaves_the_screen(client: Client) -> None:
    shift = cast.shift(places=1)
    assert len(board(client)["rows"]) == 1
    cast.placement(cast.worker(), shift)
    assert board(client)["rows"] == []
    assert "现在没有在招的活" in client.get(HALL).content.decode()


def test_the_figures_are_counted_from_today_s_rows(client: Client) -> None:
    with clock.at(MORNING):
        people = [cast.worker(name) for name in ("王建国", "李红梅", "赵小军")]
        shift = cast.job(None, starting(1)).shifts.get()
        placements = [cast.placement(worker, shift) for worker in people[:2]]
    with clock.at(MORNING + timedelta(hours=1)):
        with within(system("test")):
            attendance.check_in(placement=placements[0], by=system("test"), way="clerk")
        shown = board(client)
    assert shown["figures"] == {"registered": 3, "employers": 1, "open_places": 1, "confirmed": 2, "arrived": 1}
    assert shown["at"] == "7:50"
    assert shown["peak"] == 3
    assert shown["bars"][2 * 6] == 100 and shown["bars"][2 * 7 + 1] == 33


def test_another_county_s_rows_are_not_counted(client: Client) -> None:
    cast.worker(division=cast.NEIGHBOUR)
    cast.worker()
    assert board(client)["figures"]["registered"] == 1


def test_a_screen_of_a_town_shows_the_town_and_falls_back_to_the_county_s_market(client: Client) -> None:
    cast.shift(division=cast.TOWN)
    cast.shift(division=cast.COUNTY)
    assert len(board(client, f"/hall/{cast.TOWN}/")["rows"]) == 1
    assert len(board(client)["rows"]) == 2
    assert "潞州区零工市场" in client.get(f"/hall/{cast.TOWN}/").content.decode()


def test_numbers_are_called_out_digit_by_digit_and_windows_as_they_are_said(client: Client) -> None:
    call("请卡号 1037 到 2 号窗口")
    (called,) = board(client)["calls"]
    assert called["text"] == "请卡号 1037 到 2 号窗口"
    assert called["spoken"] == "请卡号 1 0 3 7 到 2 号窗口"
    assert spoken("卡号 1037 1040，有卸货的活") == "卡号 1 0 3 7 1 0 4 0，有卸货的活"


def test_a_call_leaves_the_screen_after_a_while_and_is_not_heard_in_another_county(client: Client) -> None:
    call("请卡号 1037 到 2 号窗口", division=cast.NEIGHBOUR)
    assert board(client)["calls"] == []
    call("请卡号 1040 到 1 号窗口")
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert board(client)["calls"] == []


def test_no_name_of_any_person_reaches_the_screen(client: Client) -> None:
    cast.placement(cast.worker("欧阳修远"), cast.shift(contact_name="司马长风"))
    told = client.get(HALL).content.decode() + client.get(f"{HALL}data.json").content.decode("unicode_escape")
    assert "欧阳" not in told and "司马" not in told


def test_nothing_new_is_answered_with_nothing(client: Client) -> None:
    with clock.at(MORNING):
        first = client.get(f"{HALL}data.json")
        again = client.get(f"{HALL}data.json", HTTP_IF_NONE_MATCH=first["ETag"])
        cast.shift()
        changed = client.get(f"{HALL}data.json", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_without_scripts_the_page_shows_jobs_comes_anew_and_turns_by_the_minute(client: Client) -> None:
    employer = cast.employer()
    for _ in range(ROWS + 1):
        cast.shift(employer)
    pages = []
    for minute in (0, 1):
        with clock.at(MORNING.replace(minute=minute) - timedelta(days=1)):
            pages.append(client.get(HALL).content.decode())
    assert all('<noscript><meta http-equiv="refresh" content="60"></noscript>' in page for page in pages)
    assert [page.count('<li class="hall-job" hidden') for page in pages] == [0, ROWS - 1]
    assert "第 2 页，共 2 页" in pages[1]


@pytest.mark.parametrize(("hour", "minute", "dim"), [(20, 59, False), (21, 0, True), (5, 29, True), (5, 30, False)])
def test_the_screen_is_dim_at_night(client: Client, hour: int, minute: int, dim: bool) -> None:
    with clock.at(MORNING.replace(hour=hour, minute=minute)):
        assert ('class="hall screen night"' in client.get(HALL).content.decode()) is dim


@pytest.mark.parametrize("code", ["14", "999999", "140404", "abc"])
def test_a_place_without_a_market_is_a_missing_page(client: Client, code: str) -> None:
    assert client.get(f"/hall/{code}/").status_code == 404
    assert client.get(f"/hall/{code}/data.json").status_code == 404


def test_the_choice_names_the_sites(client: Client) -> None:
    page = client.get("/hall/").content.decode()
    assert f'href="{HALL}"' in page and "潞州区零工市场" in page


def test_the_number_of_queries_does_not_depend_on_the_number_of_jobs(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    employer = cast.employer()
    for _ in range(2 * ROWS):
        cast.shift(employer)
    with django_assert_max_num_queries(30) as seen:
        assert len(board(client)["rows"]) == 2 * ROWS < MOST
    before = len(seen)
    for _ in range(ROWS):
        cast.shift(employer)
    with django_assert_max_num_queries(before):
        assert len(board(client)["rows"]) == 3 * ROWS
