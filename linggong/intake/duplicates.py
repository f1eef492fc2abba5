"""Finds the posts that are already known: copied to another group, posted again, changed a little, or corrected."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from linggong.intake.corrections import Change, correct, is_correction
from linggong.intake.reader import read
from linggong.intake.shape import Item, Reading
from linggong.intake.text import plain

Kinship = Literal["same", "changed", "correction"]

SAME_FROM = 0.55
CORRECTED_WITHIN = timedelta(days=3)
_TOLD = ("headcount", "pay_min", "pay_max", "pay_unit", "start_date", "start_time", "end_time", "days", "place")


@dataclass(frozen=True, slots=True)
class Known:
    """A message that has been read, with what is needed to compare it."""

    id: str
    text: str
    posted_at: datetime
    reading: Reading
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier message that a new one repeats, changes or corrects; `likeness` is between 0 and 1.

    `corrections.correct` gives the reading that holds after a correction.
    """

    known: Known
    kinship: Kinship
    likeness: float
    changes: tuple[Change, ...] = ()


def known(id: str, text: str, posted_at: datetime, sender: str | None = None) -> Known:
    """A message, read and ready to be compared."""
    return Known(id, text, posted_at, read(text, posted_at), sender)


def matches(new: Known, earlier: Iterable[Known]) -> tuple[Match, ...]:
    """The earlier messages that `new` repeats, changes or corrects, the likest first."""
    earlier = [each for each in earlier if each.id != new.id]
    if not new.reading.items and is_correction(new.text):
        corrected = _corrected(new, earlier)
        return (corrected,) if corrected else ()
    found = [match for each in earlier if (match := compare(new, each))]
    return tuple(sorted(found, key=lambda match: -match.likeness))


def compare(new: Known, old: Known) -> Match | None:
    """How `new` is kin to one earlier message, None where it is another job."""
    if new.reading.kind != old.reading.kind or not new.reading.items or not old.reading.items:
        return None
    likeness = _likeness(new, old)
    if likeness < SAME_FROM:
        return None
    changes = tuple(_changes(new.reading.items, old.reading.items))
    return Match(old, "changed" if changes else "same", likeness, changes)


def _likeness(new: Known, old: Known) -> float:
    """Half from the words, half from trades, telephones and place; another job of the same poster stays below."""
    trades, others = _values(new, "trade"), _values(old, "trade")
    if trades and others and not trades & others:
        return 0.0
    words = _overlap(_shingles(new.text), _shingles(old.text))
    phones = 1.0 if _phones(new) & _phones(old) else 0.0
    places = 1.0 if _same_place(_values(new, "place"), _values(old, "place")) else 0.0
    sender = 1.0 if new.sender and new.sender == old.sender else 0.0
    telling = max(0.6 * max(phones, sender) + 0.4 * places, 0.9 * places if words > 0.5 else 0.0)
    return round(0.5 * words + 0.5 * telling if telling else 0.75 * words, 3)


def _corrected(new: Known, earlier: Sequence[Known]) -> Match | None:
    """The last post of the same sender, else the last that names the same trade or telephone, within a few days."""
    recent = [
        each for each in earlier
        if each.reading.kind == "job" and timedelta(0) <= new.posted_at - each.posted_at <= CORRECTED_WITHIN
    ]  # fmt: skip
    recent.sort(key=lambda each: each.posted_at, reverse=True)
    theirs = [each for each in recent if new.sender and each.sender == new.sender]
    words = _shingles(new.text, 2)
    kin = theirs or [each for each in recent if not (new.sender and each.sender) and words & _shingles(each.text, 2)]
    if not kin:
        return None
    changes = correct(kin[0].reading, new.text, new.posted_at).changes
    return Match(kin[0], "correction", 0.8 if theirs else 0.5, changes)


def _changes(new: Sequence[Item], old: Sequence[Item]) -> list[Change]:
    """What both say differently; what only one of them says is no change."""
    changes = []
    for at, (after, before) in enumerate(zip(new, old, strict=False)):
        new_values, old_values = after.as_schema(), before.as_schema()
        for field in _TOLD:
            first, second = old_values[field], new_values[field]
            if first is not None and second is not None and first != second and not _alike(field, first, second):
                changes.append(Change(at, field, first, second))
    if len(new) != len(old):
        changes.append(Change(min(len(new), len(old)), "items", len(old), len(new)))
    return changes


def _alike(field: str, first: Any, second: Any) -> bool:
    return field == "place" and (first in second or second in first)


def _values(message: Known, field: str) -> set[str]:
    return {found.value for item in message.reading.items if (found := getattr(item, field)) is not None}


def _phones(message: Known) -> set[str]:
    return {found.value for item in message.reading.items for found in item.phone}


def _same_place(new: set[str], old: set[str]) -> bool:
    return any(first in second or second in first for first in new for second in old)


def _shingles(text: str, size: int = 3) -> set[str]:
    """The overlapping runs of characters of a text, figures and marks left out so that a new number changes nothing."""
    letters = re.sub(r"[^\u4e00-\u9fff]", "", plain(text).text)
    return {letters[at : at + size] for at in range(max(len(letters) - size + 1, 0))}


def _overlap(first: set[str], second: set[str]) -> float:
    return len(first & second) / len(first | second) if first and second else 0.0
