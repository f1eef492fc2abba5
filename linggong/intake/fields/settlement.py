"""When wages are paid, where the text says so; the patterns are data in `data/settlement.toml`."""

import re
from functools import cache

from linggong.intake.lexicon import either, toml
from linggong.intake.sheet import Found, Sheet

_HINTS = re.compile(r"[结付给发清领账款拿兑转开算现压押]")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: either(patterns) for name, patterns in toml("settlement")["settlement"].items()}


@cache
def _not_before() -> re.Pattern[str]:
    return re.compile(toml("settlement")["not"]["before"])


def read(sheet: Sheet) -> list[Found[str]]:
    """Every mention of a settlement in the order of the text."""
    if not _HINTS.search(sheet.left):
        return []
    found: list[Found[str]] = []
    for name, pattern in _patterns().items():
        for match in pattern.finditer(sheet.left):
            if not _not_before().search(sheet.left[max(0, match.start() - 5) : match.start()]):
                found.append(Found(name, match.start(), match.end(), 0.95))
                sheet.take([match.span()])
    return sorted(found, key=lambda each: each.start)
