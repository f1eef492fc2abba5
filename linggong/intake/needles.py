"""What a regular expression cannot match without: read from its own words, so that most patterns need not be tried.

Understood is what the patterns of this package use: characters, classes, groups, alternatives, repeats, looks around.
"""

import re
from dataclasses import dataclass
from functools import cache, reduce

_MOST_IN_A_CLASS = 16
_FIRST_HAN = "\u4e00"
_REPEAT = re.compile(r"(?:[*+?]|\{(?P<least>\d*)(?:,\d*)?\})\??")
_OPENING = re.compile(r"\((?:\?(?P<look>=|!|<=|<!)|\?:|\?P<\w+>)?")
_MEMBER = re.compile(r"(?P<first>\\?.)(?:-(?P<last>\\?[^\]]))?", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "d": "0123456789"}

Chars = frozenset[str]


@dataclass(frozen=True, slots=True)
class Needs:
    """What a match of a pattern begins with (None: any character), whether it may be empty, and what it holds.

    Of each set in `holds` a match holds at least one: characters and pairs of neighbours. `only` is the character
    that the pattern is, where it is a single one.
    """

    heads: Chars | None = frozenset()
    may_be_empty: bool = True
    holds: tuple[Chars, ...] = ()
    only: str | None = None


_NOTHING = Needs()
_ANYTHING = Needs(heads=None, may_be_empty=False)


@cache
def needs(pattern: str) -> Needs:
    """What a pattern needs."""
    found, end = _alternatives(pattern, 0)
    if end != len(pattern):
        raise ValueError(f"this pattern is not understood at character {end}: {pattern}")
    return found


def most_telling(holds: tuple[Chars, ...]) -> Chars:
    """The set whose members are rarest: a pair is rarer than a character, a character than a figure or mark."""
    return min(holds, key=_commonness)


def _commonness(found: Chars) -> int:
    return sum(1 if len(needle) == 2 else 12 if needle >= _FIRST_HAN else 100 for needle in found)


def _alternatives(pattern: str, at: int) -> tuple[Needs, int]:
    found, at = _sequence(pattern, at)
    branches = [found]
    while pattern[at : at + 1] == "|":
        found, at = _sequence(pattern, at + 1)
        branches.append(found)
    return (reduce(_either, branches[1:], branches[0]) if branches[1:] else found), at


def _either(left: Needs, right: Needs) -> Needs:
    heads = None if left.heads is None or right.heads is None else left.heads | right.heads
    holds = (most_telling(left.holds) | most_telling(right.holds),) if left.holds and right.holds else ()
    return Needs(heads, left.may_be_empty or right.may_be_empty, holds)


def _sequence(pattern: str, at: int) -> tuple[Needs, int]:
    whole, before = _NOTHING, _NOTHING
    while at < len(pattern) and pattern[at] not in "|)":
        part, at = _repeated(pattern, at)
        pair = (frozenset({before.only + part.only}),) if before.only and part.only else ()
        whole, before = _then(whole, part, pair), part
    return whole, at


def _then(first: Needs, second: Needs, pair: tuple[Chars, ...]) -> Needs:
    heads = first.heads
    if first.may_be_empty and heads is not None:
        heads = None if second.heads is None else heads | second.heads
    return Needs(heads, first.may_be_empty and second.may_be_empty, first.holds + second.holds + pair)


def _repeated(pattern: str, at: int) -> tuple[Needs, int]:
    part, at = _atom(pattern, at)
    repeat = _REPEAT.match(pattern, at)
    if repeat is None:
        return part, at
    if repeat[0][0] in "*?" or (repeat["least"] is not None and int(repeat["least"] or 0) == 0):
        return Needs(part.heads, may_be_empty=True), repeat.end()
    return Needs(part.heads, part.may_be_empty, part.holds), repeat.end()


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
    holds = (chars,) if len(chars) <= _MOST_IN_A_CLASS else ()
    return Needs(chars, may_be_empty=False, holds=holds, only=next(iter(chars)) if len(chars) == 1 else None)
