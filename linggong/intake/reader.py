"""Reads one message: every field's reader in turn, then the kind, then the items."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from linggong.intake import items as parting
from linggong.intake import kinds, screening, telephones
from linggong.intake.fields import (
    certificates,
    dates,
    headcount,
    hours,
    pay,
    person,
    phone,
    place,
    provisions,
    settlement,
    trade,
)
from linggong.intake.items import Part
from linggong.intake.shape import Field, Item, Reading
from linggong.intake.sheet import Found, Sheet
from linggong.intake.signs import Span
from linggong.intake.text import Plain, plain
from linggong.lib.clock import local

T = TypeVar("T")


class Finds(NamedTuple):
    """Everything that the fields' readers found in one message, places in the plain text."""

    source: Plain
    phones: list[Found[str]]
    dates: list[Found[date]]
    hours: list[Found[hours.Hours]]
    days: list[Found[int]]
    ages: list[Found[person.Ages]]
    sexes: list[Found[person.SexAsked]]
    pays: list[Found[pay.Pay]]
    counts: list[Found[int]]
    settlements: list[Found[str]]
    provisions: list[Found[provisions.Provision]]
    certificates: list[Found[str]]
    trades: list[Found[trade.Named]]
    places: list[Found[str]]
    signs: dict[str, Span]


def read(text: str, posted_at: datetime) -> Reading:
    """What a message posted at `posted_at` (taken as Chinese wall-clock time where it has no zone) says."""
    finds = _find(plain(text), posted_at if posted_at.tzinfo is None else local(posted_at))
    evidence = kinds.Evidence(
        trade=max((each.value.strength for each in finds.trades), default=0),
        headcount=bool(finds.counts),
        pay=bool(finds.pays),
        phone=bool(finds.phones),
        hours=bool(finds.hours or finds.settlements or finds.provisions),
        scam=bool(finds.signs.keys() & {"suspected_scam", "sexual_or_illegal"}),
    )
    kind, sure = kinds.decide(finds.source, evidence)
    if kind == "other":
        return Reading(kind, sure)
    if kind == "seeker":
        return Reading(kind, sure, (_seeker(finds, text),))
    return Reading(kind, sure, tuple(_jobs(finds, text)))


def read_fragment(text: str, posted_at: datetime) -> Item:
    """What a text that is no post by itself says of one job; no unit of pay where none is said."""
    finds = _find(plain(text), posted_at if posted_at.tzinfo is None else local(posted_at))
    part = Part(0, len(finds.source.text), parting.best_trade(finds.source.text, finds.trades, finds.counts))
    item = _item(finds, text, part, [part])
    return item if any(each.value.unit for each in finds.pays) else replace(item, pay_unit=None)


def _find(source: Plain, posted: datetime) -> Finds:
    """The readers in their order: what is surest to be told apart is blotted out first."""
    sheet = Sheet(source, posted)
    trades = trade.read(sheet)
    phones = phone.read(sheet)
    papers = certificates.read(sheet)
    settlements = settlement.read(sheet)
    starts, days = dates.read(sheet)
    times = hours.read(sheet)
    ages = person.read_ages(sheet)
    provided = provisions.read(sheet)
    counts = headcount.read(sheet, [each.span for each in trades])
    pays = pay.read(sheet)
    sexes = person.read_sex(sheet)
    places = place.read(
        sheet, [each.span for each in trades if each.value.strength >= trade.GENERAL], [each.span for each in phones]
    )
    signs = screening.signs_in(source)
    return Finds(
        source, phones, starts, times, days, ages, sexes, pays, counts, settlements, provided, papers,
        _of_the_work(source.text, trades, papers, places), places, signs,
    )  # fmt: skip


_FULL = re.compile(r"(?:师傅|工|的|人)?(?:已经?|都|全)*(?:招|找|约)?[满够齐](?:了|,|。|;| )")


