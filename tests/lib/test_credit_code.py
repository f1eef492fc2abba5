"""Unified social credit codes are read as people type them, and each mistake is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linggong.lib.credit_code import CreditCodeRefused, make_credit_code, read_credit_code
from linggong.lib.errors import Refusal

FIRM = "91110000600037341L"


@pytest.mark.parametrize(
    "typed",
    [FIRM, FIRM.lower(), "9111 0000 6000 37341L", "９１１１００００６０００３７３４１Ｌ", "91110000-60003734-1L"],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_credit_code(typed) == FIRM


def test_a_village_collective_registered_by_agriculture_is_read() -> None:
    assert read_credit_code("N2140403MF0000001T").startswith("N2")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请填写统一社会信用代码。"),
        ("140400100012345", "这是老式的15位注册号，请用新营业执照上18位的统一社会信用代码。"),
        (FIRM[:-1], "统一社会信用代码应是18位，请数一数是不是少了或多了。"),
        ("9111OOOO600037341L", "统一社会信用代码里没有字母 I、O、Z、S、V，请看看是不是数字 1、0、2、5。"),
        ("911A0000600037341L", "这不像统一社会信用代码，请照营业执照上的18位数字和字母填写。"),
        ("晋" + FIRM[1:], "这不像统一社会信用代码，请照营业执照上的18位数字和字母填写。"),
        (FIRM[:-1] + "M", "统一社会信用代码有一位写错了（校验码对不上），请对照营业执照再看一遍。"),
    ],
)
def test_each_mistake_has_its_own_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(CreditCodeRefused) as refused:
        read_credit_code(typed)
    assert str(refused.value) == sentence


@given(st.integers(0, 31**7 - 1))
def test_what_is_made_can_be_read(seed: int) -> None:
    assert read_credit_code(make_credit_code(seed)) == make_credit_code(seed)


def test_each_seed_makes_another_code() -> None:
    assert len({make_credit_code(seed) for seed in range(200)}) == 200


@given(st.text() | st.text("0123456789ABCXYZN -", min_size=14, max_size=20))
def test_no_text_is_answered_with_anything_but_a_code_or_a_refusal(text: str) -> None:
    try:
        assert len(read_credit_code(text)) == 18
    except Refusal as refusal:
        assert str(refusal).endswith("。")
