"""A plain form of a message in which every character knows where it stood in the original."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from linggong.intake.lexicon import pairs

Span = tuple[int, int]

_DROPPED = set("\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\u20e3\u00ad")
_BREAKS = set("\n\r\u2028\u2029\u0085\v\f")
_BLANKS = {"So", "Sk", "Cs", "Cc", "Cf", "Cn", "Co", "Zs"}  # emoji and every kind of blank
_IDLE_SPACE = re.compile(r"(?<=[0-9$/\n]) (?=[\u4e00-\u9fff/\n])| (?=[/\n,;:。!?)])|(?<=[/\n,;:。!?(]) ")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` is the plain form; `starts[i]` and `ends[i]` delimit the source of its character i in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The place in the original of the plain text between `start` and `end` (not empty)."""
        return self.starts[start], self.ends[end - 1]


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
    folded = unicodedata.normalize("NFKC", char)
    return char if folded == char else "".join(_fold(part) for part in folded)


def plain(text: str) -> Plain:
    """The plain form: one width, one set of punctuation, single spaces, none between a figure and its unit."""
    chars: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        for folded in _fold(char):
            if folded == " " and chars and chars[-1] == " ":
                continue
            chars.append(folded)
            origin.append(at)
    joined = "".join(chars)
    idle = {found.start() for found in _IDLE_SPACE.finditer(joined)}
    if idle:
        joined = "".join(char for at, char in enumerate(joined) if at not in idle)
        origin = [source for at, source in enumerate(origin) if at not in idle]
    return Plain(joined, tuple(origin), tuple(source + 1 for source in origin))
