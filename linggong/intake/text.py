"""A plain form of a message in which every character knows where it stood in the original."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from linggong.intake.lexicon import pairs
from linggong.intake.signs import one_of

Span = tuple[int, int]

_DROPPED = set("\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\u20e3\u00ad")
_BREAKS = set("\n\r\u2028\u2029\u0085\v\f")
_BLANKS = {"So", "Sk", "Cs", "Cc", "Cf", "Cn", "Co", "Zs"}  # emoji and every kind of blank
_IDLE_SPACE = re.compile(
    r"(?<=[0-9]) +(?=[元块毛角分名位人个天日月号点时小平米方吨斤公亩套件趟车箱袋棵根条张桶岁周年"
    r"口千万百钟半楼栋单层多来])|(?<=[$/\n]) +| +(?=[/\n,、;:。!?) ])|(?<=[/\n,、;:。!?(]) +"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` is the plain form; `origin[i]` is where the source of its character i stands in the original."""

    text: str
    origin: Sequence[int]

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


class _Folding(dict[int, str]):
    """A table for `str.translate` that fills itself."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold(chr(code))
        if len(folded) == 1:
            _ONE_TO_ONE.add(chr(code))
        return folded


@cache
def _typos() -> re.Pattern[str]:
    """Typing errors and words of dialect, and the 一 that stands for a dash (18一45)."""
    return re.compile(one_of(pairs("typos")) + r"|(?<=\d)一(?=\d\d)")


def _righted(typo: re.Match[str]) -> str:
    return pairs("typos").get(typo[0], "-")


_ONE_TO_ONE: set[str] = set()
_FOLDING = _Folding()


def plain(text: str) -> Plain:
    """The plain form: one width, one set of punctuation, single spaces, none between a figure and its unit."""
    folded = text.translate(_FOLDING)
    origin: Sequence[int] = range(len(text))
    if len(folded) != len(text) or not _ONE_TO_ONE.issuperset(text):
        origin = [at for at, char in enumerate(text) for _ in _FOLDING[ord(char)]]
    if " " in folded:
        idle = {at for found in _IDLE_SPACE.finditer(folded) for at in range(*found.span())}
        kept = [at for at in range(len(folded)) if at not in idle]
        folded = "".join([folded[at] for at in kept])
        origin = [origin[at] for at in kept]
    return Plain(_typos().sub(_righted, folded), origin)
