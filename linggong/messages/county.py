"""What a county has been offered in the last days, held while a batch is read: what a new message may repeat."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from linggong.foundation import personal
from linggong.intake import Field as Said
from linggong.intake import Item, Reading
from linggong.intake.duplicates import Known, known
from linggong.lib import clock, trades
from linggong.messages.models import Message
from linggong.posts.models import Job

JOB = "job:"
MOST_COMPARED = 20
MOST_CORRECTED = 60
NEAR_WITH_TELEPHONE, NEAR_BY_WORDS = 0.05, 0.35
"""From this share of common words on two messages are compared; well below what the comparison itself asks for."""
T = TypeVar("T")


@dataclass
class County:
    """Messages since a moment, and the posts that did not come from messages; each is opened and read at most once."""

    code: str
    since: datetime
    _known: dict[UUID, Known] = field(default_factory=dict)
    _words: dict[UUID, frozenset[str]] = field(default_factory=dict)

    def known(self, message: Message) -> Known:
        """A message in the form in which it is compared."""
        if message.pk not in self._known:
            sent = clock.local(message.sent_at)
            self._known[message.pk] = known(str(message.pk), message.words(), sent, message.sent_by() or None)
        return self._known[message.pk]

    def add(self, message: Message) -> None:
        """A message that has just been read may be repeated by the next."""
        self._offers.append(message)

    def candidates(self, message: Message) -> Iterator[Known]:
        """What the message may repeat, change or correct, the nearest first."""
        offers = [each for each in self._offers if each.kind != Message.Kind.OTHER]
        if message.kind == Message.Kind.OTHER:
            yield from (self.known(each) for each in _corrected(message, offers))
            return
        near = sorted(((self._nearness(message, each), at) for at, each in enumerate(offers)), reverse=True)
        yield from (self.known(offers[at]) for nearness, at in near[:MOST_COMPARED] if nearness > 0)
        for phone, job, telephone in self._jobs if message.kind == Message.Kind.JOB else ():
            if phone in message.phones and job.trade in message.trades:
                yield as_known(job, telephone)

    def _nearness(self, message: Message, other: Message) -> float:
        """The share of common words, 0 where it is too small to be the same work."""
        if message.kind != other.kind or (message.trades and other.trades and not {*message.trades} & {*other.trades}):
            return 0.0
        first, second = self._words_of(message), self._words_of(other)
        share = len(first & second) / (len(first | second) or 1)
        theirs = bool(
            {*message.phones} & {*other.phones} or (message.sender_index and message.sender_index == other.sender_index)
        )
        return share if share >= (NEAR_WITH_TELEPHONE if theirs else NEAR_BY_WORDS) else 0.0

    def _words_of(self, message: Message) -> frozenset[str]:
        if message.pk not in self._words:
            letters = re.sub("[^\u4e00-\u9fff]", "", message.words())
            self._words[message.pk] = frozenset(letters[at : at + 2] for at in range(len(letters) - 1))
        return self._words[message.pk]

    @cached_property
    def _offers(self) -> list[Message]:
        rows = Message.objects.filter(division__startswith=self.code, sent_at__gte=self.since, forgotten_at=None)
        return list(rows.exclude(kind="").order_by("sent_at"))

    @cached_property
    def _jobs(self) -> list[tuple[str, Job, str]]:
        """Open posts with the index of their telephone and the telephone, which goes no further than the comparison."""
        shown = [Job.State.OPEN, Job.State.CHECKING]
        rows = Job.objects.filter(state__in=shown, division__startswith=self.code).exclude(source=Job.Source.MESSAGE)
        jobs = [(job, job.contact_telephone.open()) for job in rows.prefetch_related("shifts")[:1000]]
        return [(personal.index(telephone, "telephone"), job, telephone) for job, telephone in jobs]


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
    return Known(f"{JOB}{job.pk}", words, job.created_at, Reading("job", 1.0, (item,)))


def _corrected(message: Message, offers: list[Message]) -> list[Message]:
    """The last posts before it of the same sender; of anybody, where the export names no sender."""
    earlier = [each for each in offers if each.sent_at <= message.sent_at]
    theirs = [each for each in earlier if each.sender_index == message.sender_index]
    return (theirs if message.sender_index else earlier)[-MOST_CORRECTED:]


def _said(value: T) -> Said[T]:
    return Said(value, (), 1.0)
