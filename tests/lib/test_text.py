"""Texts are made plain, names read, and people found by a few keys."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linggong.lib.errors import Refusal
from linggong.lib.text import choose, plain, read_name, search_keys, sort_key


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("  王　刚 \n", "王 刚"),
        ("ＷＡＮＧ１２３", "WANG123"),
        ("搬\u200b运\x00工\ufeff", "搬运工"),
        ("a\r\n\tb", "a b"),
        ("半\ud800个字", "半个字"),
        ("\u0000", ""),
    ],
)
def test_plain_text_has_nothing_hidden_in_it(typed: str, made: str) -> None:
    assert plain(typed) == made


@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_plain_text_can_be_kept_anywhere(text: str) -> None:
    assert not {unicodedata.category(char) for char in plain(text)} & {"Cc", "Cf", "Cs"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王刚", "王刚"),
        ("王　刚", "王刚"),
        ("艾力•买买提", "艾力·买买提"),
        ("艾力 ・ 买买提", "艾力·买买提"),
        ("艾力.买买提", "艾力·买买提"),
        ("𠮷田", "𠮷田"),
        ("王\U00031350", "王\U00031350"),
        ("〇一", "〇一"),
        ("Anne-Marie  O’Neil", "Anne-Marie O’Neil"),
        ("J. Müller", "J. Müller"),
        ("王" * 40, "王" * 40),
    ],
)
def test_names_of_every_people_are_read(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (" ", "请填写姓名。"),
        ("王" * 41, "姓名太长了，最多 40 个字。"),
        ("王刚2", "姓名里只能有文字和间隔号“·”，请照身份证上的写法填写。"),
        ("<王刚>", "姓名里只能有文字和间隔号“·”，请照身份证上的写法填写。"),
        ("·", "姓名里只能有文字和间隔号“·”，请照身份证上的写法填写。"),
        ("😀", "姓名里只能有文字和间隔号“·”，请照身份证上的写法填写。"),
    ],
)
def test_what_is_no_name_is_refused_with_a_reason(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_name(typed)
    assert str(refused.value) == sentence


@given(st.text() | st.text("王刚艾力·• .Aa-2", max_size=50))
def test_a_read_name_reads_the_same_again(text: str) -> None:
    try:
        name = read_name(text)
    except Refusal as refusal:
        assert str(refusal).endswith("。")
    else:
        assert read_name(name) == name


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("王刚", {"王刚", "wanggang", "wg"}),
        ("单雄信", {"shanxiongxin", "sxx"}),
        ("解放军", {"xiefangjun", "xfj"}),
        ("仇英", {"qiuying"}),
        ("曾国", {"zengguo"}),
        ("尉迟恭", {"yuchigong", "ycg"}),
        ("吕布", {"lvbu", "lyubu", "lubu"}),
        ("盖叫天", {"gejiaotian", "gaijiaotian"}),
        ("艾力·买买提", {"艾力买买提", "ailimaimaiti", "almmt"}),
        ("Wang Gang", {"wang gang", "wanggang", "wg"}),
    ],
)
def test_people_are_found_by_name_pinyin_and_initials(name: str, keys: set[str]) -> None:
    assert keys <= set(search_keys(name))


def test_the_usual_reading_of_a_family_name_sorts_it() -> None:
    assert sort_key("单雄信") == "shan xiong xin"


def test_names_sort_syllable_by_syllable() -> None:
    assert sorted(["王安", "万刚", "Adam", "仇英"], key=sort_key) == ["Adam", "仇英", "万刚", "王安"]


@given(st.text())
def test_any_text_has_keys_to_search_and_to_sort_by(text: str) -> None:
    assert all(key and key == key.lower() for key in search_keys(text) if key.isascii())
    assert isinstance(sort_key(text), str)


def test_wording_follows_the_language() -> None:
    assert [choose(language, "人", "people") for language in ("zh-hans", "en", "en-gb")] == ["人", "people", "people"]
