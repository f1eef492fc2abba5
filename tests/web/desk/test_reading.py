"""One line of a clerk's typing becomes what the operations take."""

from datetime import date

import pytest
from django.utils import translation

from linggong.foundation.scope import within
from linggong.lib.errors import Refusal
from linggong.places.models import Site
from linggong.web.desk.reading import read_certificates, read_employer, read_place, read_spot, read_trade, read_trades
from tests import cast


@pytest.mark.parametrize(
    ("typed", "pairs"),
    [
        ("瓦工", (("bricklayer", 2),)),
        ("瓦工 wg", (("bricklayer", 2), ("bricklayer", 2))),
        ("瓦工3、装卸搬运工1", (("bricklayer", 3), ("loader", 1))),
        ("wg3", (("bricklayer", 3),)),
        ("Bricklayer and tiler, Cleaner", (("bricklayer", 2), ("cleaner", 2))),
        ("瓦工、", (("bricklayer", 2),)),
        ("B2", (("driver", 2),)),
    ],
)
def test_trades_are_read_by_name_pinyin_initials_and_grade(typed: str, pairs: tuple[tuple[str, int], ...]) -> None:
    assert read_trades(typed) == pairs


def test_a_trade_that_is_none_is_named_in_the_refusal() -> None:
    with pytest.raises(Refusal, match="飞行员"), translation.override("zh-hans"):
        read_trades("瓦工 飞行员")


def test_a_job_has_one_trade() -> None:
    assert read_trade("wg") == "bricklayer"
    with pytest.raises(Refusal):
        read_trade("瓦工 木工")


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("健康证", (("健康证", None),)),
        ("健康证 2027-03-01、低压电工证", (("健康证", date(2027, 3, 1)), ("低压电工证", None))),
        ("健康证 2027年2月", (("健康证", date(2027, 2, 28)),)),
        ("", ()),
    ],
)
def test_certificates_are_read_with_their_last_day(typed: str, held: tuple[tuple[str, date | None], ...]) -> None:
    assert read_certificates(typed) == held


@pytest.mark.parametrize("typed", ["健康证 2027-02-30", "健康证 2027-13-01"])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_certificates(typed)


@pytest.mark.parametrize("typed", ["马厂镇", "潞州区 马厂镇", "machang"])
def test_a_place_is_read_within_the_clerks_reach(county: Site, typed: str) -> None:
    assert read_place(typed, cast.clerk()).code == cast.TOWN


def test_the_words_above_ones_own_reach_are_no_error(county: Site) -> None:
    assert read_place("潞州区 马厂镇", cast.town_clerk()).code == cast.TOWN


@pytest.mark.parametrize("typed", ["上党区", "", "月球"])
def test_a_place_elsewhere_is_refused(county: Site, typed: str) -> None:
    with pytest.raises(Refusal):
        read_place(typed, cast.clerk())


def test_a_site_is_a_place_by_its_whole_name(county: Site) -> None:
    assert read_spot("潞州区零工市场", cast.clerk()) == county


def test_an_employer_named_like_another_needs_the_end_of_its_telephone(county: Site) -> None:
    first, second = cast.employer("华丰建材"), cast.employer("华丰建材")
    with within(cast.clerk()):
        with pytest.raises(Refusal):
            read_employer("华丰建材", cast.clerk())
        assert read_employer(f"华丰建材 {second.telephone_masked[-4:]}", cast.clerk()) == second
        assert read_employer(f"华丰建材 {first.telephone_masked[-4:]}", cast.clerk()) == first
