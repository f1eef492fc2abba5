"""The words of a message beside its form: which part of the text says which field, and how sure the reader is."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linggong.intake import Item
from linggong.intake.shape import Field as Said

SURE = 0.8
"""Below this a field is marked for the clerk to check."""
FIELD_OF = {
    "trade": "trade",
    "headcount": "places",
    "pay_min": "pay",
    "pay_max": "pay",
    "pay_unit": "pay_unit",
    "settlement": "settlement",
    "start_date": "day",
    "start_time": "starts",
    "end_time": "ends",
    "days": "days",
    "place": "place_name",
    "phone": "contact_telephone",
    "meals": "provided",
    "lodging": "provided",
    "transport": "provided",
    "gender": "gender",
    "age_min": "age_min",
    "age_max": "age_max",
    "certificates": "certificates",
    "flags": "flags",
}
"""From the reader's fields to those of the form."""
LABELS: dict[str, Promise] = {
    "trade": _("工种"),
    "places": _("人数"),
    "pay": _("工钱"),
    "pay_unit": _("单位"),
    "settlement": _("结算"),
    "day": _("日期"),
    "starts": _("几点起"),
    "ends": _("到几点"),
    "days": _("几天"),
    "place_name": _("地点"),
    "contact_telephone": _("电话"),
    "provided": _("管什么"),
    "gender": _("性别"),
    "age_min": _("年龄"),
    "age_max": _("年龄"),
    "certificates": _("证书"),
    "flags": _("审核"),
    "items": _("几个活"),
}
RULES: dict[str, Promise] = {
    "gender_restriction": _("限性别"),
    "fee_upfront": _("先收钱"),
    "suspected_scam": _("像骗局"),
    "underage": _("童工"),
    "excessive_hours": _("超12小时"),
    "document_withholding": _("扣证件"),
    "sexual_or_illegal": _("违法"),
    "pay_under_minimum": _("低于最低工资"),
}
REASONS = (_("已经招满"), _("联系不上发布人"), _("说不清干什么活"), _("不是招工"), _("不在本地"))
"""Why clerks mostly publish nothing, offered where they type."""


@dataclass(frozen=True)
class Part:
    """A stretch of the text. `fields` are the form's fields it speaks for; a plain stretch has none."""

    text: str
    fields: tuple[str, ...]
    label: object
    unsure: bool

    @property
    def names(self) -> str:
        return " ".join(self.fields)

    @property
    def flagged(self) -> bool:
        return "flags" in self.fields


def parts(text: str, item: Item) -> list[Part]:
    """The whole text in stretches, cut where a field begins or ends."""
    said = list(_said(item))
    cuts = sorted({0, len(text), *(at for _name, span, _sure in said for at in span if 0 <= at <= len(text))})
    return [_part(text, start, end, said) for start, end in pairwise(cuts)]


def unsure(item: Item) -> set[str]:
    """The form's fields that were read but should be looked at."""
    return {name for name, _span, sure in _said(item) if sure < SURE}


def read_fields(item: Item) -> set[str]:
    """The form's fields for which the text says something."""
    return {name for name, _span, _sure in _said(item)}


def change_label(field: str) -> object:
    """The name of a field in which a message differs from an earlier one."""
    return LABELS.get(FIELD_OF.get(field, field), field)


def _part(text: str, start: int, end: int, said: list[tuple[str, tuple[int, int], float]]) -> Part:
    here = [(name, span, sure) for name, span, sure in said if span[0] <= start and end <= span[1]]
    fields = tuple(dict.fromkeys(name for name, _span, _sure in here))
    begins = [name for name, span, _sure in here if span[0] == start]
    label = LABELS[begins[0]] if begins else ""
    return Part(text[start:end], fields, label, any(sure < SURE for _name, _span, sure in here))


def _said(item: Item) -> Iterator[tuple[str, tuple[int, int], float]]:
    for name, field in FIELD_OF.items():
        found = getattr(item, name)
        every: tuple[Said[object], ...] = found if isinstance(found, tuple) else (found,) if found else ()
        for each in every:
            yield from ((field, span, each.sure) for span in each.spans)
