"""Meals, lodging and transport: provided, refused or not said; the patterns are data in `data/provisions.toml`."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from linggong.intake.lexicon import either, toml
from linggong.intake.sheet import Found, Sheet

Kind = Literal["meals", "lodging", "transport"]
_TOPICS: dict[str, tuple[Kind, ...]] = {
    "both": ("meals", "lodging"),
    "meals": ("meals",),
    "lodging": ("lodging",),
    "transport": ("transport",),
}
_HINTS = {"both": "吃食膳住宿", "meals": "饭餐吃伙食灶膳锅粮饱顿面汤菜喝午宵晚", "lodging": "住宿间炕铺房舍睡家", "transport": "车接送路驾骑费摩托三轮交通拉自轮通勤"}


@dataclass(frozen=True, slots=True)
class Provision:
    """One of the three, and whether it is given."""

    kind: Kind
    given: bool


@cache
def _patterns() -> list[tuple[tuple[Kind, ...], bool, re.Pattern[str], frozenset[str]]]:
    data = toml("provisions")
    return [
        (kinds, answer == "yes", either(data[topic][answer]), frozenset(_HINTS[topic]))
        for answer in ("no", "yes")
        for topic, kinds in _TOPICS.items()
    ]


def read(sheet: Sheet) -> list[Found[Provision]]:
    """Every mention in the order of the text; a grant beside a refusal of the same thing counts (午饭没有晚饭有)."""
    found: list[Found[Provision]] = []
    for kinds, given, pattern, hints in _patterns():
        if hints.isdisjoint(sheet.left):
            continue
        spans = []
        for match in pattern.finditer(sheet.left):
            found += [Found(Provision(kind, given), match.start(), match.end()) for kind in kinds]
            spans.append(match.span())
        sheet.take(spans)
    return sorted(found, key=lambda each: each.start)
