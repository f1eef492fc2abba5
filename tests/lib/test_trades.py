"""A trade is found with the few keys a clerk has time for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linggong.lib.errors import Refusal
from linggong.lib.trades import TRADES, find_trades, name, trade


@pytest.mark.parametrize(
    "query", ["wg", "瓦", "瓦工", "wagong", "wa gong", "ＷＧ", "brick", "tiler", "泥瓦", "砌墙", "我会砌墙"]
)
def test_a_bricklayer_is_found_in_every_way(query: str) -> None:
    assert find_trades(query)[0].code == "bricklayer"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("搬家公司", "loader"),
        ("banyun", "loader"),
        ("保姆", "housekeeper"),
        ("cnc", "machinist"),
        ("B2", "driver"),
        ("水暖", "plumber"),
        ("摘苹果", "farm_worker"),
        ("weld", "welder"),
        ("刮大白", "painter"),
        ("小工", "labourer"),
    ],
)
def test_words_of_the_street_find_the_trade(query: str, code: str) -> None:
    assert find_trades(query)[0].code == code


def test_what_is_named_so_comes_before_what_only_begins_so() -> None:
    assert [found.code for found in find_trades("jx")][:2] == ["fitter", "machine_operator"]


def test_no_more_are_shown_than_asked_for() -> None:
    assert len(find_trades("gong", limit=3)) == 3
    assert len(find_trades("工")) == 8


@pytest.mark.parametrize("query", ["", "  ", "zzz", "\x00", "量子"])
def test_what_is_no_trade_finds_nothing(query: str) -> None:
    assert find_trades(query) == []


@given(st.text())
def test_no_query_breaks_the_search(query: str) -> None:
    assert len(find_trades(query)) <= 8


def test_every_trade_is_found_by_its_own_names() -> None:
    for code, found in TRADES.items():
        assert find_trades(found.zh)[0].code == code
        assert all(found in find_trades(alias) for alias in (*found.aliases, found.en))


def test_a_trade_has_a_name_in_each_language() -> None:
    assert (name("bricklayer", "zh-hans"), name("bricklayer", "en")) == ("瓦工", "Bricklayer and tiler")
    assert trade("bricklayer").group == "construction"


def test_an_unknown_trade_is_refused() -> None:
    with pytest.raises(Refusal, match="没有这个工种"):
        trade("astronaut")
