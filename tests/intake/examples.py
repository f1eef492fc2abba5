"""The labelled messages, and the measure by which a reading is held against them."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from linggong.intake import read

HERE = Path(__file__).parent
LISTS = ("phone", "certificates", "flags")


@dataclass(frozen=True)
class Example:
    id: str
    text: str
    posted_at: datetime
    gold: dict[str, Any]
    part: str

    def reading(self) -> dict[str, Any]:
        return read(self.text, self.posted_at).as_schema()


def examples(file: str, part: str = "") -> list[Example]:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = [
        Example(row["id"], row["text"], datetime.fromisoformat(row["posted_at"]), row["gold"], row.get("part", ""))
        for row in rows
    ]
    return [each for each in found if each.part == part]


SAMPLE = examples("sample.jsonl")
TUNING = examples("messages.jsonl", "tuning")
ASIDE = examples("messages.jsonl", "aside")


@dataclass(frozen=True)
class Score:
    """How a reading does: shares between 0 and 1; `fields` holds precision and recall of each field."""

    kinds: float
    micro: float
    fields: dict[str, tuple[float, float]]
    flags: dict[str, tuple[float, float]]


def score(found: Iterable[Example]) -> Score:
    """The measure of the schema: items paired in order, a place right where one span contains the other."""
    found = list(found)
    right: Counter[str] = Counter()
    read_: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    kinds = 0
    for example in found:
        reading = example.reading()
        kinds += reading["kind"] == example.gold["kind"]
        pairs = max(len(reading["items"]), len(example.gold["items"]))
        for at in range(pairs):
            said = _told(reading["items"][at] if at < len(reading["items"]) else {})
            gold = _told(example.gold["items"][at] if at < len(example.gold["items"]) else {})
            read_.update(name for name, _ in said)
            wanted.update(name for name, _ in gold)
            right.update(_common(said, gold))
    rates = {name: (right[name] / max(read_[name], 1), right[name] / max(wanted[name], 1)) for name in wanted}
    fields = {name: rate for name, rate in rates.items() if not name.startswith("flag:")}
    flags = {name.removeprefix("flag:"): rate for name, rate in rates.items() if name.startswith("flag:")}
    micro = 2 * right.total() / (read_.total() + wanted.total())
    return Score(kinds / len(found), micro, fields, flags)


def _told(item: dict[str, Any]) -> list[tuple[str, Any]]:
    """The filled fields of an item; lists count by element, each flag under its own name."""
    told: list[tuple[str, Any]] = []
    for name, value in item.items():
        if name == "flags":
            told += [(f"flag:{flag}", flag) for flag in value]
        elif name in LISTS:
            told += [(name, element) for element in value]
        elif value is not None:
            told.append((name, value))
    return told


def _common(said: list[tuple[str, Any]], gold: list[tuple[str, Any]]) -> Counter[str]:
    common: Counter[str] = Counter()
    rest = list(gold)
    for name, value in said:
        match = next((other for other in rest if other[0] == name and _same(name, value, other[1])), None)
        if match is not None:
            rest.remove(match)
            common[name] += 1
    return common


def _same(name: str, value: Any, other: Any) -> bool:
    return bool(value in other or other in value) if name == "place" else bool(value == other)
