"""A plain form of a message in which every character knows where it stood in the original."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import chain

from linggong.intake.lexicon import pairs
from linggong.intake.signs import Span, claimed, class_of, held_by, one_of, pairs_of

_DROPPED = set("\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\u20e3\u00ad")
_BREAKS = set("\n\r\u2028\u2029\u0085\v\f")
_BLANKS = {"So", "Sk", "Cs", "Cc", "Cf", "Cn", "Co", "Zs"}  # emoji and every kind of blank
_IDLE_SPACE = re.compile(
    r" (?:(?<=[0-9] ) *(?=[元块毛角分名位人个天日月号点时小平米方吨斤公亩套件趟车箱袋棵根条张桶岁周年"
    r"口千万百钟半楼栋单层多来])|(?<=[$/\n] ) *| *(?=[/\n,、;:。!?) ])|(?<=[/\n,、;:。!?(] ) *)"
)


class Plain:
    """`text` is the plain form; `origin[i]` is where the source of its character i stands in the original.

    `pairs` are its pairs of neighbours (`signs.pairs_of`), `held` what `signs.held_by` tells of it.
    """

    __slots__ = ("held", "origin", "pairs", "text")

    def __init__(self, text: str, origin: Sequence[int]) -> None:
        self.text = text
        self.origin = origin
        self.pairs = pairs_of(text)
        self.held = held_by(text, self.pairs)

    def span(self, start: int, end: int) -> Span:
        """The place in the original of the plain text between `start` and `end` (not empty)."""
        return self.origin[start], self.origin[end - 1] + 1


@cache
def _fold(char: str) -> str:
    """One character in its plain form: half-width, simplified, emoji as a space; may be empty or several."""
    known = pairs("characters").get(char)
    if known is not None:
        return known
    if char in _DROPPED:
        return ""
    if char in _BREAKS:
        return "\n"
    if unicodedata.category(char) in _BLANKS:
        return " "
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    folded = unicodedata.normalize("NFKC", char)
    return char if folded == char else "".join(_fold(part) for part in folded)


@cache
def _odd() -> re.Pattern[str]:
    """A character that may have to be folded; most texts hold only a few."""
    others = r"\x00-\x09\x0b-\x1f\x7f-\u4dff\u9fa6-\U0010ffff"
    return re.compile(f"[{others}{class_of(pairs('characters'))[1:]}")


_DASHES = [f"{digit}一" for digit in range(10)]
_A_TYPO = 1 << claimed([frozenset(words[:2] for words in (*pairs("typos"), *_DASHES))])


@cache
def _typos() -> re.Pattern[str]:
    """Typing errors and words of dialect, and the 一 that stands for a dash (18一45)."""
    return re.compile(one_of(pairs("typos")) + r"|(?<=\d)一(?=\d\d)")


def _righted(typo: re.Match[str]) -> str:
    return pairs("typos").get(typo[0], "-")


def plain(text: str) -> Plain:
    """The plain form: one width, one set of punctuation, single spaces, none between a figure and its unit."""
    folded, origin = _folded(text)
    if " " in folded:
        folded, origin = _without_idle_spaces(folded, origin)
    source = Plain(folded, origin)
    righted = _typos().sub(_righted, folded) if source.held & _A_TYPO else folded
    return source if righted == folded else Plain(righted, origin)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text with its odd characters in their plain form, and where each stood."""
    folded = text
    one_to_one = True
    for char in set(_odd().findall(text)):
        simple = _fold(char)
        folded = folded.replace(char, simple)
        one_to_one = one_to_one and len(simple) == 1
    if one_to_one:
        return folded, range(len(text))
    return folded, [at for at, char in enumerate(text) for _ in _fold(char)]


def _without_idle_spaces(text: str, origin: Sequence[int]) -> tuple[str, Sequence[int]]:
    idle = [found.span() for found in _IDLE_SPACE.finditer(text)]
    if not idle:
        return text, origin
    bounds = [0, *chain.from_iterable(idle), len(text)]
    kept = list(zip(bounds[::2], bounds[1::2], strict=True))
    return "".join([text[start:end] for start, end in kept]), [at for start, end in kept for at in origin[start:end]]
