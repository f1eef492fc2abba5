"""Telephone numbers are kept as digits, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linggong.lib.errors import Refusal
from linggong.lib.telephone import TelephoneRefused, masked, read_telephone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13835512345", "13835512345"),
        ("138 3551 2345", "13835512345"),
        ("１３８－３５５１－２３４５", "13835512345"),
        ("+86 138 3551 2345", "13835512345"),
        ("0086-13835512345", "13835512345"),
        ("8613835512345", "13835512345"),
        ("0355-2022222", "03552022222"),
        ("（0355）2022222", "03552022222"),
        ("+86 355 2022222", "03552022222"),
        ("010 6234 5678", "01062345678"),
        ("0371-62345678", "037162345678"),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str, kept: str) -> None:
    assert read_telephone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请填写电话号码。"),
        ("1383551234", "手机号应是11位，请数一数是不是少了或多了。"),
        ("138355123456", "手机号应是11位，请数一数是不是少了或多了。"),
        ("2022222", "这像是座机号，请在前面加上区号，例如 0355-2022222。"),
        ("+1 212 555 0100", "现在只能登记国内的电话号码。"),
        ("0355-2022222转8", "电话号码只能是数字，一次填一个，不要带分机号。"),
        ("13835512345、13935512345", "电话号码只能是数字，一次填一个，不要带分机号。"),
        ("٠355٢022222", "电话号码只能是数字，一次填一个，不要带分机号。"),
        ("12835512345", "没有这样的电话号码，请核对。"),
        ("0355-1022222", "没有这样的电话号码，请核对。"),
    ],
)
def test_each_mistake_has_its_own_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(TelephoneRefused) as refused:
        read_telephone(typed)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("number", "shown"),
    [("13835512345", "138****2345"), ("03552022222", "035****2222"), ("037162345678", "037*****5678")],
)
def test_a_masked_number_shows_three_and_four_digits(number: str, shown: str) -> None:
    assert masked(number) == shown


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_what_was_read_is_read_the_same_again(number: str) -> None:
    assert read_telephone(read_telephone(f"+86 {number}")) == number


@given(st.text() | st.text("0123456789+-（）转 ", min_size=5, max_size=16))
def test_no_text_is_answered_with_anything_but_digits_or_a_refusal(text: str) -> None:
    try:
        assert read_telephone(text).isdecimal()
    except Refusal as refusal:
        assert str(refusal).endswith("。")
