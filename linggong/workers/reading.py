"""Reads a registration as typed into the values that are kept, refusing what cannot be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from math import isfinite
from typing import Any

from django.utils.translation import gettext_lazy as _

from linggong.lib import clock, identity, telephone, trades
from linggong.lib.money import MOST
from linggong.lib.text import compact, plain, read_name, sort_key
from linggong.places.models import Division
from linggong.places.queries import DivisionUnknown, division
from linggong.workers.errors import TooYoung, TradeMissing, ValueRefused, at
from linggong.workers.models import PayUnit, PriorityGroup, Skill
from linggong.workers.records import NewWorker

YOUNGEST = 16
LONGEST_REACH_M = 200_000
LENGTHS = {"wishes": 200, "note": 300, "address": 200, "contact_name": 40}
LONGEST_CERTIFICATE = 40


@dataclass(frozen=True)
class Draft:
    """A registration that may be kept: `values` by the names of `Worker`'s fields, personal data still plain."""

    identity_number: str
    telephone: str
    trades: dict[str, int]
    certificates: dict[str, date | None]
    values: dict[str, Any]


def read(new: NewWorker, home: Division) -> Draft:
    """Read everything typed. Raises the first `Refusal` in the order of the form, with its field."""
    with at("name"):
        name = read_name(new.name)
    number = _identity(new.identity_number)
    with at("telephone"):
        digits = _telephone(new.telephone)
    known_trades = _trades(new.trades)
    values = {
        "name": name,
        "sort_key": sort_key(name)[:120],
        "birth_date": number.birth_date,
        "sex": number.sex,
        "division": home.code,
        "in_town": home.in_town,
        **_pay(new),
        **_hours(new),
        **_contact(new),
        **_position(new, home),
        **{field: _text(field, getattr(new, field)) for field in ("wishes", "note", "address")},
        "priority_groups": _groups(new.priority_groups),
        "may_be_contacted": bool(new.may_be_contacted),
        "takes_standby": bool(new.takes_standby),
    }
    return Draft(number.number, digits, known_trades, _certificates(new.certificates), values)


def division_of(code: str) -> Division:
    """The county, township or village of this code. Raises DivisionUnknown."""
    found = division(plain(str(code))[:13])
    if found.level < Division.Level.COUNTY:
        raise DivisionUnknown(_("请选到县区，最好选到乡镇或村、社区。"), field="division")
    return found


def _identity(typed: str) -> identity.IdentityNumber:
    with at("identity_number"):
        number = identity.read_identity_number(typed)
    if age(number.birth_date) < YOUNGEST:
        raise TooYoung
    return number


def age(birth_date: date) -> int:
    """Full years today."""
    today = clock.today()
    return today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))


def _telephone(typed: str) -> str:
    return telephone.read_telephone(typed) if compact(typed) else ""


def _trades(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, skill in pairs:
        with at("trades"):
            trades.trade(code)
        if skill not in Skill.values:
            raise ValueRefused(_("请选会到什么程度。"), field="trades")
        found[code] = max(skill, found.get(code, skill))
    if not found:
        raise TradeMissing
    return found


def _pay(new: NewWorker) -> dict[str, Any]:
    fen = new.pay_asked_fen
    if fen is not None and not 0 < fen <= MOST:
        raise ValueRefused(_("期望工资要大于零，也不能超过一百万元。"), field="pay_asked_fen")
    if new.pay_unit not in PayUnit.values:
        raise ValueRefused(_("请选工资是按天、按小时还是按件。"), field="pay_unit")
    return {"pay_asked_fen": fen, "pay_unit": new.pay_unit, "open_to_less": bool(new.open_to_less)}


def _hours(new: NewWorker) -> dict[str, Any]:
    if new.reach_m is not None and not 0 < new.reach_m <= LONGEST_REACH_M:
        raise ValueRefused(_("最远能去的距离要在200公里以内。"), field="reach_m")
    if not set(new.weekdays) <= set(range(7)):
        raise ValueRefused(_("请从周一到周日里选。"), field="weekdays")
    begins, ends = new.available_from, new.available_until
    if (begins is None) != (ends is None) or (begins is not None and begins == ends):
        raise ValueRefused(_("能干活的时间请写从几点到几点。"), field="available_from")
    return {
        "reach_m": new.reach_m,
        "weekdays": sorted(set(new.weekdays)),
        "available_from": _to_the_minute(begins),
        "available_until": _to_the_minute(ends),
    }


def _to_the_minute(moment: time | None) -> time | None:
    return moment and moment.replace(second=0, microsecond=0, tzinfo=None)


def _contact(new: NewWorker) -> dict[str, Any]:
    with at("contact_telephone"):
        digits = _telephone(new.contact_telephone)
    name = _text("contact_name", new.contact_name)
    if digits and not name:
        raise ValueRefused(_("请写下代接电话的人叫什么。"), field="contact_name")
    return {
        "contact_name": name,
        "contact_telephone": digits,
        "contact_telephone_masked": telephone.masked(digits) if digits else "",
    }


def _position(new: NewWorker, home: Division) -> dict[str, Any]:
    if new.latitude is None or new.longitude is None:
        return {"latitude": home.latitude, "longitude": home.longitude}
    if not (
        isfinite(new.latitude) and abs(new.latitude) <= 90 and isfinite(new.longitude) and abs(new.longitude) <= 180
    ):
        raise ValueRefused(_("位置不对，请重新选一下住的地方。"), field="address")
    return {"latitude": new.latitude, "longitude": new.longitude}


def _text(field: str, typed: str) -> str:
    text = plain(typed)
    if len(text) > LENGTHS[field]:
        raise ValueRefused(_("写得太长了，最多%(most)d个字。") % {"most": LENGTHS[field]}, field=field)
    return text


def _groups(chosen: Iterable[str]) -> list[str]:
    groups = sorted(set(chosen))
    if not set(groups) <= set(PriorityGroup.values):
        raise ValueRefused(_("请从列表里选重点群体。"), field="priority_groups")
    return groups


def _certificates(pairs: Iterable[tuple[str, date | None]]) -> dict[str, date | None]:
    held = {plain(name): expires for name, expires in pairs if plain(name)}
    if any(len(name) > LONGEST_CERTIFICATE for name in held):
        raise ValueRefused(_("证书名称太长了，最多40个字。"), field="certificates")
    return held
