"""Many patterns over one text, quickly: each is tried only where the text holds characters that it cannot do without.

A list of a hundred signs would cost a hundred scans of every message. From each pattern follows a set of characters
and pairs of characters of which every match holds at least one (its needles); a text without any cannot match.
"""

import itertools
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from operator import add
from re import _constants as op
from re import _parser as parser
from typing import Any, Generic, TypeVar

Label = TypeVar("Label")

_MOST_IN_A_CLASS = 16
_FIRST_HAN = "\u4e00"


class Signs(Generic[Label]):
    """Labelled patterns, of which `worth_trying` gives those that a text may match, in their order."""

    def __init__(self, labelled: Iterable[tuple[Label, str]]) -> None:
        self._signs = [(label, re.compile(pattern)) for label, pattern in labelled]
        self._always: list[int] = []
        self._by_needle: dict[str, list[int]] = {}
        for at, (_, sign) in enumerate(self._signs):
            found = needles(sign.pattern)
            if found is None:
                self._always.append(at)
            for needle in found or ():
                self._by_needle.setdefault(needle, []).append(at)
        self._needles = frozenset(self._by_needle)

    def worth_trying(self, text: str) -> list[tuple[Label, re.Pattern[str]]]:
        """The patterns that have a needle in `text`."""
        ats = set(self._always)
        for needle in self._needles & held_by(text):
            ats.update(self._by_needle[needle])
        return [self._signs[at] for at in sorted(ats)]

    def found_in(self, text: str) -> list[Label]:
        """The labels of the patterns that match somewhere in `text`, once for each pattern."""
        return [label for label, sign in self.worth_trying(text) if sign.search(text)]


@lru_cache(maxsize=4)
def held_by(text: str) -> frozenset[str]:
    """Every character of a text and every pair of neighbours."""
    return frozenset(text).union(map(add, text, text[1:]))


@cache
def needles(pattern: str) -> frozenset[str] | None:
    """Characters and pairs of which every match of a pattern holds one; None where that cannot be told."""
    return _of_sequence(list(parser.parse(pattern)))


def _of_sequence(tokens: list[Any]) -> frozenset[str] | None:
    """The most telling needles among the parts of a sequence, every one of which must match."""
    choices = [found for token in tokens if (found := _of_token(token)) is not None]
    for (kind, first), (next_kind, second) in itertools.pairwise(tokens):
        if kind is op.LITERAL and next_kind is op.LITERAL:
            choices.append(frozenset({chr(first) + chr(second)}))
    return min(choices, key=_commonness, default=None)


def _commonness(found: frozenset[str]) -> int:
    """A pair is rarer than a character, a character than a figure or mark."""
    return sum(1 if len(needle) == 2 else 12 if needle >= _FIRST_HAN else 100 for needle in found)


def _of_token(token: Any) -> frozenset[str] | None:
    kind, value = token
    if kind is op.LITERAL:
        return frozenset({chr(value)})
    if kind is op.IN:
        return _of_class(value)
    if kind is op.BRANCH:
        branches = [_of_sequence(list(branch)) for branch in value[1]]
        return frozenset().union(*branches) if all(branches) else None  # type: ignore[arg-type]
    if kind is op.SUBPATTERN:
        return _of_sequence(list(value[3]))
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:
        return _of_sequence(list(value[2]))
    return None


def _of_class(members: list[Any]) -> frozenset[str] | None:
    chars: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            chars.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < _MOST_IN_A_CLASS:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(chars) if len(chars) <= _MOST_IN_A_CLASS else None


def guarded(pattern: str) -> re.Pattern[str]:
    """The same pattern, which gives up at once where a character cannot begin a match."""
    heads, may_be_empty = _heads(list(parser.parse(pattern)))
    if heads is None or may_be_empty:
        return re.compile(pattern)
    return re.compile(f"(?=[{''.join(re.escape(char) for char in sorted(heads))}])(?:{pattern})")


def one_of(words: Iterable[str]) -> str:
    """A pattern for the longest of some words, quick to fail."""
    ordered = sorted(set(words), key=len, reverse=True)
    heads = "".join(sorted({re.escape(word[0]) for word in ordered}))
    return f"(?=[{heads}])(?:{'|'.join(re.escape(word) for word in ordered)})"


def _heads(tokens: list[Any]) -> tuple[frozenset[str] | None, bool]:
    """The characters a sequence may begin with (None where any), and whether it may match nothing."""
    heads: frozenset[str] = frozenset()
    for token in tokens:
        found, may_be_empty = _heads_of(token)
        if found is None:
            return None, may_be_empty
        heads |= found
        if not may_be_empty:
            return heads, False
    return heads, True


def _heads_of(token: Any) -> tuple[frozenset[str] | None, bool]:
    kind, value = token
    if kind in (op.ASSERT, op.ASSERT_NOT, op.AT):
        return frozenset(), True
    if kind is op.LITERAL:
        return frozenset({chr(value)}), False
    if kind is op.IN:
        return _members(value), False
    if kind is op.BRANCH:
        branches = [_heads(list(branch)) for branch in value[1]]
        known = [heads for heads, _ in branches if heads is not None]
        return (frozenset().union(*known) if len(known) == len(branches) else None), any(empty for _, empty in branches)
    if kind is op.SUBPATTERN:
        return _heads(list(value[3]))
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        heads, may_be_empty = _heads(list(value[2]))
        return heads, may_be_empty or value[0] == 0
    return None, True


def _members(members: list[Any]) -> frozenset[str] | None:
    chars: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            chars.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < 64:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            chars.update("0123456789")
        else:
            return None
    return frozenset(chars)
