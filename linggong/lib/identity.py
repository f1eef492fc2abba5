"""Citizens' identity numbers.

Source: GB 11643-1999 (6 digits region, 8 birth date, 3 sequence with the sex in its last digit, 1 check character);
the check character follows ISO 7064:1983, MOD 11-2.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from linggong.lib import clock
from linggong.lib.errors import Refusal
from linggong.lib.text import compact

Sex = Literal["male", "female"]

OLDEST = 120
_PROVINCES = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83]
)


class IdentityNumberRefused(Refusal):
    """The text is not the identity number of a living person."""

    code = "identity_number"


@dataclass(frozen=True)
class IdentityNumber:
    number: str
    birth_date: date
    sex: Sex
    region: str


def read_identity_number(text: str) -> IdentityNumber:
    """Read an 18-character number as typed: full-width digits, spaces, dashes and a small x are welcome.

    Raises `IdentityNumberRefused` with a sentence of its own for each thing that can be wrong.
    """
    number = compact(text)
    _refuse_wrong_form(number)
    if int(number[:2]) not in _PROVINCES:
        raise IdentityNumberRefused("身份证号开头两位不是任何省份的代码，请核对。")
    birth_date = _birth_date(number[6:14])
    if number[17] != check_character(number[:17]):
        raise IdentityNumberRefused("身份证号有一位写错了（校验码对不上），请对照证件再看一遍。")
    sex: Sex = "male" if int(number[16]) % 2 else "female"
    return IdentityNumber(number, birth_date, sex, number[:6])


def make_identity_number(region: str, birth_date: date, sequence: int) -> str:
    """A well-formed number, for demonstrations and tests: `region` of 6 digits, `sequence` 0..999 (odd is male)."""
    body = f"{region}{birth_date:%Y%m%d}{sequence:03d}"
    return body + check_character(body)


def check_character(body: str) -> str:
    """The 18th character that belongs to 17 digits (ISO 7064, MOD 11-2)."""
    remainder = 0
    for digit in body:
        remainder = (remainder + int(digit)) * 2 % 11
    return "0123456789X"[(12 - remainder) % 11]


def masked(number: str) -> str:
    """'140411********0012': the region and the last four stay readable."""
    return f"{number[:6]}********{number[14:]}"


def _refuse_wrong_form(number: str) -> None:
    if not number:
        raise IdentityNumberRefused("请填写身份证号。")
    if re.fullmatch(r"[0-9]{15}", number):
        raise IdentityNumberRefused("这是老式的15位号码，已经停用，请用18位的身份证。")
    if not re.fullmatch(r"[0-9]+X?", number):
        raise IdentityNumberRefused("身份证号只能是数字，最后一位可以是 X。")
    if len(number) != 18:
        raise IdentityNumberRefused("身份证号应是18位，请数一数是不是少了或多了。")


def _birth_date(digits: str) -> date:
    try:
        birth_date = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise IdentityNumberRefused("身份证号里的出生日期不存在，请核对第7到14位。") from None
    today = clock.today()
    if birth_date > today:
        raise IdentityNumberRefused("身份证号里的出生日期还没到，请核对第7到14位。")
    if (today.year - birth_date.year) - ((today.month, today.day) < (birth_date.month, birth_date.day)) > OLDEST:
        raise IdentityNumberRefused("按身份证号算，年龄超过120岁，请核对第7到14位。")
    return birth_date
