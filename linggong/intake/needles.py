"""What a regular expression cannot match without: read from its own words, so that most patterns need not be tried.

Understood is what the patterns of this package use: characters, classes, groups, alternatives, repeats, looks around.
"""

import re
from collections.abc import Sequence
from functools import cache, reduce
from typing import NamedTuple

_MOST_IN_A_CLASS = 16
_MOST_PAIRS = 200
_MOST_SETS = 4
_FIGURES = "0123456789"  # hardly a message is without
_FIRST_HAN = "\u4e00"
_COMMON = {
    (2, True, False): 1,
    (2, False, False): 3,
    (2, False, True): 20,
    (1, True, False): 30,
    (1, False, False): 100,
    (1, False, True): 100,
}
"""By the length of a needle, whether it begins with a Chinese character, and whether it is a figure."""
_WORDS = re.compile(r"[^\\()\[\]|?*+{}.^$]+(?![*+?{])")
_REPEAT = re.compile(r"(?:[*+?]|\{(?P<least>\d*)(?:,\d*)?\})[?+]?")
_OPENING = re.compile(r"\((?:\?(?P<look>=|!|<=|<!)|\?:|\?P<\w+>)?")
_MEMBER = re.compile(r"(?P<first>\\?.)(?:-(?P<last>\\?[^\]]))?", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "d": _FIGURES}

Chars = frozenset[str]


class Needs(NamedTuple):
    """What a match of a pattern begins and ends with (None: any character), whether it may be empty, and what it holds.

    Of each set in `holds` a match holds at least one: characters and pairs of neighbours.
    """

    heads: Chars | None = frozenset()
    tails: Chars | None = frozenset()
    may_be_empty: bool = True
    holds: tuple[Chars, ...] = ()


_NOTHING = Needs()
_ANYTHING = Needs(heads=None, tails=None, may_be_empty=False)


@cache
def needs(pattern: str) -> Needs:
    """What a pattern needs."""
    found, end = _alternatives(pattern, 0)
    if end != len(pattern):
        raise ValueError(f"this pattern is not understood at character {end}: {pattern}")
    return found


def alternatives(pattern: str) -> list[str]:
    """The top-level alternatives of a pattern."""
    found, at = [], 0
    while True:
        end = _sequence(pattern, at)[1]
        found.append(pattern[at:end])
        if pattern[end : end + 1] != "|":
            return found
        at = end + 1


def most_telling(found: Needs) -> tuple[Chars, Chars] | None:
    """The two sets (or one twice) of the rarest members of which a match holds one; None where nothing is known."""
    telling = _telling(found.holds)
    return (telling[0], telling[1 % len(telling)]) if telling else None


def _telling(holds: Sequence[Chars]) -> list[Chars]:
    """The set of the rarest members, and of the next ones those of pairs alone."""
    ranked = sorted(holds, key=_commonness)[:_MOST_SETS] if len(holds) > 1 else list(holds)
    return ranked[:1] + [each for each in ranked[1:] if min(map(len, each)) == 2]


def _commonness(found: Chars) -> int:
    """How often a member stands in a text, roughly."""
    return sum([_COMMON[len(needle), needle >= _FIRST_HAN, needle.isdigit()] for needle in found])


def _alternatives(pattern: str, at: int) -> tuple[Needs, int]:
    found, at = _sequence(pattern, at)
    branches = [found]
    while pattern[at : at + 1] == "|":
        found, at = _sequence(pattern, at + 1)
        branches.append(found)
    return (_one_of(branches) if branches[1:] else found), at


def _one_of(branches: list[Needs]) -> Needs:
    telling = [_telling(each.holds) for each in branches]
    holds = [
        frozenset[str]().union(*[sets[at % len(sets)] for sets in telling])
        for at in range(max(map(len, telling)) if all(telling) else 0)
    ]
    return Needs(
        reduce(_joined, (each.heads for each in branches)),
        reduce(_joined, (each.tails for each in branches)),
        any(each.may_be_empty for each in branches),
        tuple(holds),
    )


