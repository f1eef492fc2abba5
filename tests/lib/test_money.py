"""Sums are typed in yuan, kept in fen, and shown without needless noughts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linggong.lib.errors import Refusal
from linggong.lib.money import MOST, PAY_UNITS, MoneyRefused, read_yuan, yuan


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("200", 20000),
        ("200.5", 20050),
        ("0.01", 1),
        ("２００", 20000),
        ("¥200", 20000),
        ("￥ 200", 20000),
        ("200元", 20000),
        ("200 块", 20000),
        ("200块钱", 20000),
        ("1,200.50", 120050),
        ("1，200", 120000),
        ("RMB 200", 20000),
        ("007", 700),
        ("1000000", MOST),
    ],
)
def test_a_sum_is_read_however_it_is_typed(typed: str, fen: int) -> None:
    assert read_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请填写金额。"),
        ("元", "请填写金额。"),
        ("-5", "金额不能是负数。"),
        ("−5元", "金额不能是负数。"),
        ("-¥5", "金额不能是负数。"),
        ("NaN", "金额请只写数字，例如 200 或 200.5。"),
        ("Infinity", "金额请只写数字，例如 200 或 200.5。"),
        ("1e3", "金额请只写数字，例如 200 或 200.5。"),
        ("二百", "金额请只写数字，例如 200 或 200.5。"),
        ("٢٠٠", "金额请只写数字，例如 200 或 200.5。"),
        ("200-300", "金额请只写数字，例如 200 或 200.5。"),
        ("1,20", "金额请只写数字，例如 200 或 200.5。"),
        ("200.555", "金额最多写到分，也就是小数点后两位。"),
        ("1000000.01", "金额太大了，请看看是不是多写了零。"),
        ("9" * 5000, "金额太大了，请看看是不是多写了零。"),
        ("0", "金额要大于零。"),
        ("0.00", "金额要大于零。"),
    ],
)
def test_each_mistake_has_its_own_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(MoneyRefused) as refused:
        read_yuan(typed)
    assert str(refused.value) == sentence


def test_nothing_may_be_allowed_and_a_limit_be_lower() -> None:
    assert read_yuan("0", allow_zero=True) == 0
    with pytest.raises(MoneyRefused, match="太大"):
        read_yuan("500.01", most=50000)


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (22000, "220 元", "¥220"),
        (22050, "220.50 元", "¥220.50"),
        (5, "0.05 元", "¥0.05"),
        (0, "0 元", "¥0"),
        (-150, "-1.50 元", "-¥1.50"),
    ],
)
def test_a_sum_is_shown_in_yuan(fen: int, zh: str, en: str) -> None:
    assert (yuan(fen), yuan(fen, "en")) == (zh, en)


def test_every_unit_of_pay_has_its_words() -> None:
    assert {unit: zh for unit, (zh, _) in PAY_UNITS.items()} == {
        "hour": "每小时", "day": "一天", "month": "一个月", "piece": "一件", "job": "整个活",
    }  # fmt: skip


@given(st.integers(1, MOST), st.sampled_from(["zh", "en"]))
def test_what_is_shown_can_be_typed(fen: int, language: str) -> None:
    assert read_yuan(yuan(fen, language)) == fen


@given(st.text() | st.text("0123456789.,-¥元 eE", max_size=20))
def test_no_text_is_answered_with_anything_but_a_sum_or_a_refusal(text: str) -> None:
    try:
        assert 0 < read_yuan(text) <= MOST
    except Refusal as refusal:
        assert str(refusal).endswith("。")
