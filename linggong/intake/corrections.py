"""What a correction (更正：昨天那个瓦工改成320) changes in the post that it refers to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from linggong.intake.reader import read_fragment
from linggong.intake.shape import Field, Item, Reading
from linggong.intake.text import plain

_WORDS = re.compile(
    r"发错|说错|打错|写错|更正|纠正|勘误|应该是|改[成为到]|不是[^,。;]{1,10}(?:,|"
    r"而)?是|补充|不用了|取消|作废|[招找]到了|(?:人|已)?[满够齐]了"
)
_WITHDRAWN = re.compile(r"不用了|不招了|不要人了|取消了?|作废|不干了|[招找]到(?:人)?了|(?:人|已经?|都)[满够齐]了")
_PUT_RIGHT = re.compile(r"改[成为到]|应该?是|应为|更正为")
_NO_LONGER = re.compile(
    r"[发说打写]错了?|更正|纠正|勘误|补充|(?:而)?不是[^,。;\n]{1,12}|(?:昨天|今天|前天|昨晚|今早|刚才|刚刚|上午|早上|上面|前面|上条|上一条)(?:发|说|招|写)?的?(?:那个|那条|这个|那)?"
    r"|[^,。;:\n]{1,8}(?=改[成为到])(?<=[\d元块天点名个人号时])"
)
_SURE_PLACE = 0.6
_FIELDS = (
    "headcount", "pay_min", "pay_max", "pay_unit", "settlement", "start_date", "start_time", "end_time", "days",
    "place", "phone", "meals", "lodging", "transport", "gender", "age_min", "age_max",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A field of an item (`item` counts from 0) that says something else than before; values as in the schema."""

    item: int
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Corrected:
    """The reading after a correction. Its changed fields have no spans: the earlier text does not say them.

    `withdrawn` where the correction says that nobody is wanted any more.
    """

    reading: Reading
    changes: tuple[Change, ...]
    withdrawn: bool = False


def is_correction(text: str) -> bool:
    """Whether a text speaks of an earlier post as wrong, changed or done with."""
    return bool(_WORDS.search(plain(text).text))


def correct(earlier: Reading, text: str, posted_at: datetime) -> Corrected:
    """`earlier` with what the correction `text`, posted at `posted_at`, says instead.

    Several jobs: the one whose trade it names is changed, else each that had what the others had too.
    """
    words = plain(text).text
    said = read_fragment(_what_holds(words), posted_at)
    items = list(earlier.items)
    changes: list[Change] = []
    for at in _meant(earlier, said):
        for field, value in _told(said):
            if _same_in_all(earlier, field) or len(_meant(earlier, said)) == 1:
                items[at], change = _changed(items[at], at, field, value)
                changes += change
    withdrawn = bool(_WITHDRAWN.search(words)) and not changes
    return Corrected(replace(earlier, items=tuple(items)), tuple(changes), withdrawn)


def _what_holds(words: str) -> str:
    """The correction without what it takes back (不是7点, 300改成) and without its pointing at the earlier post."""
    return _PUT_RIGHT.sub(":", _NO_LONGER.sub("", words))


def _meant(earlier: Reading, said: Item) -> list[int]:
    """The items of the trade that the correction names; all where it names none of theirs."""
    named = said.trade.value if said.trade else None
    theirs = [at for at, item in enumerate(earlier.items) if item.trade and item.trade.value == named]
    return theirs or list(range(len(earlier.items)))


def _told(said: Item) -> Iterator[tuple[str, Any]]:
    for field in _FIELDS:
        value = getattr(said, field)
        if value is None or value == () or (field == "place" and value.sure < _SURE_PLACE):
            continue
        yield field, value


def _same_in_all(earlier: Reading, field: str) -> bool:
    return len({repr(item.as_schema()[field]) for item in earlier.items}) == 1


def _changed(item: Item, at: int, field: str, value: Any) -> tuple[Item, list[Change]]:
    fresh: Any = tuple(map(_unplaced, value)) if isinstance(value, tuple) else _unplaced(value)
    after = replace(item, **{field: fresh})
    before, now = item.as_schema()[field], after.as_schema()[field]
    return (item, []) if before == now else (after, [Change(at, field, before, now)])


def _unplaced(field: Field[Any]) -> Field[Any]:
    return Field(field.value, (), min(field.sure, 0.8))