def _of_the_work(
    text: str, trades: list[Found[trade.Named]], papers: list[Found[str]], places: list[Found[str]]
) -> list[Found[trade.Named]]:
    """Without the words within a paper (电工证), and within the place (迎宾街) unless there are no others."""
    kept = [each for each in trades if not _within(each, papers) and not _ruled_out(text, each)]
    if all(each.value.strength < trade.GENERAL for each in kept):
        kept = trades
    kept = [each for each in kept if not _FULL.match(text[each.end : each.end + 10])] or kept
    return [each for each in kept if not _within(each, places[:1])] or kept or trades


_NOT_MINE = re.compile(r"(?:(?:和|、|跟|与)[^,。;]{1,4}?)?(?:都|也|的)?(?:不会|不干|不做|不接|除外|干不了|做不了)")
_FORBIDDEN = re.compile(r"(?:不准|不许|禁止|严禁|不得|不让)$")


def _ruled_out(text: str, each: Found[trade.Named]) -> bool:
    """A trade that somebody does not want (防水不会) or that is forbidden (不准养狗)."""
    return bool(_NOT_MINE.match(text, each.end) or _FORBIDDEN.search(text[max(0, each.start - 3) : each.start]))


def _within(each: Found[trade.Named], others: list[Found[str]]) -> bool:
    return any(other.start <= each.start and each.end <= other.end for other in others)


def _seeker(finds: Finds, text: str) -> Item:
    part = Part(0, len(finds.source.text), parting.best_trade(finds.source.text, finds.trades, ()))
    return _item(finds, text, part, [part], for_seeker=True)


def _jobs(finds: Finds, text: str) -> list[Item]:
    parts = parting.split(finds.source.text, finds.trades, finds.counts, finds.pays)
    return [_item(finds, text, part, parts) for part in parts]


_PROVISIONS: tuple[provisions.Kind, ...] = ("meals", "lodging", "transport")


def _item(finds: Finds, text: str, part: Part, parts: list[Part], *, for_seeker: bool = False) -> Item:
    mark = _Marker(finds.source, text)
    wage = _pay(finds, part, parts)
    times = _choose(part, parts, finds.hours, everywhere=True)
    start, end = _times(times)
    provided = {kind: _provided(finds, part, parts, kind) for kind in _PROVISIONS}
    if for_seeker and provided["transport"] and not provided["transport"].value.given:
        provided["transport"] = None
    return Item(
        trade=mark.one(part.named, lambda named: named.trade),
        headcount=None if for_seeker else mark.one(_count(finds, part, parts)),
        pay_min=mark.one(wage, lambda each: each.low),
        pay_max=mark.one(wage, lambda each: each.high),
        pay_unit=mark.one(wage, lambda each: each.unit or pay.guessed(each, _likely_unit(finds)).unit),
        settlement=mark.one(_first(_choose(part, parts, finds.settlements, everywhere=True))),
        start_date=mark.one(_first(_choose(part, parts, finds.dates, everywhere=True))),
        start_time=mark.one(start, lambda each: hours.clock(each.start or 0)),
        end_time=mark.one(end, lambda each: hours.clock(each.end or 0)),
        days=mark.one(_first(_choose(part, parts, finds.days, everywhere=True))),
        place=mark.verbatim(_place(finds, part, parts)),
        phone=mark.every(_phones(finds, part, parts)),
        meals=mark.one(provided["meals"], lambda each: each.given),
        lodging=mark.one(provided["lodging"], lambda each: each.given),
        transport=mark.one(provided["transport"], lambda each: each.given),
        gender=None if for_seeker else mark.one(_sex(finds, part, parts), lambda each: each.sex),
        age_min=None if for_seeker else mark.one(_age(finds, part, parts, "low"), lambda each: each.low or 0),
        age_max=None if for_seeker else mark.one(_age(finds, part, parts, "high"), lambda each: each.high or 0),
        certificates=mark.every(_papers(finds, part, parts)),
        flags=() if for_seeker else mark.every(_flags(finds, part, parts)),
    )


