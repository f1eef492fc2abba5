"""The words and patterns of the package, read once from `data/`; the one place where a newcomer adds any."""

import csv
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from linggong.intake.signs import held_by

_DATA = files("linggong.intake") / "data"


@cache
def toml(name: str) -> dict[str, Any]:
    """The content of `data/<name>.toml`."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `data/<name>.csv` below its heading; lines that begin with # are remarks."""
    lines = (_DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("# ")]
    return tuple(tuple(row) for row in csv.reader(kept[1:]))


@cache
def pairs(name: str) -> dict[str, str]:
    """The first column of `data/<name>.csv` to its second."""
    return {row[0]: row[1] for row in rows(name)}


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a lexicon found in a text."""

    start: int
    end: int
    word: str


class WordFinder:
    """Finds the longest words of a list in a text, from left to right and without overlap."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_head: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            self._by_head.setdefault(word[:2], []).append(word)
        self._heads = frozenset(self._by_head)

    def find(self, text: str) -> list[Hit]:
        """All hits in `text`, in order."""
        hits: list[Hit] = []
        reached = 0
        for at, head in sorted(self._places(text)):
            word = (
                next((word for word in self._by_head[head] if text.startswith(word, at)), None)
                if at >= reached
                else None
            )
            if word is not None:
                reached = at + len(word)
                hits.append(Hit(at, reached, word))
        return hits

    def _places(self, text: str) -> Iterator[tuple[int, str]]:
        """Where the first two characters of any word stand."""
        for head in self._heads.intersection(held_by(text)):
            at = text.find(head)
            while at >= 0:
                yield at, head
                at = text.find(head, at + 1)
