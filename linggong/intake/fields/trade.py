"""Which trades a text names: the catalogue's own words and those of `data/trade_words.csv`."""

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from linggong.intake.lexicon import rows
from linggong.intake.sheet import Found, Sheet
from linggong.intake.signs import Words

TITLE, ACTIVITY, GENERAL, CONTEXT = 4, 3, 2, 1
SAME_AS_BEFORE = "="
NO_TRADE = "-"


class Named(NamedTuple):
    """A trade named by a word; a title is stronger than a piece of work, that stronger than a thing of the trade."""

    trade: str
    word: str
    strength: int


def _words() -> dict[str, Named]:
    """Every word that names a trade; `trade_words.csv` may set another strength for a word of the catalogue."""
    named: dict[str, Named] = {}
    catalogue = (files("linggong.lib") / "trades.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(catalogue):
        for word in [row["name_zh"], *row["aliases_zh"].split("|")]:
            if len(word) > 2 or not word.isascii():
                named[word] = Named(row["code"], word, TITLE)
    for trade, strength, words in rows("trade_words"):
        for word in words.split("|"):
            named[word] = Named(trade, word, int(strength))
    return named


_WORDS = Words(_words())


def read(sheet: Sheet) -> list[Found[Named]]:
    """Every word for a trade in the order of the text; nothing is blotted out, as a place may hold such a word."""
    found = named_in(sheet.text, sheet.pairs)
    for each in found:
        if each.value.strength >= GENERAL:
            return found
    return found + _by_verb(sheet.text)


def named_in(text: str, pairs: Sequence[int]) -> list[Found[Named]]:
    """The listed words of a plain text of these pairs: the longest, left to right, not overlapping."""
    return [
        Found(named, start, end, 0.5 + 0.1 * named.strength)
        for start, end, named in _WORDS.found_in(text, pairs)
        if named.trade != NO_TRADE
    ]


@cache
def _verbs() -> tuple[re.Pattern[str], dict[str, str]]:
    verbs = {row[0]: row[1] for row in rows("trade_verbs")}
    guards = "|".join(f"{row[0]}(?![{row[2]}])" for row in rows("trade_verbs"))
    return re.compile(rf"(?<![\u4e00-\u9fff]{{6}}村)(?<![服西时童女男组])(?:{guards})(?=[\u4e00-\u9fff])"), verbs


def _by_verb(text: str) -> list[Found[Named]]:
    """What the work is by its bare verb (卸沙发), where no longer word is known."""
    pattern, verbs = _verbs()
    return [
        Found(Named(verbs[match[0]], match[0], CONTEXT), match.start(), match.end(), 0.5)
        for match in pattern.finditer(text)
    ]
