"""Reading what has come in: its kind, a draft for each kind of work, and what it repeats, changes or corrects."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from linggong.foundation import personal
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.intake import Item, read
from linggong.intake.duplicates import Known, Match, matches
from linggong.lib import clock, trades
from linggong.lib.telephone import masked
from linggong.lib.text import plain
from linggong.messages.county import JOB, County
from linggong.messages.models import Draft, Message

BATCH = 100
LOOKED_BACK = timedelta(days=7)
SURELY_SAME = 0.8
"""From this likeness on a message that says nothing new is set aside by itself."""
_LONG_NUMBER = re.compile(r"(?<!\d)(\d{3})[\d\- ]{1,12}(\d{2})(?!\d)")
_READ_FIELDS = ["kind", "trades", "phones", "gist", "like", "like_job", "kinship", "likeness", "changes"]


def read_waiting(limit: int = BATCH) -> int:
    """Read the next messages of the queue, the oldest first; return how many. Safe beside others that do the same."""
    with within(system("reading messages")):
        waiting = Message.objects.filter(kind="").select_for_update(skip_locked=True).order_by("sent_at", "created_at")
        batch = list(waiting[:limit])
        counties: dict[str, County] = {}
        for message in batch:
            code = message.division[:6]
            _read(message, counties.setdefault(code, County(code, message.sent_at - LOOKED_BACK)))
        Draft.objects.bulk_create([draft for each in batch for draft in _drafts(each)], ignore_conflicts=True)
    return len(batch)


def read_all_waiting() -> int:
    """Batch after batch, each in a transaction of its own, until nothing waits. Called by the background work."""
    done = 0
    while batch := read_waiting():
        done += batch
    return done


def _read(message: Message, county: County) -> None:
    new = county.known(message)
    items = new.reading.items
    message.kind = new.reading.kind
    message.trades = sorted({item.trade.value for item in items if item.trade})
    message.phones = sorted({personal.index(each.value, "telephone") for item in items for each in item.phone})
    message.gist = gist(items[0]) if items else hidden(new.text)
    message.items = items
    _relate(message, next((each for each in matches(new, county.candidates(message)) if _tells(each, new)), None))
    message.save(update_fields=_READ_FIELDS)
    county.add(message)


def _drafts(message: Message) -> list[Draft]:
    """One for each item, or one for a correction, which has none."""
    about = {
        "message": message,
        "division": message.division,
        "sent_at": message.sent_at,
        "state": _first_state(message),
    }
    if not message.items and message.kinship == Message.Kinship.CORRECTION:
        return [Draft(number=0, gist=message.gist, **about)]
    return [
        Draft(number=number, gist=gist(item), rules=[flag.value for flag in item.flags], **about)
        for number, item in enumerate(message.items)
    ]


def _first_state(message: Message) -> str:
    """A message that surely says nothing new needs nobody; whoever doubts it finds it among the duplicates."""
    sure = message.kinship == Message.Kinship.SAME and message.likeness >= SURELY_SAME
    return Draft.State.DUPLICATE if sure else Draft.State.NEW


def _tells(match: Match, new: Known) -> bool:
    """An export that comes late may repeat what was sent after it, but not change it."""
    return match.kinship == "same" or match.known.posted_at <= new.posted_at


def _relate(message: Message, match: Match | None) -> None:
    if match is None:
        return
    if match.known.id.startswith(JOB):
        message.like_job_id = UUID(match.known.id.removeprefix(JOB))
    else:
        message.like_id = UUID(match.known.id)
    message.kinship, message.likeness = match.kinship, match.likeness
    message.changes = [
        {"item": each.item, "field": each.field, "before": each.before, "after": each.after} for each in match.changes
    ]


def masked_reading(message: Message) -> dict[str, Any]:
    """The reading of a message in the exchange form, telephones masked: for the program that has sent it."""
    reading = read(message.words(), clock.local(message.sent_at)).as_schema()
    for item in reading["items"]:
        item["phone"] = [masked(number) for number in item["phone"]]
    return reading


def gist(item: Item) -> str:
    """'瓦工 3人 300/天 龙湾花园': what a list shows of an item, without telephones."""
    parts = [trades.name(item.trade.value) if item.trade else "", f"{item.headcount.value}人" if item.headcount else ""]
    parts += [_pay(item), hidden(item.place.value) if item.place else ""]
    return " ".join(part for part in parts if part)[:160]


def hidden(text: str) -> str:
    """The beginning of a text in one line, its long numbers hidden."""
    return _LONG_NUMBER.sub(r"\1****\2", plain(text)[:60])


_UNITS = {"hour": "小时", "day": "天", "month": "月", "piece": "件", "job": "次"}


def _pay(item: Item) -> str:
    if item.pay_min is None:
        return ""
    unit = f"/{_UNITS[item.pay_unit.value]}" if item.pay_unit else ""
    return f"{item.pay_min.value:g}元{unit}"
