"""Reading what has come in: its kind, a draft for each kind of work, and what it repeats, changes or corrects."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q

from linggong.foundation import personal
from linggong.foundation.scope import within
from linggong.foundation.viewer import system
from linggong.intake import Field as Said
from linggong.intake import Item, Reading, read
from linggong.intake.duplicates import Known, Match, known, matches
from linggong.lib import clock, trades
from linggong.lib.telephone import masked
from linggong.lib.text import plain
from linggong.messages.models import Draft, Message
from linggong.posts.models import Job

BATCH = 100
LOOKED_BACK = timedelta(days=7)
MOST_COMPARED = 80
SURELY_SAME = 0.8
"""From this likeness on a message that says nothing new is set aside by itself."""
_LONG_NUMBER = re.compile(r"(?<!\d)(\d{3})[\d\- ]{1,12}(\d{2})(?!\d)")
_JOB = "job:"
T = TypeVar("T")


def read_waiting(limit: int = BATCH) -> int:
    """Read the next messages of the queue, the oldest first; return how many. Safe beside others that do the same."""
    with within(system("reading messages")):
        waiting = Message.objects.filter(kind="").select_for_update(skip_locked=True).order_by("sent_at", "created_at")
        batch = list(waiting[:limit])
        desk = _Desk()
        for message in batch:
            _read(message, desk)
    return len(batch)


def read_all_waiting() -> int:
    """Batch after batch, each in a transaction of its own, until nothing waits. Called by the background work."""
    done = 0
    while batch := read_waiting():
        done += batch
    return done


@dataclass
class _Desk:
    """What has been read in this batch, so that nothing is opened and read twice."""

    opened: dict[UUID, Known] = field(default_factory=dict)

    def known(self, message: Message) -> Known:
        if message.pk not in self.opened:
            sent = clock.local(message.sent_at)
            self.opened[message.pk] = known(str(message.pk), message.words(), sent, message.sent_by() or None)
        return self.opened[message.pk]


def _read(message: Message, desk: _Desk) -> None:
    new = desk.known(message)
    items = new.reading.items
    message.kind = new.reading.kind
    message.trades = sorted({item.trade.value for item in items if item.trade})
    message.phones = sorted({personal.index(each.value, "telephone") for item in items for each in item.phone})
    message.gist = gist(items[0]) if items else hidden(new.text)
    _relate(message, next(iter(matches(new, _earlier(message, desk))), None))
    message.save()
    drafts = [Draft(number=number, **_about(message), **_told(item)) for number, item in enumerate(items)]
    if not items and message.kinship == Message.Kinship.CORRECTION:
        drafts = [Draft(number=0, gist=message.gist, **_about(message))]
    for draft in drafts:
        draft.state = _first_state(message)
    Draft.objects.bulk_create(drafts, ignore_conflicts=True)


def _about(message: Message) -> dict[str, Any]:
    return {"message": message, "division": message.division, "sent_at": message.sent_at}


def _told(item: Item) -> dict[str, Any]:
    return {"gist": gist(item), "rules": [flag.value for flag in item.flags]}


def _first_state(message: Message) -> str:
    """A message that surely says nothing new needs nobody; whoever doubts it finds it among the duplicates."""
    sure = message.kinship == Message.Kinship.SAME and message.likeness >= SURELY_SAME
    return Draft.State.DUPLICATE if sure else Draft.State.NEW


def _relate(message: Message, match: Match | None) -> None:
    if match is None:
        return
    if match.known.id.startswith(_JOB):
        message.like_job_id = UUID(match.known.id.removeprefix(_JOB))
    else:
        message.like_id = UUID(match.known.id)
    message.kinship, message.likeness = match.kinship, match.likeness
    message.changes = [
        {"item": each.item, "field": each.field, "before": each.before, "after": each.after} for each in match.changes
    ]


def _earlier(message: Message, desk: _Desk) -> Iterator[Known]:
    """What a message may repeat: of the county's last week what shares a telephone, a sender or a trade."""
    around = {"division__startswith": message.division[:6]}
    since = message.sent_at - LOOKED_BACK
    rows = Message.objects.filter(sent_at__gte=since, sent_at__lte=message.sent_at, forgotten_at=None, **around)
    rows = rows.exclude(pk=message.pk).exclude(kind="").exclude(kind=Message.Kind.OTHER).order_by("-sent_at")
    near = Q(phones__overlap=message.phones)
    if message.sender_index:
        near |= Q(sender_index=message.sender_index)
    if message.kind != Message.Kind.OTHER:
        near |= Q(trades__overlap=message.trades)
    for row in rows.filter(near)[:MOST_COMPARED]:
        yield desk.known(row)
    if message.kind == Message.Kind.JOB:
        yield from _posted(message)


def _posted(message: Message) -> Iterator[Known]:
    """Open jobs of these trades that did not come from messages, as if somebody had written them."""
    shown = [Job.State.OPEN, Job.State.CHECKING]
    jobs = Job.objects.filter(trade__in=message.trades, state__in=shown, division__startswith=message.division[:6])
    jobs = jobs.exclude(source=Job.Source.MESSAGE)
    for job in jobs.prefetch_related("shifts").order_by("-created_at")[:MOST_COMPARED]:
        telephone = job.contact_telephone.open()
        if personal.index(telephone, "telephone") in message.phones:
            yield as_known(job, telephone)


def as_known(job: Job, telephone: str) -> Known:
    """A posted job in the form in which messages are compared."""
    shifts = list(job.shifts.all())
    item = Item(
        trade=_said(job.trade),
        headcount=_said(shifts[0].places) if shifts else None,
        pay_min=_said(job.pay_fen / 100),
        pay_max=_said(job.pay_fen / 100),
        pay_unit=_said(job.pay_unit),
        start_date=_said(clock.local(shifts[0].starts).date()) if shifts else None,
        place=_said(job.place_name),
        phone=(_said(telephone),),
    )
    words = f"招{trades.name(job.trade)}，{job.title}，{job.place_name}，{job.description}"
    return Known(f"{_JOB}{job.pk}", words, job.created_at, Reading("job", 1.0, (item,)))


def _said(value: T) -> Said[T]:
    return Said(value, (), 1.0)


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
