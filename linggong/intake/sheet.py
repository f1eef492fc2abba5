"""What the readers of the fields share: the plain text, what of it is still unread, and how a find is put down."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, TypeVar

from linggong.intake.signs import Span
from linggong.intake.text import Plain
from linggong.lib.clock import local

T_co = TypeVar("T_co", covariant=True)
TAKEN = "■"
BREAKS = ",。;!?\n"
FRAGMENT = re.compile(rf"[^,。;!?\n ()、:{TAKEN}+]{{2,}}+")
"""A stretch of words between breaks."""


class Found(NamedTuple, Generic[T_co]):
    """A value read between `start` and `end` of the plain text; `sure` is between 0 and 1."""

    value: T_co
    start: int
    end: int
    sure: float = 0.9

    @property
    def span(self) -> Span:
        """Where it stands in the plain text."""
        return self.start, self.end


class Sheet:
    """A plain text on which each reader blots out what it has read, so that no figure is read twice."""

    __slots__ = ("held", "left", "pairs", "posted_at", "text")

    def __init__(self, source: Plain, posted_at: datetime) -> None:
        self.text = source.text
        self.left = source.text
        self.pairs = source.pairs
        self.held = source.held
        self.posted_at = posted_at

    def posted_on(self) -> date:
        """The day of posting in China; a time without a zone is taken as one of a clock there."""
        return (self.posted_at if self.posted_at.tzinfo is None else local(self.posted_at)).date()

    def take_found(self, found: Sequence[Found[Any]]) -> None:
        """Blot out the words of these finds."""
        if found:
            self.take([(each.start, each.end) for each in found])

    def take(self, spans: Iterable[Span]) -> None:
        """Blot out these parts for the readers that follow; lengths stay."""
        left = self.left
        for start, end in spans:
            left = f"{left[:start]}{TAKEN * (end - start)}{left[end:]}"
        self.left = left


def clause_around(text: str, start: int, end: int, breaks: str = BREAKS) -> Span:
    """The bounds of the clause in which `start` to `end` stands."""
    left, right = 0, len(text)
    for mark in breaks:
        before, behind = text.rfind(mark, left, start), text.find(mark, end, right)
        if before >= 0:
            left = before + 1
        if behind >= 0:
            right = behind
    return left, right
