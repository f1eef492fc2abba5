"""Many patterns over one text, quickly: each is tried only where the text holds what it cannot do without.

A list of a hundred signs would cost a hundred scans of every message. From each pattern follow sets of characters and
pairs of characters of which every match holds at least one (`needles.py`); a text without any cannot match.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import add
from typing import Generic, TypeVar

from linggong.intake.needles import Chars, most_telling, needs

Label = TypeVar("Label")


class Signs(Generic[Label]):
    """Labelled patterns, of which `worth_trying` gives those that a text may match, in their order."""

    def __init__(self, labelled: Iterable[tuple[Label, str]]) -> None:
        labels, self.patterns = zip(*labelled, strict=True)
        self._labels: tuple[Label, ...] = labels
        self._compiled: dict[int, tuple[Label, re.Pattern[str]]] = {}
        self._always: list[int] = []
        self._by_needle: dict[str, list[int]] = {}
        self._besides: list[Chars | None] = []
        for at, pattern in enumerate(self.patterns):
            holds = needs(pattern).holds
            first = most_telling(holds) if holds else frozenset[str]()
            others = tuple(other for other in holds if other.isdisjoint(first))
            self._besides.append(most_telling(others) if others else None)
            if not holds:
                self._always.append(at)
            for needle in first:
                self._by_needle.setdefault(needle, []).append(at)
        self._needles = frozenset(self._by_needle)

    def worth_trying(self, text: str) -> list[tuple[Label, re.Pattern[str]]]:
        """The patterns that have a needle in `text` for each that they need."""
        held = held_by(text)
        ats = set(self._always)
        for needle in self._needles & held:
            ats.update(self._by_needle[needle])
        return [
            self._sign(at)
            for at in sorted(ats)
            if (besides := self._besides[at]) is None or not held.isdisjoint(besides)
        ]

    def _sign(self, at: int) -> tuple[Label, re.Pattern[str]]:
        """Compiled when first needed: a start has no time for patterns that few messages ask for."""
        sign = self._compiled.get(at)
        if sign is None:
            sign = self._compiled[at] = (self._labels[at], guarded(self.patterns[at]))
        return sign

    def found_in(self, text: str) -> list[Label]:
        """The labels of the patterns that match somewhere in `text`, once for each pattern."""
        return [label for label, sign in self.worth_trying(text) if sign.search(text)]


@lru_cache(maxsize=4)
def held_by(text: str) -> frozenset[str]:
    """Every character of a text and every pair of neighbours."""
    return frozenset(text).union(map(add, text, text[1:]))


def guarded(pattern: str) -> re.Pattern[str]:
    """The same pattern, which gives up at once where a character cannot begin a match."""
    found = needs(pattern)
    if found.heads is None or found.may_be_empty:
        return re.compile(pattern)
    return re.compile(f"(?=[{''.join(re.escape(char) for char in sorted(found.heads))}])(?:{pattern})")


def one_of(words: Iterable[str]) -> str:
    """A pattern for the longest of some words, quick to fail."""
    words = {word for word in words if word}
    heads = "".join(re.escape(head) for head in sorted({word[0] for word in words}))
    return f"(?=[{heads}]){_tree(words)}"


def _tree(words: set[str]) -> str:
    """The words branched by their first characters: {市, 市场, 村} is (?:市(?:场|)|村)."""
    tails: dict[str, set[str]] = {}
    for word in words - {""}:
        tails.setdefault(word[0], set()).add(word[1:])
    branches = [re.escape(head) + (_tree(rest) if rest != {""} else "") for head, rest in sorted(tails.items())]
    return f"(?:{'|'.join(branches)}{'|' if '' in words else ''})"
