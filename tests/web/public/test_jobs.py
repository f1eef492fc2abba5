"""The job list and each job for everybody: found without signing in, told plainly, readable by machines."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linggong.lib import clock
from linggong.posts import operations as posts
from linggong.posts.models import Shift
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def market() -> None:
    cast.county()


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def posting(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def address(shift: Shift) -> str:
    return f"/jobs/{shift.id}/"


def test_open_jobs_stand_in_the_list_with_pay_place_and_places(client: Client) -> None:
    shift = cast.shift(meals=True)
    page = read(client, "/jobs/")
    for words in ("卸货", "一天 220 元", "7:30 到 17:30", "马厂镇物流园", "还缺 3 人", "日结", "管饭", address(shift)):
        assert words in page


def test_the_list_is_narrowed_by_trade_day_and_town(client: Client) -> None:
    cast.shift(title="卸货", trade="loader", days=1)
    cast.shift(title="擦玻璃", trade="cleaner", days=2, division=cast.COUNTY)
    after_tomorrow = (clock.today() + timedelta(days=2)).isoformat()
    for query in ("trade=cleaner", f"day={after_tomorrow}"):
        page = read(client, f"/jobs/?{query}")
        assert "擦玻璃" in page and "卸货" not in page, query
    page = read(client, f"/jobs/?town={cast.TOWN}")
    assert "卸货" in page and "擦玻璃" not in page


@pytest.mark.parametrize("query", ["trade=zzz", "day=yesterday", "day=9999-99-99", "town=%27", "after=x_y", "county=1"])
def test_nonsense_narrows_nothing(client: Client, query: str) -> None:
    cast.shift()
    assert "卸货" in read(client, f"/jobs/?{query}")


def test_a_search_without_result_says_what_to_do_next(client: Client) -> None:
    cast.shift()
    page = read(client, "/jobs/?trade=welder")
    assert "没有找到这样的活" in page and "看所有的活" in page
    assert '<option value="welder" selected>' in page


def test_the_next_page_goes_on_where_this_one_ends(client: Client) -> None:
    employer = cast.employer()
    shifts = [cast.shift(employer, days=1 + number % 3) for number in range(25)]
    first = read(client, "/jobs/?trade=loader")
    follow = re.search(r'href="(\?[^"]*after=[^"]*)"', first)
    assert follow
    second = read(client, "/jobs/" + follow[1].replace("&amp;", "&"))
    on_first, on_second = ({s.id for s in shifts if address(s) in page} for page in (first, second))
    assert (len(on_first), len(on_second)) == (20, 5)
    assert not on_first & on_second


def test_the_number_of_queries_does_not_depend_on_the_number_of_jobs(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    employer = cast.employer()
    cast.shift(employer)
    with django_assert_max_num_queries(20) as seen:
        read(client, "/jobs/")
    before = len(seen)
    for _ in range(15):
        cast.shift(employer)
    with django_assert_max_num_queries(before):
        read(client, "/jobs/")


def test_a_job_is_one_sentence_with_the_way_to_apply_and_a_code_to_pass_on(client: Client) -> None:
    shift = cast.shift(meals=True, bring="手套")
    page = read(client, address(shift))
    said = re.sub(r"<[^>]+>", "", page)
    assert "在马厂镇物流园，卸货，要 3 个人，一天 220 元，日结，管饭。" in said
    assert f'href="/worker/jobs/{shift.id}/"' in page and "我要去" in page
    assert 'class="qr"' in page and "手套" in page and "潞州区零工市场" in page
    assert 'property="og:title"' in page


def test_who_is_not_signed_in_comes_back_to_the_job_after_the_code(client: Client) -> None:
    shift = cast.shift()
    answer = client.get(f"/worker/jobs/{shift.id}/")
    assert answer["Location"] == f"/signin/worker/?next=/worker/jobs/{shift.id}/"


def test_machines_read_a_job_posting(client: Client) -> None:
    shift = cast.shift(description="东门集合")
    data = posting(read(client, address(shift)))
    assert data["@type"] == "JobPosting" and data["title"] == "卸货"
    assert data["baseSalary"]["value"] == {"@type": "QuantitativeValue", "value": 220.0, "unitText": "DAY"}
    assert data["totalJobOpenings"] == 3
    assert data["validThrough"] == clock.local(shift.ends).isoformat()
    assert data["jobLocation"]["address"]["addressRegion"] == "山西省"
    assert data["jobLocation"]["address"]["streetAddress"] == "马厂镇物流园"
    assert data["url"].endswith(address(shift))
    assert "东门集合" in data["description"] and "<" not in data["description"]


def test_what_was_typed_cannot_leave_the_data_block(client: Client) -> None:
    shift = cast.shift(description="</script><script>alert(1)</script> & co")
    page = read(client, address(shift))
    assert "<script>alert" not in page
    assert "</script><script>alert(1)</script> & co" in posting(page)["description"]


def test_pay_for_a_whole_job_is_told_in_words_only(client: Client) -> None:
    shift = cast.shift(pay_unit="job", pay_fen=80000)
    data = posting(read(client, address(shift)))
    assert "baseSalary" not in data and "整个活 800 元" in data["description"]


def test_a_full_job_offers_to_stand_by_and_is_no_posting_any_more(client: Client) -> None:
    shift = cast.shift(places=1)
    cast.placement(cast.worker(), shift)
    page = read(client, address(shift))
    assert "人已经满了" in page and "去排候补" in page and "ld+json" not in page


def test_a_job_that_is_over_says_so_and_shows_similar_ones(client: Client) -> None:
    shift = cast.shift()
    cast.shift(title="还在招的活", days=5)
    with clock.at(shift.ends + timedelta(minutes=1)):
        page = read(client, address(shift), 410)
    assert "这个活不招人了" in page and "还在招的活" in page


def test_a_withdrawn_or_unknown_job_is_missing_and_leads_on(client: Client) -> None:
    shift = cast.shift()
    posts.withdraw(job=shift.job, by=cast.clerk())
    other = cast.shift(title="还在招的活")
    for path in (address(shift), f"/jobs/{uuid4()}/"):
        page = read(client, path, 404)
        assert "看所有的活" in page and other.job.title in page


def test_a_job_that_waits_for_a_clerk_is_shown_to_nobody(client: Client) -> None:
    shift = cast.shift(description="先交押金200元")
    assert shift.job.state == "checking"
    read(client, address(shift), 404)
    assert address(shift) not in read(client, "/jobs/") + read(client, "/sitemap.xml")
