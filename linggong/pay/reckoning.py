"""From agreed terms and done work to the wage: pure, in integer fen, rounded half up once a line.

Month's pay is divided by 21.75 paid days (人社部发〔2025〕2号, as before it 劳社部发〔2008〕3号); what part of a day
short days count as is in `linggong.attendance.hours.day_share`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

from linggong.attendance.hours import day_share
from linggong.lib.money import Fen

PAID_DAYS_A_MONTH = Fraction("21.75")


@dataclass(frozen=True)
class Terms:
    """What was agreed: `pay_fen` for each `unit` of `linggong.lib.money.PAY_UNITS`.

    `planned_minutes` is the shift from start to end, `break_minutes` its unpaid part. `night_bonus_percent` comes on
    top for the minutes at night. `minimum_hourly_fen` is the legal minimum of the place, 0 where none is known.
    """

    pay_fen: Fen
    unit: str
    planned_minutes: int
    break_minutes: int
    night_bonus_percent: int = 0
    minimum_hourly_fen: Fen = 0


@dataclass(frozen=True)
class Work:
    """What was done: paid minutes, those of them at night, pieces; `days` where they were confirmed as such."""

    minutes: int
    night_minutes: int
    pieces: int | None = None
    days: Decimal | None = None


@dataclass(frozen=True)
class Line:
    """One row of a wage slip: `count` (two decimals) of something at about `unit_fen` each makes `fen`."""

    label_zh: str
    label_en: str
    fen: Fen
    count: Decimal
    unit_fen: Fen


@dataclass(frozen=True)
class Wage:
    """The sum of its lines; `under_minimum` when it is less than the legal minimum for the minutes worked."""

    fen: Fen
    lines: tuple[Line, ...]
    under_minimum: bool


def reckon(terms: Terms, work: Work) -> Wage:
    """The wage for `work` under `terms`."""
    base = _BASES[terms.unit](terms, work)
    lines = tuple(line for line in (base, _night_bonus(terms, work, base.fen)) if line is not None)
    fen = sum(line.fen for line in lines)
    return Wage(fen, lines, under_minimum=fen * 60 < terms.minimum_hourly_fen * work.minutes)


def _by_hour(terms: Terms, work: Work) -> Line:
    return _line("工时", "Hours", Fraction(work.minutes, 60), Fraction(terms.pay_fen))


def _by_day(terms: Terms, work: Work) -> Line:
    return _line("天数", "Days", _days(terms, work), Fraction(terms.pay_fen))


def _by_month(terms: Terms, work: Work) -> Line:
    return _line("月薪折算天数", "Days of a month's pay", _days(terms, work), terms.pay_fen / PAID_DAYS_A_MONTH)


def _by_piece(terms: Terms, work: Work) -> Line:
    return _line("件数", "Pieces", Fraction(work.pieces or 0), Fraction(terms.pay_fen))


def _by_job(terms: Terms, work: Work) -> Line:
    return _line("整个活", "The whole job", Fraction(1 if work.minutes or work.days else 0), Fraction(terms.pay_fen))


_BASES: dict[str, Callable[[Terms, Work], Line]] = {
    "hour": _by_hour,
    "day": _by_day,
    "month": _by_month,
    "piece": _by_piece,
    "job": _by_job,
}


def _days(terms: Terms, work: Work) -> Fraction:
    if work.days is not None:
        return Fraction(work.days)
    return day_share(work.minutes, terms.planned_minutes - terms.break_minutes)


def _night_bonus(terms: Terms, work: Work, base_fen: Fen) -> Line | None:
    night = min(work.night_minutes, work.minutes)
    if not (night and terms.night_bonus_percent):
        return None
    hourly = Fraction(base_fen * 60, work.minutes) * terms.night_bonus_percent / 100
    return _line("夜班补贴", "Night bonus", Fraction(night, 60), hourly)


def _line(label_zh: str, label_en: str, count: Fraction, unit_fen: Fraction) -> Line:
    shown = (Decimal(count.numerator) / count.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Line(label_zh, label_en, _half_up(count * unit_fen), shown, _half_up(unit_fen))


def _half_up(fen: Fraction) -> Fen:
    return floor(fen + Fraction(1, 2))
