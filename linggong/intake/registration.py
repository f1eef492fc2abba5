"""A message of somebody who wants work as the draft of a registration; a clerk completes and confirms it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from linggong.intake.fields import called, trade
from linggong.intake.numbers import NUMBER, value
from linggong.intake.shape import Reading
from linggong.intake.text import Plain, plain

_AGE = re.compile(
    rf"(?:年龄|今年|虚岁|周岁)[:是]?(?P<told>{NUMBER})(?![\d元块天个年])|(?P<years>{NUMBER})(?:周?岁|了(?=[,。;]))"
)
_WOMAN = re.compile(r"(?:^|[,。; (])(?:本人)?女(?:性|士)?(?=[,。; )]|\d)|[一-龥](?:女士|大姐|阿姨|嫂)(?=[,。; \d]|$)")
_MAN = re.compile(r"(?:^|[,。; (])(?:本人)?男(?:性|士)?(?=[,。; )]|\d)|[一-龥](?:先生|大哥|大叔)(?=[,。; \d]|$)|小伙")
_WORKING_AGES = range(16, 81)


@dataclass(frozen=True, slots=True)
class DraftRegistration:
    """What a seeker's message says about the person; None or empty where it does not. Pay in fen per `pay_unit`."""

    name: str | None
    sex: Literal["male", "female"] | None
    age: int | None
    phones: tuple[str, ...]
    trades: tuple[str, ...]
    certificates: tuple[str, ...]
    pay_fen_min: int | None
    pay_fen_max: int | None
    pay_unit: str | None
    place: str | None
    free_from: date | None
    wants_lodging: bool
    remarks: str


def draft(text: str, reading: Reading) -> DraftRegistration | None:
    """The registration that a message asks for; None where its reading is not a seeker's."""
    if reading.kind != "seeker":
        return None
    (item,) = reading.items
    source = plain(text)
    words = source.text
    return DraftRegistration(
        name=_name(words),
        sex=_sex(words),
        age=_age(words),
        phones=tuple(found.value for found in item.phone),
        trades=_trades(source, item.trade.value if item.trade else None),
        certificates=tuple(found.value for found in item.certificates),
        pay_fen_min=_fen(item.pay_min.value) if item.pay_min else None,
        pay_fen_max=_fen(item.pay_max.value) if item.pay_max else None,
        pay_unit=item.pay_unit.value if item.pay_unit else None,
        place=item.place.value if item.place else None,
        free_from=item.start_date.value if item.start_date else None,
        wants_lodging=bool(item.lodging and item.lodging.value),
        remarks=text.strip(),
    )


def _fen(yuan: float) -> int:
    return round(yuan * 100)


def _trades(source: Plain, first: str | None) -> tuple[str, ...]:
    """Every trade the person names, the one read as theirs first."""
    found = trade.named_in(source.text, source.pairs)
    named = [each.value.trade for each in found if each.value.strength >= trade.GENERAL]
    others = [code for code in dict.fromkeys(named) if code not in (first, trade.SAME_AS_BEFORE)]
    return (first, *others) if first else tuple(others)


def _name(words: str) -> str | None:
    """How the person wants to be called (李先生, 老田), where it stands alone."""
    names = called.called_in(words)
    return names[0] if names else None


def _sex(words: str) -> Literal["male", "female"] | None:
    if _WOMAN.search(words):
        return "female"
    return "male" if _MAN.search(words) else None


def _age(words: str) -> int | None:
    for match in _AGE.finditer(words):
        years = value(match["told"] or match["years"])
        if years is not None and int(years) in _WORKING_AGES:
            return int(years)
    return None
