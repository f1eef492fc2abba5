"""Several jobs in one message: where each begins and ends, and which finds belong to which."""

import itertools
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeVar

from linggong.intake.fields.pay import Pay
from linggong.intake.fields.trade import ACTIVITY, GENERAL, SAME_AS_BEFORE, TITLE, Named
from linggong.intake.sheet import TAKEN, Found, clause_around

T = TypeVar("T")
_JOINED = re.compile(r"^(?:师傅|工人?|人员|员|的)?(?:、|,|/|和|及|与|跟|以及|还有|\+|&| |兼招)$")
_PERSON_END = re.compile(r"(?:工|员|师|师傅|手|嫂|匠|长|姨|生|司机|播|安|洁|厨|计|纳|问|教)$")
_EACH = re.compile(r"各(?:招|要|需|缺|来|聘|岗位)?(?:约)?$|分别$|均(?:招|要|需|为)?$|每样$|各工种$")
_TOO = re.compile(r"(?:也|都|均|亦)?(?:行|可|要|收|能来|优先|可以)(?=,|。|;|\n|$|的)")
_STRONG = ";\n。"
_STOP = re.compile(f"[{_STRONG}]")
_BREAK = re.compile(r"[,。;\n]")
_BREAK_OR_FIGURE = re.compile(r"[,。;\n■\d一二两三四五六七八九十俩仨]")
_COUNTED = re.compile(r"[\d一二两三四五六七八九十]+[名个人位]")
_LAST_WORDS = re.compile(r"[\u4e00-\u9fff]{1,3}$")


class Part(NamedTuple):
    """One item's own stretch of the text, the words that name its trade, and its own number and pay if any."""

    start: int
    end: int
    named: Found[Named] | None
    headcount: Found[int] | None = None
    pay: Found[Pay] | None = None


def split(
    text: str, named: Sequence[Found[Named]], counts: Sequence[Found[int]], pays: Sequence[Found[Pay]]
) -> list[Part]:
    """The items of a job message in the order of the text; one part without bounds where there is a single item."""
    if len(named) > 1:
        named = [each for each in named if not _mere_duty(text, each, named)]
    if "优先" in text:
        named = [each for each in named if not _mere_wish(text, each)]
    strong = [each for each in named if each.value.strength >= GENERAL]
    anchors = _anchors(text, named, counts, pays) if len(strong) > 1 else []
    if len(anchors) < 2:
        best = best_trade(text, named, counts)
        return [Part(0, len(text), best, counts[0] if counts else None, None)]
    starts = [_start(text, anchor) for anchor in anchors]
    ends = [*starts[1:], _last_end(text, starts, anchors[-1], pays)]
    return [_part(anchor, start, end, pays) for anchor, start, end in zip(anchors, starts, ends, strict=True)]


_WISH = re.compile(r"(?:懂|会|做过|干过|有)[^,。;]{0,8}$")


def _mere_wish(text: str, named: Found[Named]) -> bool:
    """A trade that is only welcome beside another (懂木工电工优先)."""
    left, right = clause_around(text, *named.span)
    return "优先" in text[named.end : right] and bool(_WISH.search(text[left : named.start]))


_DUTY = re.compile(r"(?:自己|自行|兼|兼做|帮着|帮忙|协助|负责|得会|要会|顺带|顺便|还要|还得|包括)$")


def _mere_duty(text: str, named: Found[Named], others: Sequence[Found[Named]]) -> bool:
    """A work that the one named before does as well (司机，得自己装卸)."""
    led = _DUTY.search(text[max(0, named.start - 3) : named.start])
    return bool(led) and any(each.end <= named.start and each.value.strength == TITLE for each in others)


def _start(text: str, anchor: "_Anchor") -> int:
    """An item begins with the words just before its trade (女安检员), or with its number (3名瓦工)."""
    first = min(anchor.named.start, anchor.count.start if anchor.count else anchor.named.start)
    lead = _LAST_WORDS.search(text[max(0, first - 3) : first])
    return first - len(lead[0]) if lead and ("男" in lead[0] or "女" in lead[0]) else first


@dataclass(slots=True, eq=False)
class _Anchor:
    named: Found[Named]
    count: Found[int] | None = None
    pay: Found[Pay] | None = None
    paid_elsewhere: bool = False

    def owns(self) -> bool:
        return self.count is not None or self.pay is not None