class _Marker:
    """Turns finds in the plain text into fields that point into the original."""

    def __init__(self, source: Plain, text: str) -> None:
        self._source = source
        self._text = text

    def one(self, found: Found[T] | None, value: Callable[[T], object] = lambda value: value) -> Field | None:  # type: ignore[type-arg]
        if found is None:
            return None
        return Field(value(found.value), (self._source.span(*found.span),), found.sure)

    def every(self, found: Sequence[Found[str]]) -> tuple[Field[str], ...]:
        return tuple(Field(each.value, (self._source.span(*each.span),), each.sure) for each in found)

    def verbatim(self, found: Found[str] | None) -> Field[str] | None:
        if found is None:
            return None
        span = self._source.span(*found.span)
        return Field(self._text[slice(*span)], (span,), found.sure)


def _first(found: Sequence[Found[T]]) -> Found[T] | None:
    return found[0] if found else None


def _choose(part: Part, parts: list[Part], found: Sequence[Found[T]], *, everywhere: bool = False) -> list[Found[T]]:
    """An item's own finds, else those outside all items, else (what a message says once for all) any."""
    if len(parts) == 1 or not found:
        return list(found)
    return parting.own(part, found) or parting.shared(parts, found) or (list(found) if everywhere else [])


def _asked_of(finds: Finds, part: Part, parts: list[Part], found: Sequence[Found[T]]) -> list[Found[T]]:
    """Like `_choose`; but what stands in a clause that names one item's trade again (焊工必须有证) is that item's."""
    if len(parts) == 1 or not found:
        return list(found)
    owners = [parting.owner(finds.source.text, each, parts) for each in found]
    mine = [each for each, owner in zip(found, owners, strict=True) if owner is part]
    return mine or [each for each, owner in zip(found, owners, strict=True) if owner is None]


def _place(finds: Finds, part: Part, parts: list[Part]) -> Found[str] | None:
    """The message's place, unless every item names its own."""
    each_own = all(parting.own(other, finds.places) for other in parts)
    return _first(parting.own(part, finds.places) if each_own else finds.places)


def _count(finds: Finds, part: Part, parts: list[Part]) -> Found[int] | None:
    if len(parts) == 1:
        return _first(finds.counts)
    return part.headcount


def _pay(finds: Finds, part: Part, parts: list[Part]) -> Found[pay.Pay] | None:
    if part.pay is not None:
        return part.pay
    only_last = len(parts) > 1 and all(other.pay is None for other in parts[:-1])
    candidates = [parts[-1].pay] if only_last and parts[-1].pay else parting.shared(parts, finds.pays)
    candidates = [each for each in candidates if only_last or all(each is not other.pay for other in parts)]
    if len(parts) == 1:
        candidates = finds.pays
    best = max(candidates, key=lambda each: (each.value.rank, -each.start), default=None)
    return pay.spread(best, candidates, finds.source.text) if best else None


def _likely_unit(finds: Finds) -> pay.Unit | None:
    if _BY_THE_PIECE.search(finds.source.text) and all(each.value.high < 200 for each in finds.pays):
        return "piece"
    said = [each.value.unit for each in finds.pays if each.value.unit is not None]
    said = [unit for unit in said if unit != "job"] or said
    if said:
        return said[0]
    one_off = pay.is_one_off(finds.source.text)
    if _ONE_DAY.search(finds.source.text) and all(40 <= each.value.high < 900 for each in finds.pays):
        return "day"
    if not one_off and _A_HEAD.search(finds.source.text) and all(40 <= each.value.high < 900 for each in finds.pays):
        return "day"
    if any(each.value == "on_completion" for each in finds.settlements) or one_off:
        return "job" if all(each.value.high < 2000 for each in finds.pays) else None
    if any(each.value == "daily" for each in finds.settlements) and all(each.value.high < 2000 for each in finds.pays):
        return "day"
    unit = _unit_in_words(finds.source.text)
    return None if unit == "piece" and any(each.value.high >= 1000 for each in finds.pays) else unit


def _unit_in_words(text: str) -> pay.Unit | None:
    return next((unit for words, unit in _UNITS_IN_WORDS if words in text), None)


