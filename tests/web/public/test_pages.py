"""The county's front page, its markets and stations, and what machines ask for first."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linggong.places.models import Facility, Site
from linggong.web.public.picture import picture
from tests import cast

pytestmark = pytest.mark.django_db

PAGES = ["/", "/jobs/", "/places/", "/about/"]


@pytest.fixture
def market() -> Site:
    return cast.county()


def station(name: str = "马厂镇零工驿站", **fields: object) -> Site:
    known = {
        "kind": "station",
        "division": cast.TOWN,
        "address": "马厂镇政府东侧",
        "latitude": 36.25,
        "longitude": 113.13,
        "hours": "8:00-18:00",
        "state": "open",
        "telephone": "0355-2020120",
    }
    return Site.objects.create(name=name, **{**known, **fields})


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_the_front_page_has_three_doors_the_jobs_and_says_it_is_free(client: Client, market: Site) -> None:
    cast.shift()
    page = read(client, "/")
    for words in (
        "潞州区",
        "找活的人不花一分钱",
        "/signin/employer/",
        "/signin/staff/",
        "卸货",
        "一天 220 元",
        "英雄南路1号",
    ):
        assert words in page


def test_the_figures_of_the_front_page_are_counted(client: Client, market: Site) -> None:
    shift = cast.shift()
    cast.placement(cast.worker(), shift)
    cast.worker("李红梅")
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", read(client, "/")))
    assert "2 个 还缺的岗位" in told and "1 家 在招人的单位" in told and "2 人 今天登记" in told


def test_no_name_of_a_worker_reaches_a_public_page(client: Client, market: Site) -> None:
    cast.placement(cast.worker("欧阳修远"), cast.shift())
    assert not any("欧阳" in read(client, page) for page in PAGES)


def test_with_nothing_to_show_the_pages_say_what_to_do(client: Client, market: Site) -> None:
    assert "先登记" in read(client, "/") and "先登记" in read(client, "/jobs/")


def test_before_the_first_market_opens_the_site_stands(client: Client) -> None:
    assert "还没有开放的市场" in read(client, "/")
    for path in ("/jobs/", "/places/", "/about/", "/hall/"):
        read(client, path)


def test_with_two_counties_one_is_chosen_and_stays_chosen(client: Client, market: Site) -> None:
    station("上党区零工市场", kind="market", division=cast.NEIGHBOUR, latitude=36.05, longitude=113.05)
    cast.shift(title="潞州的活")
    cast.shift(title="上党的活", division=cast.NEIGHBOUR)
    choice = read(client, "/")
    assert f'href="?county={cast.COUNTY}"' in choice and f'href="?county={cast.NEIGHBOUR}"' in choice
    page = read(client, f"/?county={cast.NEIGHBOUR}")
    assert "上党的活" in page and "潞州的活" not in page
    assert f'href="/jobs/?county={cast.NEIGHBOUR}"' in page
    narrowed = read(client, f"/jobs/?county={cast.NEIGHBOUR}&trade=loader")
    assert "上党的活" in narrowed and "潞州的活" not in narrowed


def test_markets_and_stations_tell_where_when_and_what(client: Client, market: Site) -> None:
    site = station()
    Facility.objects.create(site=site, kind=Facility.Kind.WATER)
    page = read(client, "/places/")
    one = read(client, f"/places/{site.id}/")
    for words in ("马厂镇零工驿站", "马厂镇政府东侧", "8:00-18:00", "tel:0355-2020120", "热水"):
        assert words in page and words in one
    assert f"/places/{market.id}/" in page


def test_a_site_that_is_not_open_yet_is_not_in_the_list(client: Client, market: Site) -> None:
    station(state="building")
    assert "马厂镇零工驿站" not in read(client, "/places/")


def test_an_unknown_site_is_a_missing_page(client: Client, market: Site) -> None:
    read(client, "/places/00000000-0000-0000-0000-000000000000/", 404)


def test_the_number_of_queries_does_not_depend_on_the_number_of_sites(
    client: Client, market: Site, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    station()
    for path in ("/", "/places/"):
        with django_assert_max_num_queries(30) as seen:
            read(client, path)
        before = len(seen)
        for number in range(5):
            station(f"驿站 {path} {number}")
        with django_assert_max_num_queries(before):
            read(client, path)


def test_the_map_shows_every_site_and_counts_places_that_lie_together(market: Site) -> None:
    shifts = [cast.shift(places=2), cast.shift(places=3)]
    drawn = picture([market, station()], shifts)
    assert drawn is not None
    assert [mark.kind for mark in drawn.marks] == ["market", "station"]
    assert drawn.marks[0].name == "潞州区"
    assert [heap.places for heap in drawn.heaps] == [5]
    assert drawn.marks[0].y > drawn.marks[1].y  # the town lies north of the market


def test_one_wrong_position_does_not_shrink_the_county(market: Site) -> None:
    drawn = picture([market, station()], [cast.shift(latitude=22.5, longitude=114.0)])
    assert drawn is not None and drawn.heaps == []


def test_no_sites_no_map() -> None:
    assert picture([], []) is None


def test_about_says_that_it_is_free_what_is_kept_who_sees_it_and_where_to_complain(
    client: Client, market: Site
) -> None:
    page = read(client, "/about/")
    for words in ("不收", "我们记下什么", "谁能看到", "12333", "潞州区零工市场"):
        assert words in page


def test_robots_may_read_what_is_public_only(client: Client) -> None:
    told = read(client, "/robots.txt")
    assert "Disallow: /desk/" in told and "/sitemap.xml" in told and "Disallow: /jobs/" not in told


def test_the_sitemap_lists_every_open_job(client: Client, market: Site) -> None:
    open_shift, full = cast.shift(), cast.shift(places=1)
    cast.placement(cast.worker(), full)
    tree = ElementTree.fromstring(read(client, "/sitemap.xml"))
    addresses = [node.text or "" for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert any(address.endswith(f"/jobs/{open_shift.id}/") for address in addresses)
    assert not any(str(full.id) in address for address in addresses)
    assert all(address.startswith("http") for address in addresses)


@pytest.mark.parametrize("path", [*PAGES, "/hall/", f"/hall/{cast.COUNTY}/"])
def test_an_english_page_has_no_chinese_but_what_people_typed(client: Client, market: Site, path: str) -> None:
    cast.shift(trade="loader")
    client.cookies["django_language"] = "en"
    page = re.sub(r'<(\w+)[^>]*\slang="zh"[^>]*>.*?</\1>', "", read(client, path), flags=re.DOTALL)
    page = re.sub(r"<option.*?</option>|<title>.*?</title>", "", page, flags=re.DOTALL)
    assert set(re.findall(r"[\u4e00-\u9fff]+", page)) <= {"中文"}


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_inline_that_the_security_policy_refuses(client: Client, market: Site, path: str) -> None:
    cast.shift()
    page = read(client, path)
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)
