"""What goes into and comes out of the operations on workers, as plain records."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NewWorker:
    """A registration as it was typed; the operation reads it and refuses what cannot be.

    `trades` are pairs of a trade's code and a `Skill`, `weekdays` count from Monday 0, `reach_m` is in metres,
    `certificates` are pairs of a name and the last day they hold (None: no end).
    """

    name: str
    identity_number: str
    telephone: str = ""
    trades: tuple[tuple[str, int], ...] = ()
    division: str = ""
    wishes: str = ""
    pay_asked_fen: int | None = None
    pay_unit: str = "day"
    open_to_less: bool = False
    reach_m: int | None = None
    weekdays: tuple[int, ...] = ()
    available_from: time | None = None
    available_until: time | None = None
    priority_groups: tuple[str, ...] = ()
    certificates: tuple[tuple[str, date | None], ...] = ()
    may_be_contacted: bool = True
    takes_standby: bool = False
    contact_name: str = ""
    contact_telephone: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    note: str = ""
    consent: bool = False

    @classmethod
    def names(cls) -> frozenset[str]:
        return frozenset(field.name for field in fields(cls))


Changes = Mapping[str, Any]
"""Some of the fields of `NewWorker`, with their new values."""


@dataclass(frozen=True)
class Found:
    """A registration that exists already. Beyond the viewer's scope only where and when it was made."""

    division_name: str
    registered_on: date
    worker_id: UUID | None = None
    name_masked: str = ""
    card_number: int | None = None

    @property
    def sentence(self) -> str:
        where = {"place": self.division_name, "month": self.registered_on.month, "day": self.registered_on.day}
        if self.worker_id is None:
            return _("这个人已在%(place)s登记（%(month)d月%(day)d日），不能再登记一次。") % where
        return _("这个人已在%(place)s登记（%(month)d月%(day)d日），请打开原来的登记。") % where


@dataclass(frozen=True)
class Resume:
    """Everything a printed resume says, in the language of the moment; telephone masked."""

    worker_id: UUID
    card_number: int
    name: str
    sex: str
    age: int
    place: str
    telephone: str
    trades: tuple[tuple[str, str], ...]
    wishes: str
    pay: str
    reach: str
    days: str
    hours: str
    certificates: tuple[tuple[str, date | None], ...]
    takes_standby: bool
    registered_on: date
