"""Telephone numbers of mainland China.

Source: the national numbering plan (电信网编号计划): mobiles have 11 digits and begin with 13 to 19; landlines have an
area code (010, 02x, or 0 and three digits) and 7 or 8 digits that begin with 2 to 8.
"""

import re

from linggong.lib.errors import Refusal
from linggong.lib.text import compact

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0(?:(?:10|2[0-9])[2-8][0-9]{7}|[3-9][0-9]{2}[2-8][0-9]{6,7})")
_LOCAL = re.compile(r"[2-8][0-9]{6,7}")
_COUNTRY = re.compile(r"(?:\+|00)86|86(?=1[3-9][0-9]{9}$)")


class TelephoneRefused(Refusal):
    """The text is no telephone number that can be called."""

    code = "telephone"


def read_telephone(text: str) -> str:
    """The digits alone: '13835512345', or with the area code '03552022222'. Raises `TelephoneRefused`."""
    typed = re.sub(r"[().]", "", compact(text))
    number = _COUNTRY.sub("", typed, count=1) if _COUNTRY.match(typed) else typed
    for candidate in (number, f"0{number}" if number != typed else number):
        if _MOBILE.fullmatch(candidate) or _LANDLINE.fullmatch(candidate):
            return candidate
    raise TelephoneRefused(_what_is_wrong(number))


def masked(number: str) -> str:
    """'138****2345': the first three and the last four digits stay readable."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def _what_is_wrong(number: str) -> str:
    if not number:
        return "请填写电话号码。"
    if number.startswith(("+", "00")):
        return "现在只能登记国内的电话号码。"
    if not re.fullmatch(r"[0-9]+", number):
        return "电话号码只能是数字，一次填一个，不要带分机号。"
    if _LOCAL.fullmatch(number):
        return "这像是座机号，请在前面加上区号，例如 0355-2022222。"
    if number.startswith("1") and len(number) != 11:
        return "手机号应是11位，请数一数是不是少了或多了。"
    return "没有这样的电话号码，请核对。"
