"""When wages are paid, where the text says so; the patterns are data in `data/settlement.toml`."""

import re
from functools import cache

from linggong.intake.lexicon import toml
from linggong.intake.sheet import Found, Sheet
from linggong.intake.signs import Signs

SIGNS = Signs((name, sign) for name, signs in toml("settlement")["settlement"].items() for sign in signs)
"""The ways to say each settlement."""


@cache
def _not_before() -> re.Pattern[str]:
    return re.compile(toml("settlement")["not"]["before"])


def read(sheet: Sheet) -> list[Found[str]]:
    """Every mention of a settlement in the order of the text."""
    found: list[Found[str]] = []
    for sign in SIGNS.worth_trying(sheet.held):
        for start, end in sign.spans_in(sheet.left):
            if not _not_before().search(sheet.left[max(0, start - 5) : start]):
                found.append(Found(sign.label, start, end, 0.95))
                sheet.take([(start, end)])
    return sorted(found, key=lambda each: each.start)
