"""The words and patterns of the package, read once from `data/`; the one place where a newcomer adds any."""

import csv
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from operator import add
from typing import Any, NamedTuple

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


class Hit(NamedTuple):
    """A word of a lexicon found in a text."""

    start: int
    end: int
    word: str


class WordFinder:
    """Finds the longest words (of two characters or more) in a text, from left to right and without overlap."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_head: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            self._by_head.setdefault(word[:2], []).append(word)

    def find(self, text: str) -> list[Hit]:
        """All hits in `text`, in order."""
        hits: list[Hit] = []
        reached = 0
        for at, head in enumerate(map(add, text, text[1:])):
            if head in self._by_head and at >= reached:
                for word in self._by_head[head]:
                    if text.startswith(word, at):
                        reached = at + len(word)
                        hits.append(Hit(at, reached, word))
                        break
        return hits
