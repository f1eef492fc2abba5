"""Reads one message: every field's reader in turn, then the kind, then the items."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

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

T = TypeVar("T")
V = TypeVar("V")


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
    finds = _find(plain(text), posted_at)
    evidence = kinds.Evidence(
        trade=max([each.value.strength for each in finds.trades], default=0),
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
    finds = _find(plain(text), posted_at)
    part = Part(0, len(finds.source.text), parting.best_trade(finds.source.text, finds.trades, finds.counts))
    item = _item(finds, text, part, [part])
    return item if any(each.value.unit for each in finds.pays) else replace(item, pay_unit=None)


def _find(source: Plain, posted_at: datetime) -> Finds:
    """The readers in their order: what is surest to be told apart is blotted out first."""
    sheet = Sheet(source, posted_at)
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
    kept = [each for each in trades if not _within(each, papers)] if papers else trades
    if "不" in text or "禁" in text or "除" in text:
        kept = [each for each in kept if not _ruled_out(text, each)]
    if not [each for each in kept if each.value.strength >= trade.GENERAL]:
        kept = trades
    if "满" in text or "够" in text or "齐" in text:
        kept = [each for each in kept if not _FULL.match(text[each.end : each.end + 10])] or kept
    outside = [each for each in kept if not _within(each, places[:1])] if places else kept
    return outside if [1 for each in outside if each.value.trade != trade.SAME_AS_BEFORE] else kept or trades


_NOT_MINE = re.compile(r"(?:(?:和|、|跟|与)[^,。;]{1,4}?)?(?:都|也|的)?(?:不会|不干|不做|不接|除外|干不了|做不了)")
_FORBIDDEN = re.compile(r"(?:不准|不许|禁止|严禁|不得|不让)$")


def _ruled_out(text: str, each: Found[trade.Named]) -> bool:
    """A trade that somebody does not want (防水不会) or that is forbidden (不准养狗)."""
    return bool(_NOT_MINE.match(text, each.end) or _FORBIDDEN.search(text[max(0, each.start - 3) : each.start]))


def _within(each: Found[trade.Named], others: list[Found[str]]) -> bool:
    return bool([1 for other in others if other.start <= each.start and each.end <= other.end])


def _seeker(finds: Finds, text: str) -> Item:
    part = Part(0, len(finds.source.text), parting.best_trade(finds.source.text, finds.trades, ()))
    return _item(finds, text, part, [part], for_seeker=True)


def _jobs(finds: Finds, text: str) -> list[Item]:
    parts = parting.split(finds.source.text, finds.trades, finds.counts, finds.pays)
    return [_item(finds, text, part, parts) for part in parts]


def _item(finds: Finds, text: str, part: Part, parts: list[Part], *, for_seeker: bool = False) -> Item:
    """What the finds say of one part; somebody who wants work is asked for no number, sex or age."""
    origin = finds.source.origin
    item = Item(
        phone=tuple([_field(origin, each, each.value) for each in _phones(finds, part, parts)]),
        certificates=tuple([_field(origin, each, each.value) for each in _papers(finds, part, parts)]),
    )
    if part.named:
        item.trade = _field(origin, part.named, part.named.value.trade)
    if wage := _pay(finds, part, parts):
        item.pay_min = _field(origin, wage, wage.value.low)
        item.pay_max = _field(origin, wage, wage.value.high)
        item.pay_unit = _field(origin, wage, wage.value.unit or pay.guessed(wage.value, _likely_unit(finds)))
    if found := _choose(part, parts, finds.settlements):
        item.settlement = _field(origin, found[0], found[0].value)
    if starts := _choose(part, parts, finds.dates):
        item.start_date = _field(origin, starts[0], starts[0].value)
    if days := _choose(part, parts, finds.days):
        item.days = _field(origin, days[0], days[0].value)
    if times := _choose(part, parts, finds.hours):
        _put_times(item, origin, times)
    if named := _place(finds, part, parts):
        item.place = _field(origin, named, text[origin[named.start] : origin[named.end - 1] + 1])
    if finds.provisions:
        for provided in _provided(finds, part, parts, for_seeker=for_seeker):
            setattr(item, provided.value.kind, _field(origin, provided, provided.value.given))
    if not for_seeker:
        _put_asked(item, finds, part, parts)
    return item


def _field(origin: Sequence[int], found: Found[Any], value: V) -> Field[V]:
    """A value with the place in the original of the find that says it."""
    _, start, end, sure = found
    return Field(value, ((origin[start], origin[end - 1] + 1),), sure)


def _put_times(item: Item, origin: Sequence[int], times: list[Found[hours.Hours]]) -> None:
    """The start of the first stretch and the end of the last (a morning and an afternoon are one day)."""
    if starts := [each for each in times if each.value.start is not None]:
        item.start_time = _field(origin, starts[0], hours.clock(starts[0].value.start or 0))
    if ends := [each for each in times if each.value.end is not None]:
        item.end_time = _field(origin, ends[-1], hours.clock(ends[-1].value.end or 0))


def _put_asked(item: Item, finds: Finds, part: Part, parts: list[Part]) -> None:
    """Number, sex and age of the people asked for, and the rules that the item runs into."""
    origin = finds.source.origin
    sex = youngest = None
    if count := part.headcount if len(parts) > 1 else _first(finds.counts):
        item.headcount = _field(origin, count, count.value)
    if sexes := _asked_of(finds, part, parts, finds.sexes):
        sex = sexes[0]
        item.gender = _field(origin, sex, sex.value.sex)
    if finds.ages:
        youngest = _first(_asked_of(finds, part, parts, [each for each in finds.ages if each.value.low is not None]))
        oldest = _first(_asked_of(finds, part, parts, [each for each in finds.ages if each.value.high is not None]))
        item.age_min = _field(origin, youngest, youngest.value.low or 0) if youngest else None
        item.age_max = _field(origin, oldest, oldest.value.high or 0) if oldest else None
    if flags := _flags(finds, part, parts, sex, youngest):
        item.flags = tuple([_field(origin, each, each.value) for each in flags])


def _first(found: Sequence[T]) -> T | None:
    return found[0] if found else None


def _choose(part: Part, parts: list[Part], found: list[Found[T]]) -> list[Found[T]]:
    """An item's own finds, else those outside all items, else any: what a message says once it says for all."""
    if len(parts) == 1 or not found:
        return found
    return parting.own(part, found) or parting.shared(parts, found) or found


