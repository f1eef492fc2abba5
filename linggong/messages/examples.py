"""What clerks correct, kept as examples for the reader, with nobody in them."""

import re
from collections.abc import Iterator
from typing import Any

from linggong.audit.operations import record
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.intake import Item, Reading, read
from linggong.lib import clock, trades
from linggong.messages.anonymous import Veil
from linggong.messages.models import Draft, Example, Message
from linggong.posts.records import NewJob

_WORDS = ("trade", "place")
"""Fields of which it can be told whether the text says what the clerk typed."""


def learn(draft: Draft, new: NewJob, by: Viewer) -> Example | None:
    """Keep what the clerk published otherwise than it was read; None where nothing was corrected."""
    message = draft.message
    if message.kind == Message.Kind.OTHER and message.kinship == Message.Kinship.CORRECTION:
        return None
    text, sent = message.words(), clock.local(message.sent_at)
    reading = read(text, sent)
    item = reading.items[draft.number] if draft.number < len(reading.items) else Item()
    corrected = corrections(item, new, text)
    if not corrected and reading.kind == "job":
        return None
    gold, before = _gold_before(message, reading)
    _put(gold, draft.number, {**item.as_schema(), **corrected})
    veil = Veil(str(message.pk))
    telephones = tuple(each.value for one in reading.items for each in one.phone)
    veiled = veil.over(text, _people(message), telephones)
    kept = {
        "division": message.division,
        "posted_at": message.sent_at,
        "text": veiled,
        "gold": _veiled(gold, veil),
        "corrected": sorted({*before, *corrected} or {"kind"}),
    }
    example, _made = Example.objects.update_or_create(message=message, defaults=kept)
    record("example.kept", by=by, about=example, division=example.division, fields=kept["corrected"])
    return example


def corrections(item: Item, new: NewJob, text: str) -> dict[str, Any]:
    """The fields of the exchange form in which the clerk contradicts the reading, or names what it overlooked.

    What the clerk added from elsewhere (a telephone call, a habit of the house) is no error of the reader, nor is a
    restriction by sex or age that the clerk took out.
    """
    read_as, published = item.as_schema(), _published(new)
    changed = {name: value for name, value in published.items() if read_as[name] is not None and read_as[name] != value}
    overlooked = {
        name: published[name] for name in _WORDS if read_as[name] is None and _stands_in(name, published[name], text)
    }
    if _pay_kept(read_as, published):
        changed.pop("pay_min", None)
        changed.pop("pay_max", None)
    return changed | overlooked


def lines(viewer: Viewer) -> Iterator[dict[str, Any]]:
    """Every example in the form of the evaluation set, the oldest first."""
    with within(viewer):
        rows = list(Example.objects.order_by("created_at", "pk"))
    for row in rows:
        yield {
            "id": f"d{row.pk.hex[:12]}",
            "part": "desk",
            "posted_at": clock.local(row.posted_at).isoformat(),
            "text": row.text,
            "gold": row.gold,
            "corrected": row.corrected,
        }


def _published(new: NewJob) -> dict[str, Any]:
    first = new.shifts[0]
    yuan = new.pay_fen / 100
    pay = int(yuan) if yuan.is_integer() else yuan
    return {
        "trade": new.trade,
        "headcount": first.places,
        "pay_min": pay,
        "pay_max": pay,
        "pay_unit": new.pay_unit,
        "settlement": new.settlement,
        "start_date": str(clock.local(first.starts).date()),
        "start_time": f"{clock.local(first.starts):%H:%M}",
        "end_time": f"{clock.local(first.ends):%H:%M}",
        "days": len(new.shifts),
        "place": new.place_name,
    }


def _pay_kept(read_as: dict[str, Any], published: dict[str, Any]) -> bool:
    """A post has one figure; either end of the range that was read is no correction."""
    return published["pay_min"] in (read_as["pay_min"], read_as["pay_max"])


def _stands_in(name: str, value: str, text: str) -> bool:
    if name == "trade":
        trade = trades.trade(value)
        return any(word and word in text for word in (trade.zh, *trade.aliases))
    return bool(value) and value in text


def _gold_before(message: Message, reading: Reading) -> tuple[dict[str, Any], list[str]]:
    """What an earlier item of the same message has already taught; the invented numbers in it are made anew."""
    gold = reading.as_schema()
    gold["kind"] = "job"
    known = Example.objects.filter(message=message).first()
    if known is None:
        return gold, []
    for item, before in zip(gold["items"], known.gold["items"], strict=False):
        item.update({name: before[name] for name in known.corrected if name in before})
    return gold, known.corrected


def _put(gold: dict[str, Any], number: int, item: dict[str, Any]) -> None:
    gold["items"][number : number + 1] = [item]


def _people(message: Message) -> tuple[str, ...]:
    """The sender's name, where it is one that can be looked for."""
    sender = re.sub(r"[^\u4e00-\u9fff]", "", message.sent_by())
    return (sender,) if len(sender) > 1 else ()


def _veiled(gold: dict[str, Any], veil: Veil) -> dict[str, Any]:
    """The same replacements in the labels; a telephone that is not in the text has no place in them."""
    for item in gold["items"]:
        item["phone"] = [new for number in item["phone"] if (new := veil.digits(number))]
        if item["place"]:
            item["place"] = veil.over(item["place"])
    return gold
