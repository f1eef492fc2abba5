"""Which telephone belongs to which of several jobs in one message."""

import re
from collections.abc import Sequence

from linggong.intake.fields.trade import Named
from linggong.intake.items import Part, own
from linggong.intake.sheet import Found, clause_around

_FAR = 14  # characters between the words for a trade and its telephone
_IN_BRACKETS = re.compile(r"[^(\d,。;\n]{0,6}\((?P<inside>[^()]+)\)")
_OTHERS = re.compile(r"其[余他它]|别的|剩下|另外的")


def tied(
    text: str, phones: Sequence[Found[str]], trades: Sequence[Found[Named]], parts: Sequence[Part]
) -> list[list[Part]]:
    """For each telephone the items it is tied to; none where it stands for all."""
    found = [_named_before(text, number, trades, parts) for number in phones]
    behind = [_named_behind(text, number, trades, parts) for number in phones]
    if all(behind):
        return behind
    if not any(found) and (len(phones) == len(parts) or all(own(part, phones) for part in parts)):
        found = [_in_order(number, parts) for number in phones]
        return found if all(any(part in theirs for theirs in found) for part in parts) else [[] for _ in phones]
    return [theirs or _rest(text, number, found, parts) for number, theirs in zip(phones, found, strict=True)]


def _named_before(text: str, number: Found[str], trades: Sequence[Found[Named]], parts: Sequence[Part]) -> list[Part]:
    """木工油工找134..., 瓦工电话134...: the trades named in the words that lead to it."""
    left = max(clause_around(text, *number.span, breaks=",。;\n ")[0], number.start - _FAR)
    return _parts_of([each for each in trades if left <= each.start < number.start], parts)


def _named_behind(text: str, number: Found[str], trades: Sequence[Found[Named]], parts: Sequence[Part]) -> list[Part]:
    """134... 王经理(导购): the trade in brackets behind it."""
    bracket = _IN_BRACKETS.match(text, number.end)
    if bracket is None:
        return []
    start, end = bracket.span("inside")
    return _parts_of([each for each in trades if start <= each.start < end], parts)


def _parts_of(named: Sequence[Found[Named]], parts: Sequence[Part]) -> list[Part]:
    """The items of the trades named; of items of one trade only those named by the same word."""
    found: list[Part] = []
    for each in named:
        theirs = [part for part in parts if part.named and part.named.value.trade == each.value.trade]
        found += [part for part in theirs if part.named and each.value.word in part.named.value.word] or theirs
    return found


def _in_order(number: Found[str], parts: Sequence[Part]) -> list[Part]:
    """The item after whose beginning it stands."""
    return [part for part in parts if part.start <= number.start][-1:]


def _rest(text: str, number: Found[str], found: Sequence[list[Part]], parts: Sequence[Part]) -> list[Part]:
    """其余找134...: the items that have no telephone of their own."""
    if not _OTHERS.search(text[max(0, number.start - _FAR) : number.start]):
        return []
    return [part for part in parts if not any(part in theirs for theirs in found)]