def best_trade(text: str, named: Sequence[Found[Named]], counts: Sequence[Found[int]]) -> Found[Named] | None:
    """The word that says best what the work is: a title before a piece of work, beside a number, the earlier one."""
    named = [each for each in named if each.value.trade != SAME_AS_BEFORE]
    if not named:
        return None

    def rank(each: Found[Named]) -> tuple[float, int]:
        beside = bool([1 for count in counts if _beside(text, each, count)])
        asked = text[max(0, each.start - 3) : each.start].endswith(("招", "聘", "招聘", "缺", "会", "应聘", "当", "做"))
        return -(
            each.value.strength + (1.2 if each.value.strength > GENERAL else 0.6) * beside + 0.5 * asked
        ), each.start

    best = min(named, key=rank) if len(named) > 1 else named[0]
    nearer = _NEARER.get(best.value.word)
    return next((each for each in named if each.value.trade in nearer), best) if nearer else best


_CARERS = ("elder_carer", "maternity_nurse")
_NEARER: dict[str, tuple[str, ...]] = {
    "司机": ("machine_operator",),
    "驾驶员": ("machine_operator",),
    "阿姨": _CARERS,
    "住家阿姨": _CARERS,
    "住家保姆": _CARERS,
    "小时工": ("factory_worker",),
    "大师傅": ("bricklayer", "carpenter", "electrician", "welder", "painter"),
}
"""Titles of many trades, and the trades that they stand for where a word names one."""
_BETWEEN = re.compile(r"(?:师傅|工人?|人员|的|:| |,|\()*$")


def _beside(text: str, named: Found[Named], count: Found[int]) -> bool:
    """Whether a number stands right before or after the words for a trade."""
    if named.end <= count.start:
        return bool(_BETWEEN.match(text[named.end : count.start]))
    return 0 <= named.start - count.end <= 2


def _anchors(
    text: str, named: Sequence[Found[Named]], counts: Sequence[Found[int]], pays: Sequence[Found[Pay]]
) -> list[_Anchor]:
    """The words for a trade that have a number or pay of their own, or stand as titles side by side."""
    anchors = [_Anchor(each) for each in _merged(text, [each for each in named if each.value.strength >= GENERAL])]
    if len(anchors) < 2:
        return anchors
    unpaid = _without(text, pays)
    for count in counts:
        owner = _owner(unpaid, anchors, count)
        if owner is not None and owner.count is None:
            owner.count = count
    for pay in pays:
        before = [anchor for anchor in anchors if anchor.named.end <= pay.start]
        master = next((anchor for anchor in before if anchor.pay is None and _is_the_master(text, anchor, pay)), None)
        if master is not None:
            master.pay = pay
        elif before and before[-1].pay is None and _rated(text[before[-1].named.end : pay.start], before[-1]):
            before[-1].pay = pay
    anchors = [anchor for anchor in anchors if not _mere_quality(text, anchor)]
    owning = [anchor for anchor in anchors if anchor.owns()]
    counted = [anchor for anchor in anchors if anchor.count]
    if len(counted) >= 2:
        owning = counted + [
            anchor for anchor in anchors if anchor not in counted and anchor.pay and _another(anchor, counted)
        ]
    if len(counted) == 1:
        owning = _with_its_work(counted[0], owning)
    if len({anchor.named.value.word for anchor in owning}) < 2:
        owning = owning[:1]
    together = _side_by_side(text, anchors, counts)
    kept = owning + [anchor for anchor in together if anchor not in owning]
    if not [anchor for anchor in kept if anchor.count]:
        each = next((count for count in counts if _EACH.search(text[: count.start])), None)
        for anchor in kept:
            anchor.count = each
    return _inherited(_named_twice(sorted(kept, key=lambda anchor: anchor.named.start)), named)


def _is_the_master(text: str, anchor: _Anchor, pay: Found[Pay]) -> bool:
    """安装师傅2名、学徒2名，师傅7000: the pay is that of the one called so before."""
    return anchor.named.value.word.endswith("师傅") and text.endswith(("师傅", "师傅:"), 0, pay.start)


def _with_its_work(counted: _Anchor, owning: list[_Anchor]) -> list[_Anchor]:
    """挖机师傅一名，挖鱼塘一小时110: the pay of the piece of work behind the one who does it is theirs."""
    works = [anchor for anchor in owning if anchor.named.value.strength == ACTIVITY and anchor is not counted]
    if counted.pay is None and works and works[0].named.start > counted.named.start:
        counted.pay = works[0].pay
        return [anchor for anchor in owning if anchor not in works]
    return owning


def _without(text: str, found: Sequence[Found[Pay]]) -> str:
    """The text with these parts blotted out."""
    for each in found:
        text = f"{text[: each.start]}{TAKEN * (each.end - each.start)}{text[each.end :]}"
    return text