def _asked_of(finds: Finds, part: Part, parts: list[Part], found: list[Found[T]]) -> list[Found[T]]:
    """Like `_choose`; but what stands in a clause that names one item's trade again (焊工必须有证) is that item's."""
    if len(parts) == 1 or not found:
        return found
    owners = [parting.owner(finds.source.text, each, parts) for each in found]
    mine = [each for each, owner in zip(found, owners, strict=True) if owner is part]
    return mine or [each for each, owner in zip(found, owners, strict=True) if owner is None]


def _place(finds: Finds, part: Part, parts: list[Part]) -> Found[str] | None:
    """The message's place, unless every item names its own."""
    if len(parts) == 1 or not all(parting.own(other, finds.places) for other in parts):
        return _first(finds.places)
    return parting.own(part, finds.places)[0]


def _pay(finds: Finds, part: Part, parts: list[Part]) -> Found[pay.Pay] | None:
    if part.pay is not None:
        return part.pay
    candidates = finds.pays if len(parts) == 1 else _unowned_pays(finds, parts)
    if len(candidates) < 2:
        return _first(candidates)
    best = max(candidates, key=lambda each: (each.value.rank, -each.start))
    return pay.spread(best, candidates, finds.source.text)


def _unowned_pays(finds: Finds, parts: list[Part]) -> list[Found[pay.Pay]]:
    """What an item without pay of its own may be paid: the last item's where no other has any."""
    if parts[-1].pay and all(other.pay is None for other in parts[:-1]):
        return [parts[-1].pay]
    return [each for each in parting.shared(parts, finds.pays) if all(each is not other.pay for other in parts)]


