"""Unified social credit codes (统一社会信用代码), the licence numbers of employers.

Source: GB 32100-2015 (1 authority, 1 kind, 6 region, 9 organisation, 1 check character; letters without I O Z S V).
"""

import re

from stdnum.cn import uscc

from linggong.lib.errors import Refusal
from linggong.lib.text import compact

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# The authority may be a letter: N is agriculture, which registers the villages' collectives. `uscc.validate` would
# refuse those, so only its check character is used.
_FORM = re.compile(rf"[1-9ANY][{_ALPHABET}][0-9]{{6}}[{_ALPHABET}]{{10}}")


class CreditCodeRefused(Refusal):
    """The text is not a unified social credit code."""

    code = "credit_code"


def read_credit_code(text: str) -> str:
    """The 18 characters of a code as typed: full width, spaces, dashes, small letters. Raises `CreditCodeRefused`."""
    code = compact(text)
    if not code:
        raise CreditCodeRefused("请填写统一社会信用代码。")
    if re.fullmatch(r"[0-9]{15}", code):
        raise CreditCodeRefused("这是老式的15位注册号，请用新营业执照上18位的统一社会信用代码。")
    if len(code) != 18:
        raise CreditCodeRefused("统一社会信用代码应是18位，请数一数是不是少了或多了。")
    if re.search(r"[IOZSV]", code):
        raise CreditCodeRefused("统一社会信用代码里没有字母 I、O、Z、S、V，请看看是不是数字 1、0、2、5。")
    if not _FORM.fullmatch(code):
        raise CreditCodeRefused("这不像统一社会信用代码，请照营业执照上的18位数字和字母填写。")
    if code[17] != uscc.calc_check_digit(code[:17]):
        raise CreditCodeRefused("统一社会信用代码有一位写错了（校验码对不上），请对照营业执照再看一遍。")
    return code


def make_credit_code(seed: int) -> str:
    """A well-formed code of a firm in 潞州区, a different one for each seed below 31**7: for demonstrations, tests."""
    organisation = "".join(_ALPHABET[seed // 31**place % 31] for place in range(6, -1, -1))
    body = f"91140403MA{organisation}"
    return body + str(uscc.calc_check_digit(body))
