"""The words and patterns of the package, read once from `data/`; the one place where a newcomer adds any."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

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

    def __init__(self, words: Iterator[str] | list[str]) -> None:
        self._by_head: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            self._by_head.setdefault(word[:2], []).append(word)

    def find(self, text: str) -> list[Hit]:
        """All hits in `text`, in order."""
        hits = []
        at = 0
        by_head = self._by_head
        while at < len(text) - 1:
            for word in by_head.get(text[at : at + 2], ()):
                if text.startswith(word, at):
                    hits.append(Hit(at, at + len(word), word))
                    at += len(word) - 1
                    break
            at += 1
        return hits

