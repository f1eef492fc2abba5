"""Identity numbers are read as people type them, and each mistake is named."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.identity import (
    IdentityNumberRefused,
    check_character,
    make_identity_number,
    masked,
    read_identity_number,
)

TODAY = datetime(2026, 11, 22, 4, tzinfo=UTC)
WANG = make_identity_number("140411", date(1968, 2, 29), 1)

numbers = st.builds(
    make_identity_number,
    st.sampled_from(["140411", "110105", "659001", "830000", "140499"]),
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
)


def changed(number: str, start: int, digits: str) -> str:
    """The number with other digits from `start` on and the check character that belongs to them."""
    body = number[:start] + digits + number[start + len(digits) : 17]
    return body + check_character(body)


def test_the_example_of_the_standard_has_its_check_character() -> None:
    assert check_character("11010519491231002") == "X"
    assert check_character("44052418800101001") == "4"


def test_birth_date_sex_and_region_come_from_the_number() -> None:
    wang = read_identity_number(WANG)
    assert (wang.birth_date, wang.sex, wang.region) == (date(1968, 2, 29), "male", "140411")
    assert read_identity_number(make_identity_number("140411", date(1990, 5, 1), 20)).sex == "female"


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "110105–19491231—002x\u200b",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert read_identity_number(typed).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请填写身份证号。"),
        ("　", "请填写身份证号。"),
        ("140411680229001", "这是老式的15位号码，已经停用，请用18位的身份证。"),
        (WANG[:-1], "身份证号应是18位，请数一数是不是少了或多了。"),
        (WANG + "1", "身份证号应是18位，请数一数是不是少了或多了。"),
        ("王" + WANG[1:], "身份证号只能是数字，最后一位可以是 X。"),
        ("X" + WANG[1:], "身份证号只能是数字，最后一位可以是 X。"),
        ("٣" + WANG[1:], "身份证号只能是数字，最后一位可以是 X。"),
        (changed(WANG, 0, "99"), "身份证号开头两位不是任何省份的代码，请核对。"),
        (changed(WANG, 6, "19690229"), "身份证号里的出生日期不存在，请核对第7到14位。"),
        (changed(WANG, 6, "19681301"), "身份证号里的出生日期不存在，请核对第7到14位。"),
        (changed(WANG, 6, "00000101"), "身份证号里的出生日期不存在，请核对第7到14位。"),
        (changed(WANG, 6, "20261123"), "身份证号里的出生日期还没到，请核对第7到14位。"),
        (changed(WANG, 6, "19051122"), "按身份证号算，年龄超过120岁，请核对第7到14位。"),
        (WANG[:-1] + ("2" if WANG[-1] != "2" else "3"), "身份证号有一位写错了（校验码对不上），请对照证件再看一遍。"),
    ],
)
def test_each_mistake_has_its_own_sentence(typed: str, sentence: str) -> None:
    with clock.at(TODAY), pytest.raises(IdentityNumberRefused) as refused:
        read_identity_number(typed)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("birth", ["20261122", "19061122", "19051123"])
def test_a_child_born_today_and_somebody_of_120_are_accepted(birth: str) -> None:
    with clock.at(TODAY):
        assert read_identity_number(changed(WANG, 6, birth)).number[6:14] == birth


def test_today_is_the_day_in_china() -> None:
    born = changed(WANG, 6, "20261123")
    with clock.at(datetime(2026, 11, 22, 16, 30, tzinfo=UTC)):
        assert read_identity_number(born).birth_date == date(2026, 11, 23)


def test_an_unknown_county_is_no_reason_to_refuse() -> None:
    assert read_identity_number(make_identity_number("149999", date(1980, 1, 1), 3)).region == "149999"


def test_a_masked_number_shows_region_and_last_four() -> None:
    assert masked("140411196802290012") == "140411********0012"


@given(numbers)
def test_what_is_made_can_be_read(number: str) -> None:
    assert read_identity_number(number).number == number


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, shift: int) -> None:
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    with pytest.raises(IdentityNumberRefused):
        read_identity_number(wrong)


@given(numbers, st.integers(0, 15))
def test_two_digits_swapped_are_always_noticed(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(IdentityNumberRefused):
            read_identity_number(swapped)


@given(st.text() | st.text("0123456789xX１２ -", min_size=14, max_size=20))
def test_no_text_is_answered_with_anything_but_a_number_or_a_refusal(text: str) -> None:
    try:
        assert len(read_identity_number(text).number) == 18
    except Refusal as refusal:
        assert str(refusal).endswith("。")