def _joined(left: Chars | None, right: Chars | None) -> Chars | None:
    return None if left is None or right is None else left | right


def _sequence(pattern: str, at: int) -> tuple[Needs, int]:
    whole = _NOTHING
    while at < len(pattern) and pattern[at] not in "|)":
        words = _WORDS.match(pattern, at)
        part, at = (_spelt(words[0]), words.end()) if words else _repeated(pattern, at)
        whole = part if whole is _NOTHING else _then(whole, part)
    return whole, at


def _spelt(words: str) -> Needs:
    """Characters one after another."""
    needles = [words[at : at + 2] for at in range(len(words) - 1)] or [words]
    return Needs(frozenset(words[0]), frozenset(words[-1]), False, tuple([frozenset({needle}) for needle in needles]))


def _then(first: Needs, second: Needs) -> Needs:
    return Needs(
        _joined(first.heads, second.heads) if first.may_be_empty else first.heads,
        _joined(first.tails, second.tails) if second.may_be_empty else second.tails,
        first.may_be_empty and second.may_be_empty,
        first.holds + second.holds + _seam(first, second),
    )


def _seam(first: Needs, second: Needs) -> tuple[Chars, ...]:
    """The pairs of neighbours where one part of a match ends and the next begins."""
    if first.may_be_empty or second.may_be_empty or first.tails is None or second.heads is None:
        return ()
    if len(first.tails) * len(second.heads) > _MOST_PAIRS:
        return ()
    return (frozenset({tail + head for tail in first.tails for head in second.heads}),)


def _repeated(pattern: str, at: int) -> tuple[Needs, int]:
    part, at = _atom(pattern, at)
    repeat = _REPEAT.match(pattern, at)
    if repeat is None:
        return part, at
    if repeat[0][0] in "*?" or (repeat["least"] is not None and int(repeat["least"] or 0) == 0):
        return Needs(part.heads, part.tails, may_be_empty=True), repeat.end()
    return part, repeat.end()


def _atom(pattern: str, at: int) -> tuple[Needs, int]:
    char = pattern[at]
    if char == "(":
        return _group(pattern, at)
    if char == "[":
        return _one_of_class(pattern, at + 1)
    if char in "^$":
        return _NOTHING, at + 1
    if char == ".":
        return _ANYTHING, at + 1
    if char == "\\":
        return _of_chars(_escape(pattern[at + 1])), at + 2
    return _of_chars(frozenset(char)), at + 1


def _group(pattern: str, at: int) -> tuple[Needs, int]:
    opening = _OPENING.match(pattern, at)
    assert opening is not None
    found, end = _alternatives(pattern, opening.end())
    return (_NOTHING if opening["look"] else found), end + 1


def _one_of_class(pattern: str, at: int) -> tuple[Needs, int]:
    """A class of characters, from behind its opening bracket."""
    negated = pattern[at] == "^"
    at += negated
    chars: Chars | None = frozenset()
    while pattern[at] != "]":
        member = _MEMBER.match(pattern, at)
        assert member is not None
        more = _members(member["first"], member["last"])
        chars = None if chars is None or more is None else chars | more
        at = member.end()
    return (_ANYTHING if negated else _of_chars(chars)), at + 1


def _members(first: str, last: str | None) -> Chars | None:
    if last is None:
        return _escape(first[1]) if first[0] == "\\" else frozenset(first)
    span = range(ord(first[-1]), ord(last[-1]) + 1)
    return frozenset(map(chr, span)) if len(span) <= 64 else None


def _escape(char: str) -> Chars | None:
    """What an escaped character stands for; None for the wide classes (\\s, \\S, \\D, \\w)."""
    if char.isalpha() and char not in _ESCAPED:
        return None
    return frozenset(_ESCAPED.get(char, char))


def _of_chars(chars: Chars | None) -> Needs:
    if chars is None:
        return _ANYTHING
    telling = len(chars) <= _MOST_IN_A_CLASS and chars.isdisjoint(_FIGURES)
    return Needs(chars, chars, may_be_empty=False, holds=(chars,) if telling else ())