def _likely_unit(finds: Finds) -> pay.Unit | None:
    if all(each.value.high < 200 for each in finds.pays) and _BY_THE_PIECE.search(finds.source.text):
        return "piece"
    said = [each.value.unit for each in finds.pays if each.value.unit is not None]
    said = [unit for unit in said if unit != "job"] or said
    if said:
        return said[0]
    one_off = pay.is_one_off(finds.source.text)
    a_day = all(40 <= each.value.high < 900 for each in finds.pays)
    if a_day and (_ONE_DAY.search(finds.source.text) or (not one_off and _A_HEAD.search(finds.source.text))):
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


def _phones(finds: Finds, part: Part, parts: list[Part]) -> list[Found[str]]:
    if len(parts) == 1 or len(finds.phones) < 2:
        return finds.phones
    tied = telephones.tied(finds.source.text, finds.phones, finds.trades, parts)
    mine = [number for number, theirs in zip(finds.phones, tied, strict=True) if part in theirs]
    return mine or [number for number, theirs in zip(finds.phones, tied, strict=True) if not theirs] or finds.phones


def _provided(finds: Finds, part: Part, parts: list[Part], *, for_seeker: bool) -> list[Found[provisions.Provision]]:
    """At most one mention of each kind, one that grants before one that refuses; no seeker refuses transport."""
    by_kind: dict[str, list[Found[provisions.Provision]]] = {}
    for each in finds.provisions:
        by_kind.setdefault(each.value.kind, []).append(each)
    kept = []
    for kind, said in by_kind.items():
        asked = _asked_of(finds, part, parts, said)
        granted = [each for each in asked if each.value.given]
        if granted or (asked and not (for_seeker and kind == "transport")):
            kept.append((granted or asked)[0])
    return kept


def _papers(finds: Finds, part: Part, parts: list[Part]) -> list[Found[str]]:
    if len(parts) == 1:
        return finds.certificates
    return [each for each in finds.certificates if parting.owner(finds.source.text, each, parts) in (None, part)]


def _flags(
    finds: Finds, part: Part, parts: list[Part], sex: Found[person.SexAsked] | None, youngest: Found[person.Ages] | None
) -> list[Found[str]]:
    """The rules that the item runs into, sorted by name."""
    found = dict(finds.signs)
    minors = found.pop("underage", None)
    if minors and _asked_of(finds, part, parts, [Found("underage", *minors)]):
        found["underage"] = minors
    if sex is not None and sex.value.firm and not sex.value.ground:
        found["gender_restriction"] = sex.span
    if youngest is not None and (youngest.value.low or 99) < screening.YOUNGEST:
        found["underage"] = youngest.span
    long_day = _long_day(finds, part, parts)
    if long_day is not None:
        found["excessive_hours"] = long_day
    return [Found(rule, *span) for rule, span in sorted(found.items())] if found else []


def _long_day(finds: Finds, part: Part, parts: list[Part]) -> Span | None:
    stated = hours.day_length(finds.source.text)
    if stated is not None and stated.value > screening.LONGEST_DAY:
        return stated.span
    if not finds.hours:
        return None
    times = _choose(part, parts, finds.hours)
    lengths = [(hours.length(each.value), each.span) for each in times]
    if len(times) == 2 and all(length is None for length, _ in lengths):
        lengths = [(hours.length(hours.Hours(times[0].value.start, times[1].value.end)), times[0].span)]
    longest = screening.LONGEST_DAY + hours.rest(finds.source.text)
    return next((span for worked, span in lengths if worked and longest < worked < 24), None)
