"""The catalogue of trades (工种) from `trades.csv`, and how people find one with few keys."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pypinyin import lazy_pinyin

from linggong.lib.errors import Refusal
from linggong.lib.text import choose, compact

_CATALOGUE = Path(__file__).with_name("trades.csv")

# How well a key answers a query, best first.
_EXACT, _BEGINS, _BEGINS_INSIDE, _CONTAINS, _IS_CONTAINED = range(5)
_NO_ANSWER = 9


@dataclass(frozen=True)
class Trade:
    code: str
    group: str
    zh: str
    en: str
    aliases: tuple[str, ...]


class _Catalogue(Mapping[str, Trade]):
    """Every trade by its code, read when first looked into."""

    def __getitem__(self, code: str) -> Trade:
        return _read()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(_read())

    def __len__(self) -> int:
        return len(_read())


TRADES: Mapping[str, Trade] = _Catalogue()


def trade(code: str) -> Trade:
    """The trade of this code. Raises `Refusal`."""
    if code not in TRADES:
        raise Refusal("没有这个工种，请从列表里选一个。", code="trade_unknown")
    return TRADES[code]


def name(code: str, language: str = "zh") -> str:
    """'瓦工' or 'Bricklayer and tiler'."""
    found = trade(code)
    return choose(language, found.zh, found.en)


def find_trades(query: str, limit: int = 8) -> list[Trade]:
    """Trades by Chinese name, alias, pinyin, initials or English, best first: '瓦', 'wg', 'wagong', 'brick'."""
    wanted = compact(query).lower()
    if not wanted:
        return []
    ranked = [(_rank(wanted, code), place, code) for place, code in enumerate(TRADES)]
    return [TRADES[code] for (answer, _), _, code in sorted(ranked) if answer != _NO_ANSWER][:limit]


@cache
def _read() -> Mapping[str, Trade]:
    with _CATALOGUE.open(encoding="utf-8", newline="") as rows:
        trades = [
            Trade(row["code"], row["group"], row["name_zh"], row["name_en"], tuple(row["aliases_zh"].split("|")))
            for row in csv.DictReader(rows)
        ]
    return MappingProxyType({trade.code: trade for trade in trades})


def _rank(wanted: str, code: str) -> tuple[int, int]:
    """How well a trade answers, and by which of its keys."""
    return min((_answer(wanted, key), place) for place, key in enumerate(_keys(code)))


def _answer(wanted: str, key: tuple[str, ...]) -> int:
    whole, *tails = key
    if wanted == whole:
        return _EXACT
    if whole.startswith(wanted):
        return _BEGINS
    if any(tail.startswith(wanted) for tail in tails):
        return _BEGINS_INSIDE
    if wanted.isascii():
        return _NO_ANSWER
    if wanted in whole:
        return _CONTAINS
    return _IS_CONTAINED if len(whole) > 1 and whole in wanted else _NO_ANSWER


@cache
def _keys(code: str) -> tuple[tuple[str, ...], ...]:
    """What a trade is found by: each key whole, then from each later syllable or word on."""
    found = TRADES[code]
    keys: list[tuple[str, ...]] = []
    for word in (found.zh, *found.aliases):
        syllables = [syllable.lower() for syllable in lazy_pinyin(word)]
        keys += [(word.lower(),), _tails(syllables), ("".join(syllable[0] for syllable in syllables),)]
    keys.append(_tails(found.en.lower().split()))
    return tuple(keys)


def _tails(parts: list[str]) -> tuple[str, ...]:
    return tuple("".join(parts[start:]) for start in range(len(parts)))