def _another(anchor: _Anchor, counted: list[_Anchor]) -> bool:
    """Whether a paid mention is an item, or the pay, of its own beside those with a number."""
    trades = {other.named.value.trade for other in counted}
    again = any(_kinship(anchor, other) for other in counted)
    return again or anchor.named.value.strength in (TITLE, GENERAL) or anchor.named.value.trade in trades


def _named_twice(anchors: list[_Anchor]) -> list[_Anchor]:
    """A trade that is named again with its number or its pay (招瓦工、小工，瓦工3人300，...) is one item."""
    kept: list[_Anchor] = []
    for anchor in anchors:
        before = max(
            (other for other in kept if _completes(anchor, other)), key=partial(_kinship, anchor), default=None
        )
        if before is None:
            kept.append(anchor)
        else:
            before.paid_elsewhere = before.paid_elsewhere or before.pay is None
            before.count, before.pay = before.count or anchor.count, before.pay or anchor.pay
    return kept


def _kinship(anchor: _Anchor, before: _Anchor) -> int:
    """How surely two mentions are of one item: the same word, a part of it, or only the same trade."""
    word, earlier = anchor.named.value.word, before.named.value.word
    return 2 if word == earlier else 1 if word in earlier else 0


def _completes(anchor: _Anchor, before: _Anchor) -> bool:
    """Whether a mention says of an earlier one what that leaves open."""
    if anchor.named.value.trade != before.named.value.trade and not _kinship(anchor, before):
        return False
    if (anchor.count and before.count) or (anchor.pay and before.pay):
        return False
    alike = bool(set(anchor.named.value.word) & set(before.named.value.word))
    return alike or bool(anchor.count and before.pay) or bool(anchor.pay and before.count)


def _inherited(anchors: list[_Anchor], named: Sequence[Found[Named]]) -> list[_Anchor]:
    """修车师傅1个，学徒1个: the apprentice's trade is the one named before."""
    for anchor in anchors:
        before = [each for each in named if each.end <= anchor.named.start and each.value.trade != SAME_AS_BEFORE]
        if anchor.named.value.trade == SAME_AS_BEFORE and before:
            anchor.named = anchor.named._replace(value=anchor.named.value._replace(trade=before[-1].value.trade))
    return [anchor for anchor in anchors if anchor.named.value.trade != SAME_AS_BEFORE]


def _mere_quality(text: str, anchor: _Anchor) -> bool:
    """熟手 without a number of its own says how good the one named before must be; 学徒也行 asks for nobody else."""
    named = anchor.named.value
    if named.trade != SAME_AS_BEFORE:
        return False
    return (named.strength == GENERAL and anchor.count is None) or bool(_TOO.match(text, anchor.named.end))


def _rated(gap: str, anchor: _Anchor) -> bool:
    """Whether pay that stands this far behind a word for a trade is that trade's."""
    if _STOP.search(gap):
        return False
    return (
        anchor.named.value.strength in (TITLE, GENERAL)
        or anchor.count is not None
        or (len(gap) <= 8 and "," not in gap)
    )


def _merged(text: str, named: Sequence[Found[Named]]) -> list[Found[Named]]:
    """Neighbouring words for the same trade, or a work beside its title, are one mention."""
    merged: list[Found[Named]] = []
    for each in named:
        last = merged[-1] if merged else None
        if last is not None:
            gap = text[last.end : each.start]
            near = len(gap) <= 6 and not _BREAK_OR_FIGURE.search(gap)
            listed = bool(_JOINED.match(gap)) and each.value.strength == TITLE and last.value.strength >= ACTIVITY
            if near and last.value.trade == each.value.trade and not listed:
                word = last.value.word + each.value.word
                merged[-1] = last._replace(end=each.end, value=last.value._replace(word=word))
                continue
            if _both_persons(last, each):
                merged.append(each)
                continue
            if (
                near
                and len(gap) <= 1
                and gap not in {"、", "/", "和", "及", "与", "跟", " "}
                and each.value.strength != last.value.strength
            ):
                if each.value.strength > last.value.strength:
                    merged[-1] = each
                continue
        merged.append(each)
    return merged


def _both_persons(left: Found[Named], right: Found[Named]) -> bool:
    """普工电工: two titles, not a work and its title."""
    titles = {left.value.strength, right.value.strength} <= {TITLE, GENERAL}
    return titles and bool(_PERSON_END.search(left.value.word) and _PERSON_END.search(right.value.word))


