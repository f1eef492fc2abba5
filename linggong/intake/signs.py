"""Many patterns over one text, quickly: each is tried only where the text holds what it cannot do without.

A list of a hundred signs would cost a hundred scans of every message. From each pattern follow sets of characters and
pairs of characters of which every match holds at least one (`needles.py`); a text without any cannot match.
"""

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, reduce
from itertools import compress, count
from operator import or_
from typing import Generic, TypeVar

from linggong.intake.needles import Chars, alternatives, most_telling, needs

Label = TypeVar("Label")
Span = tuple[int, int]


def pairs_of(text: str) -> list[int]:
    """Every two neighbours of a text as one number, in their order: quicker to look up than two characters.

    The low bytes of both characters come first, so that pairs with one of them in common are spread in a table. Two
    pairs are told apart by the lower 16 bits of their characters only.
    """
    units = text.encode("utf-32-le", "surrogatepass")
    low, high = units[::4], units[1::4]
    mixed = bytearray(4 * max(len(low) - 1, 0))
    mixed[::4], mixed[1::4], mixed[2::4], mixed[3::4] = low[:-1], low[1:], high[:-1], high[1:]
    return array("I", mixed).tolist()


_BITS: dict[int | str, int] = {}
_CLAIMED: list[Chars] = []


def claimed(sets: Sequence[Chars]) -> int:
    """The first of the bits that stand for these sets of needles in what `held_by` tells from now on."""
    first = len(_CLAIMED)
    _CLAIMED.extend(sets)
    for bit, needles in enumerate(sets, first):
        known: list[int | str] = [needle for needle in needles if len(needle) == 1]
        known += pairs_of("".join([needle for needle in needles if len(needle) == 2]))[::2]
        for each in known:
            _BITS[each] = _BITS.get(each, 0) | (1 << bit)
    _single_needles.cache_clear()
    return first


@cache
def _single_needles() -> re.Pattern[str]:
    """Any of the needles that are one character.

    Of the numbers that stand for needles equal ones become one, so that the processor keeps more of them at hand.
    """
    same: dict[int, int] = {}
    for needle, bits in _BITS.items():
        _BITS[needle] = same.setdefault(bits, bits)
    return re.compile(class_of(needle for needle in _BITS if isinstance(needle, str)))


def held_by(text: str, pairs: Iterable[int]) -> int:
    """Which sets of needles have a member in a text of these pairs: once for all patterns."""
    of_chars = reduce(or_, map(_BITS.__getitem__, set(_single_needles().findall(text))), 0)
    return reduce(or_, filter(None, map(_BITS.get, pairs)), of_chars)


class Words(Generic[Label]):
    """Listed words, each with a label: only those are looked for whose first two characters a text holds."""

    def __init__(self, words: Mapping[str, Label]) -> None:
        self._by_head: dict[int, list[tuple[str, Label]]] = {}
        for word, label in sorted(words.items(), key=lambda entry: -len(entry[0])):
            self._by_head.setdefault(pairs_of(word[:2])[0], []).append((word, label))

    def found_in(self, text: str, pairs: Sequence[int]) -> list[tuple[int, int, Label]]:
        """Beginning, end and label of the words of a text that had these pairs before parts of it were blotted out.

        At each place the longest, from left to right and without overlap.
        """
        found = []
        reached = 0
        for start in compress(count(), map(self._by_head.__contains__, pairs)):
            if start >= reached:
                for word, label in self._by_head[pairs[start]]:
                    if text.startswith(word, start):
                        reached = start + len(word)
                        found.append((start, reached, label))
                        break
        return found


class Sign(Generic[Label]):
    """A labelled pattern that is only looked for, without its groups."""

    def __init__(self, label: Label, pattern: str) -> None:
        self.label = label
        self._pattern = quickly_begun(pattern)

    def stands_in(self, text: str) -> bool:
        """Whether it matches anywhere in `text`."""
        return self._pattern.search(text) is not None

    def spans_in(self, text: str) -> list[Span]:
        """Every match in `text`, from left to right and without overlap."""
        spans = []
        match = self._pattern.search(text)
        while match:
            spans.append(match.span(1))
            match = self._pattern.search(text, match.end(1))
        return spans


