"""How far each shift is: who was asked, who comes, who is missing, what is to be done next. A few queries for all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linggong.attendance.codes import EARLIEST
from linggong.attendance.models import MissingArrival
from linggong.dispatch.models import Offer, Placement, Reputation, Standby, Wave
from linggong.foundation.scope import within
from linggong.foundation.viewer import Viewer
from linggong.lib import clock
from linggong.lib.words import time_words
from linggong.pay.models import Wage
from linggong.posts.models import Job, Shift
from linggong.web.employer.side import READER, own

SHOWN_BACK = timedelta(hours=20)
SHOWN_AHEAD = timedelta(days=8)
MOST_SHIFTS = 40
IN_LIFE = [Job.State.CHECKING, Job.State.OPEN, Job.State.CLOSED, Job.State.WITHDRAWN]
TO_PAY = [Wage.State.OWED, Wage.State.DISPUTED]


@dataclass(frozen=True)
class Applicant:
    """Somebody who waits for the employer's word, and how they have kept theirs."""

    offer: Offer
    record: Reputation | None


@dataclass
class Board:
    """One shift with its numbers; `missing` are names, `to_pay_fen` is what is settled and not yet paid."""

    shift: Shift
    asked: int = 0
    waiting: int = 0
    expected: int = 0
    arrived: int = 0
    finished: int = 0
    standbys: int = 0
    next_ask: datetime | None = None
    to_pay_fen: int = 0
    applicants: list[Applicant] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def open_places(self) -> int:
        return self.shift.places - self.shift.taken

    @property
    def full(self) -> bool:
        return self.open_places <= 0

    @property
    def over(self) -> bool:
        return self.shift.ends <= clock.now()

    @property
    def running(self) -> bool:
        return self.shift.starts <= clock.now() < self.shift.ends

    @property
    def roll_call(self) -> bool:
        """Somebody may still be ticked as arrived."""
        return bool(self.expected) and self.shift.starts - EARLIEST <= clock.now() < self.shift.ends

    @property
    def hours_due(self) -> bool:
        """Somebody's work is done and not confirmed."""
        piecework = self.shift.job.kind == Job.Kind.PIECEWORK
        return bool(self.arrived) and (self.over or piecework)

    @property
    def asking(self) -> bool:
        """The market looks for people."""
        return self.shift.listed and self.shift.state == Shift.State.OPEN and self.open_places > 0 and not self.over

    @property
    def here(self) -> int:
        return self.arrived + self.finished

    @property
    def sentence(self) -> str:
        """问了 18 人，3 人确认，还差 2 人"""
        said = [_("问了 %(n)s 人") % {"n": self.asked}] if self.asked else []
        said.append(_("%(n)s 人确认") % {"n": self.shift.taken})
        if self.applicants:
            said.append(_("%(n)s 人等您点头") % {"n": len(self.applicants)})
        if self.full:
            said.append(_("人齐了"))
        else:
            said.append(_("还差 %(n)s 人") % {"n": self.open_places})
        return _("，").join(said)

    @property
    def outlook(self) -> str:
        """What happens next, where something does."""
        if self.asking and self.waiting and self.next_ask and self.next_ask > clock.now():
            words = ngettext(
                "%(n)s 人还没回话，%(time)s 再问下一批。", "%(n)s 人还没回话，%(time)s 再问下一批。", self.waiting
            )
            return words % {"n": self.waiting, "time": time_words(self.next_ask)}
        return _("正在帮您找人。") if self.asking else ""


def boards(shifts: Iterable[Shift]) -> list[Board]:
    """The boards of shifts that were found to be the viewer's own, in a fixed number of queries."""
    found = {shift.id: Board(shift) for shift in shifts}
    with within(READER):
        _count_offers(found)
        _find_applicants(found)
        _count_placements(found)
        _count_money(found)
    return list(found.values())


def days_shifts(viewer: Viewer) -> list[Shift]:
    """The shifts of today and the days around, the earliest first."""
    now = clock.now()
    near = Shift.objects.filter(ends__gt=now - SHOWN_BACK, starts__lt=now + SHOWN_AHEAD, state=Shift.State.OPEN)
    mine = near.filter(own(viewer, "job__"), job__state__in=IN_LIFE)
    kept = mine.exclude(job__state=Job.State.WITHDRAWN, taken=0)
    return list(kept.select_related("job").order_by("starts", "id")[:MOST_SHIFTS])


def money(viewer: Viewer) -> dict[str, Any]:
    """What is to be paid: the sum, of how many wages, how many of them late."""
    with within(READER):
        unpaid = Wage.objects.filter(
            own(viewer, "placement__shift__job__"), state__in=TO_PAY, paid_fen__lt=F("owed_fen")
        )
        return unpaid.aggregate(
            fen=Sum(F("owed_fen") - F("paid_fen"), default=0),
            wages=Count("id"),
            late=Count("id", filter=Q(due_on__lt=clock.today())),
        )


def _count_offers(found: dict[UUID, Board]) -> None:
    counted = Offer.objects.filter(shift__in=found).order_by().values("shift_id")
    rows = counted.annotate(
        asked=Count("id", filter=~Q(origin=Offer.Origin.APPLICATION)),
        waiting=Count("id", filter=Q(state=Offer.State.WAITING)),
    )
    _fill(found, rows, "asked", "waiting")
    _fill(
        found,
        Wave.objects.filter(shift__in=found).order_by().values("shift_id").annotate(next_ask=Max("deadline")),
        "next_ask",
    )
    standing = Standby.objects.filter(shift__in=found, state=Standby.State.WAITING).order_by()
    _fill(found, standing.values("shift_id").annotate(standbys=Count("id")), "standbys")


def _find_applicants(found: dict[UUID, Board]) -> None:
    applied = Offer.objects.filter(shift__in=found, state=Offer.State.APPLIED, shift__ends__gt=clock.now())
    offers = list(applied.order_by("answered_at"))
    records = Reputation.objects.filter(worker__in=[offer.worker_id for offer in offers])
    known = {record.worker_id: record for record in records}
    for offer in offers:
        found[offer.shift_id].applicants.append(Applicant(offer, known.get(offer.worker_id)))


def _count_placements(found: dict[UUID, Board]) -> None:
    held = Placement.objects.filter(shift__in=found).order_by().values("shift_id")
    state = Placement.State
    rows = held.annotate(
        expected=Count("id", filter=Q(state=state.CONFIRMED)),
        arrived=Count("id", filter=Q(state=state.ARRIVED)),
        finished=Count("id", filter=Q(state=state.FINISHED)),
    )
    _fill(found, rows, "expected", "arrived", "finished")
    open_now = MissingArrival.objects.filter(placement__shift__in=found, state=MissingArrival.State.OPEN)
    missing: dict[UUID, list[str]] = defaultdict(list)
    for shift_id, name in open_now.values_list("placement__shift_id", "placement__worker_name"):
        missing[shift_id].append(name)
    for shift_id, people in missing.items():
        found[shift_id].missing = people


def _count_money(found: dict[UUID, Board]) -> None:
    unpaid = Wage.objects.filter(placement__shift__in=found, state__in=TO_PAY).order_by()
    rows = unpaid.values(shift_id=F("placement__shift_id")).annotate(to_pay_fen=Sum(F("owed_fen") - F("paid_fen")))
    _fill(found, rows, "to_pay_fen")


def _fill(found: dict[UUID, Board], rows: Iterable[Any], *fields: str) -> None:
    for row in rows:
        for name in fields:
            setattr(found[row["shift_id"]], name, row[name])