_A_HEAD = re.compile(r"(?:[一每]个?人|人均)(?:给|发|付|开|算)?\d")
_ONE_DAY = re.compile(
    r"(?:干|做|就|共|帮忙?|明天|今天)一天(?=,|。|;| |\n|$)|一天[\d一二三四五六七八九十]+个?(?:小时|钟头)"
)
_BY_THE_PIECE = re.compile(
    r"[按论](?:平方?|平米|吨|亩|车|趟|单|个|斤|件|方|筐|袋|箱|户|台|条|棵|根|扇|套|桌|张|份|人头|点|盒|只|头|米)(?!工|月|人|来|顺)"
)
_UNITS_IN_WORDS: tuple[tuple[str, pay.Unit], ...] = (
    ("月工资", "month"),
    ("月薪", "month"),
    ("日工资", "day"),
    ("日薪", "day"),
    ("按天", "day"),
    ("时薪", "hour"),
    ("按小时", "hour"),
    ("计件", "piece"),
    ("按件", "piece"),
)


def _times(times: list[Found[hours.Hours]]) -> tuple[Found[hours.Hours] | None, Found[hours.Hours] | None]:
    """The start of the first stretch and the end of the last (a morning and an afternoon are one day)."""
    starts = [each for each in times if each.value.start is not None]
    ends = [each for each in times if each.value.end is not None]
    return (starts[0] if starts else None), (ends[-1] if ends else None)


def _phones(finds: Finds, part: Part, parts: list[Part]) -> list[Found[str]]:
    if len(parts) == 1:
        return finds.phones
    tied = telephones.tied(finds.source.text, finds.phones, finds.trades, parts)
    mine = [number for number, theirs in zip(finds.phones, tied, strict=True) if part in theirs]
    return mine or [number for number, theirs in zip(finds.phones, tied, strict=True) if not theirs] or finds.phones


def _provided(finds: Finds, part: Part, parts: list[Part], kind: provisions.Kind) -> Found[provisions.Provision] | None:
    mentions = [each for each in finds.provisions if each.value.kind == kind]
    chosen = _asked_of(finds, part, parts, mentions)
    return next((each for each in chosen if each.value.given), _first(chosen))


def _sex(finds: Finds, part: Part, parts: list[Part]) -> Found[person.SexAsked] | None:
    return _first(_asked_of(finds, part, parts, finds.sexes))


def _age(finds: Finds, part: Part, parts: list[Part], side: str) -> Found[person.Ages] | None:
    said = [each for each in finds.ages if getattr(each.value, side) is not None]
    return _first(_asked_of(finds, part, parts, said))


def _papers(finds: Finds, part: Part, parts: list[Part]) -> list[Found[str]]:
    if len(parts) == 1:
        return finds.certificates
    return [each for each in finds.certificates if parting.owner(finds.source.text, each, parts) in (None, part)]


def _flags(finds: Finds, part: Part, parts: list[Part]) -> list[Found[str]]:
    """The rules that the item runs into, sorted by name."""
    found = {rule: Found(rule, *span) for rule, span in finds.signs.items()}
    sex = _sex(finds, part, parts)
    if sex is not None and sex.value.firm and not sex.value.ground:
        found["gender_restriction"] = Found("gender_restriction", *sex.span)
    ages = _age(finds, part, parts, "low")
    if ages is not None and (ages.value.low or 99) < screening.YOUNGEST:
        found["underage"] = Found("underage", *ages.span)
    long_day = _long_day(finds, part, parts)
    if long_day is not None:
        found["excessive_hours"] = Found("excessive_hours", *long_day)
    return [found[rule] for rule in sorted(found)]


def _long_day(finds: Finds, part: Part, parts: list[Part]) -> Span | None:
    stated = hours.day_length(finds.source.text)
    if stated is not None and stated.value > screening.LONGEST_DAY:
        return stated.span
    times = _choose(part, parts, finds.hours, everywhere=True)
    lengths = [(hours.length(each.value), each.span) for each in times]
    if len(times) == 2 and all(length is None for length, _ in lengths):
        lengths = [(hours.length(hours.Hours(times[0].value.start, times[1].value.end)), times[0].span)]
    return next((span for worked, span in lengths if worked and screening.LONGEST_DAY < worked < 24), None)