class Signs(Generic[Label]):
    """Labelled patterns, of which `worth_trying` gives those that a text may match, in their order.

    Of each pattern the two most telling sets of needles are looked up: first a bit for each pattern's first set, above
    those one for each pattern's second.
    """

    def __init__(self, labelled: Iterable[tuple[Label, str]]) -> None:
        labels, self.patterns = zip(*labelled, strict=True)
        self._labels: tuple[Label, ...] = labels
        self._signs: list[Sign[Label] | None] = [None] * len(labels)
        sets = [most_telling(needs(pattern)) for pattern in self.patterns]
        self._always = sum(1 << at for at, found in enumerate(sets) if not found)
        self._all = (1 << len(labels)) - 1
        self._first = claimed([found[0] if found else frozenset() for found in sets])
        self._second = claimed([found[1] if found else frozenset() for found in sets])

    def worth_trying(self, held: int) -> list[Sign[Label]]:
        """The patterns of both of whose sets a member stands in a text of which `held_by` tells this."""
        asked = (held >> self._first) & (held >> self._second) & self._all | self._always
        found = []
        while asked:
            at = asked.bit_length() - 1
            asked ^= 1 << at
            found.append(self._signs[at] or self._sign(at))
        found.reverse()
        return found

    def _sign(self, at: int) -> Sign[Label]:
        """Compiled when first needed: a start has no time for patterns that few messages ask for."""
        sign = self._signs[at] = Sign(self._labels[at], self.patterns[at])
        return sign

    def found_in(self, text: str, held: int) -> list[Label]:
        """The labels of the patterns that match somewhere in `text`, once for each pattern."""
        return [sign.label for sign in self.worth_trying(held) if sign.stands_in(text)]


def quickly_begun(pattern: str) -> re.Pattern[str]:
    """A pattern whose group 1 is what `pattern` matches.

    Characters that cannot begin a match are passed over quickest where a pattern begins with a plain class of those
    that can; so it takes one of them, then looks from before it.
    """
    heads = needs(pattern).heads
    first = r"[\s\S]" if heads is None else class_of(heads)
    return re.compile(rf"{first}(?<=(?=({pattern}))[\s\S])")


class Rare:
    """A pattern that many texts do not match: it is looked for only where a text holds what it cannot do without."""

    def __init__(self, pattern: str) -> None:
        self._words = pattern
        self._first, self._second = [1 << claimed([found]) for found in most_telling(needs(pattern)) or ()]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first needed."""
        return guarded(self._words)

    def finditer(self, text: str, held: int) -> Iterable[re.Match[str]]:
        """Every match in a text of which, or of more than which, `held_by` tells this."""
        return self.pattern.finditer(text) if held & self._first and held & self._second else ()


def guarded(pattern: str) -> re.Pattern[str]:
    """The same pattern, compiled, which gives up at once where a character cannot begin a match."""
    return re.compile(headed(pattern))


def branched(pattern: str) -> str:
    """The words of the same pattern, of which each alternative gives up at once where a character cannot begin it.

    Worth it where many characters begin some alternative; one that begins with a plain character needs no help.
    """
    return "|".join(headed(each) if each.startswith("(") else each for each in alternatives(pattern))


def headed(pattern: str) -> str:
    """The words of the same pattern, which gives up at once where a character cannot begin a match."""
    found = needs(pattern)
    return pattern if found.heads is None or found.may_be_empty else f"(?={class_of(found.heads)})(?:{pattern})"


def class_of(chars: Iterable[str]) -> str:
    """A pattern for any one of some characters."""
    return f"[{''.join(re.escape(char) for char in sorted(chars))}]"


def one_of(words: Iterable[str]) -> str:
    """A pattern for the longest of some words, quick to fail."""
    words = {word for word in words if word}
    return f"(?={class_of({word[0] for word in words})}){_tree(words)}"


def _tree(words: set[str]) -> str:
    """The words branched by their first characters: {市, 市场, 村} is (?:市(?:场|)|村)."""
    tails: dict[str, set[str]] = {}
    for word in words - {""}:
        tails.setdefault(word[0], set()).add(word[1:])
    branches = [re.escape(head) + (_tree(rest) if rest != {""} else "") for head, rest in sorted(tails.items())]
    return f"(?:{'|'.join(branches)}{'|' if '' in words else ''})"
