"""Money: integer fen inside, yuan for people."""

import re
from decimal import Decimal

from linggong.lib.errors import Refusal
from linggong.lib.text import choose, plain

Fen = int

MOST = 100_000_000
"""A million yuan: nobody is paid more for a gig, so more is a slip of the hand."""

PAY_UNITS: dict[str, tuple[str, str]] = {
    "hour": ("每小时", "an hour"),
    "day": ("一天", "a day"),
    "month": ("一个月", "a month"),
    "piece": ("一件", "apiece"),
    "job": ("整个活", "for the whole job"),
}

_AMOUNT = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_SIGNS = re.compile(r"^(?:¥|RMB|CNY)|(?:元|块钱?|圆)$")


class MoneyRefused(Refusal):
    """The text is not a sum of money that can be paid."""

    code = "money"


def read_yuan(text: str, *, allow_zero: bool = False, most: Fen = MOST) -> Fen:
    """Fen from '200', '200.5', '２００', '¥200', '200元' or '1,200'. Raises `MoneyRefused`."""
    typed = _THOUSANDS.sub("", _SIGNS.sub("", plain(text).replace(" ", "").upper()))
    if not typed:
        raise MoneyRefused("请填写金额。")
    if re.match(r"[-−–]+¥?[0-9]", typed):
        raise MoneyRefused("金额不能是负数。")
    amount = _AMOUNT.fullmatch(typed)
    if amount is None:
        raise MoneyRefused("金额请只写数字，例如 200 或 200.5。")
    if len(amount[2] or "") > 2:
        raise MoneyRefused("金额最多写到分，也就是小数点后两位。")
    if len(amount[1]) > 12 or (fen := int(Decimal(typed) * 100)) > most:
        raise MoneyRefused("金额太大了，请看看是不是多写了零。")
    if not fen and not allow_zero:
        raise MoneyRefused("金额要大于零。")
    return fen


def yuan(fen: Fen, language: str = "zh") -> str:
    """'220 元', '220.50 元'; in English '¥220', '¥220.50'."""
    whole, rest = divmod(abs(fen), 100)
    amount = f"{whole}.{rest:02d}" if rest else str(whole)
    sign = "-" if fen < 0 else ""
    return choose(language, f"{sign}{amount} 元", f"{sign}¥{amount}")