def _owner(text: str, anchors: Sequence[_Anchor], count: Found[int]) -> _Anchor | None:
    """The mention that a number belongs to: just before it in the clause, else just after it."""
    behind = next((anchor for anchor in anchors if anchor.named.start == count.end), None)
    if behind is not None and _COUNTED.match(text, behind.named.end):
        behind = None
    for anchor in reversed(anchors):
        if behind is not None and text[anchor.named.end : count.start]:
            continue
        if anchor.named.end <= count.start and not _STOP.search(text, anchor.named.end, count.start):
            gap = text[anchor.named.end : count.start].replace(TAKEN, "")
            if len(gap) <= 8 and anchor.count is None and "," not in gap[1:]:
                return anchor
            break
    for anchor in anchors:
        ahead = text[count.end : anchor.named.start]
        if anchor.named.start >= count.end and len(ahead) <= 6 and not _BREAK.search(ahead):
            return anchor if anchor.count is None else None
    return None


def _side_by_side(text: str, anchors: Sequence[_Anchor], counts: Sequence[Found[int]]) -> list[_Anchor]:
    """Titles in a row (瓦工、木工各3名) are so many items; each takes the number where it says so."""
    rows: list[list[_Anchor]] = []
    for left, right in itertools.pairwise(anchors):
        if not _joined(text, left.named, right.named, each=_one_each(text, right.named, counts)):
            continue
        if rows and rows[-1][-1] is left:
            rows[-1].append(right)
        else:
            rows.append([left, right])
    together = []
    for row in rows:
        count = next((count for count in counts if _follows(text, row[-1].named, count)), None)
        each = count is not None and _EACH.search(text[row[-1].named.end : count.start])
        if count is not None and not each and not all(_PERSON_END.search(anchor.named.value.word) for anchor in row):
            continue
        for anchor in row:
            if count is not None and (each or (anchor is row[-1])):
                anchor.count = count
            elif anchor.count is count:
                anchor.count = None
        together += row
    return together


def _one_each(text: str, named: Found[Named], counts: Sequence[Found[int]]) -> bool:
    return any(_EACH.search(text[named.end : count.start]) for count in counts if _follows(text, named, count))


def _follows(text: str, named: Found[Named], count: Found[int]) -> bool:
    return 0 <= count.start - named.end <= 8 and not _BREAK.search(text, named.end, count.start)


def _joined(text: str, left: Found[Named], right: Found[Named], *, each: bool) -> bool:
    if (left.value.trade == right.value.trade and not each) or {left.value.strength, right.value.strength} - {
        TITLE,
        GENERAL,
    }:
        return False
    gap = text[left.end : right.start]
    if gap == "":
        return bool(_PERSON_END.search(left.value.word) and _PERSON_END.search(right.value.word))
    return bool(_JOINED.match(gap)) and ("," not in gap or each or bool(_PERSON_END.search(left.value.word)))


_LEADS = f"(0123456789一二三四五六七八九十.、): -*·{string.ascii_uppercase}"
"""What may stand between two items: the number of the next in a list, the CNC of CNC学徒."""


def _last_end(text: str, starts: list[int], last: _Anchor, pays: Sequence[Found[Pay]]) -> int:
    """The last item ends as the others do: at a line or stop, else with its own number and pay."""
    parted = text[starts[-2] : starts[-1]].rstrip(_LEADS)[-1:]
    if parted and parted in _STRONG:
        return min((at for mark in _STRONG if (at := text.find(mark, starts[-1])) >= 0), default=len(text))
    reach = max(
        [last.named.end] + [each.end for each in (last.count, None if last.paid_elsewhere else last.pay) if each]
    )
    if text.count("(", starts[-1], reach + 6) > text.count(")", starts[-1], reach):
        reach = max(reach, text.find(")", reach))
    return min((at for mark in _STRONG + ", " if (at := text.find(mark, reach)) >= 0), default=len(text))


def _part(anchor: _Anchor, start: int, end: int, pays: Sequence[Found[Pay]]) -> Part:
    own = anchor.pay or next((pay for pay in pays if start <= pay.start < end), None)
    return Part(start, end, anchor.named, anchor.count, own)


def own(part: Part, found: Sequence[Found[T]]) -> list[Found[T]]:
    """What was found within an item's own stretch."""
    return [each for each in found if part.start <= each.start < part.end]


def shared(parts: Sequence[Part], found: Sequence[Found[T]]) -> list[Found[T]]:
    """What was found outside every item's stretch."""
    return [each for each in found if not any(part.start <= each.start < part.end for part in parts)]


def owner(text: str, found: Found[T], parts: Sequence[Part]) -> Part | None:
    """The item in whose stretch a find stands, or whose trade is named again before it in its clause."""
    clause = text[clause_around(text, *found.span)[0] : found.start]
    named = [part for part in parts if part.named and part.named.value.word in clause]
    if len(named) == 1:
        return named[0]
    return next((part for part in parts if part.start <= found.start < part.end), None)
