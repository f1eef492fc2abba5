"""Figures as people write them: 350, 3千5, 1.2万, 4k, 三百五, 二三十, 俩, 十来."""

import re
from functools import lru_cache

# In 三百五一天 the last 一 begins the unit, in 十一天 it belongs to the number.
_ONE = (
    "一(?![整晌天日月晚夜宿工个小时钟平方米套件趟车吨斤桶箱袋亩棵位名人次节单台间户块年周场把双根条"
    "张份盘桌串扇樘捆筐头只株颗])(?<=[零一二两三四五六七八九十百千万]一)"
    "|(?:(?<![零一二两三四五六七八九百千万])一)(?!口价|次性|律|般|定|切|起|共|直|样|些|下|半|并|手)"
)
NUMBER = (
    rf"(?:\d+(?:\.\d+)?(?:[百千万kKwW]\d?(?![\d.]))?"
    rf"|(?:[零二两俩仨三四五六七八九十百千万]|{_ONE}|(?<=十)几)+(?:点[一二三四五六七八九])?)"
)

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "仨": 3, "几": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000, "k": 1000, "K": 1000, "万": 10000, "w": 10000, "W": 10000}
_FIGURES = re.compile(r"(\d+(?:\.\d+)?)(?:([百千万kKwW])(\d?))?$")


@lru_cache(maxsize=4096)
def bounds(written: str) -> tuple[float, float] | None:
    """The lower and upper value of one written number ("二三十" is 20 and 30), or None where it is no number."""
    figures = _FIGURES.match(written)
    if figures:
        value = _scaled(float(figures[1]), figures[2], figures[3])
        return value, value
    whole, _, fraction = written.partition("点")
    low_high = _chinese(whole)
    if low_high is None or not fraction:
        return low_high
    part = _DIGITS[fraction[0]] / 10
    return low_high[0] + part, low_high[1] + part


def value(written: str) -> float | None:
    """The upper value of one written number."""
    found = bounds(written)
    return found[1] if found else None


def _scaled(number: float, unit: str | None, tail: str | None) -> float:
    if not unit:
        return number
    scale = _UNITS[unit]
    return round(number * scale + (int(tail) * scale / 10 if tail else 0), 2)


def _chinese(written: str) -> tuple[float, float] | None:
    if not written or any(char not in _DIGITS and char not in _UNITS for char in written):
        return None
    head, wan, tail = written.rpartition("万")
    if not wan:
        return _below_ten_thousand(written)
    thousands = _below_ten_thousand(head) if head else (1.0, 1.0)
    if not tail:
        return thousands[0] * 10000, thousands[1] * 10000
    rest = _below_ten_thousand(tail, trailing=1000 if len(tail) == 1 else 1)
    return thousands[0] * 10000 + rest[0], thousands[1] * 10000 + rest[1]


def _below_ten_thousand(written: str, trailing: int = 1) -> tuple[float, float]:
    """Two digits side by side are a range; a last digit counts in the next lower unit (三百五 is 350)."""
    low = high = 0.0
    digits: list[int] = []
    for char in written:
        if char in _UNITS:
            unit = _UNITS[char]
            first, last = (digits[0], digits[-1]) if digits else (1, 1)
            low, high, digits = low + first * unit, high + last * unit, []
            trailing = max(unit // 10, 1)
        elif char == "零":
            trailing = 1
            digits = [*digits, 0] if digits else digits
        else:
            digits.append(_DIGITS[char])
    if len(digits) > 2:
        positional = float("".join(str(digit) for digit in digits))
        return low + positional, high + positional
    if digits:
        low, high = low + digits[0] * trailing, high + digits[-1] * trailing
    return low, high
