"""Reads the cells of a roster's row as a registration."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from linggong.lib import trades
from linggong.lib.money import read_yuan
from linggong.lib.text import compact
from linggong.places.models import Division
from linggong.workers.errors import ValueRefused, at
from linggong.workers.models import PriorityGroup, Skill
from linggong.workers.records import NewWorker

MONTHLY_FROM_FEN = 100_000
"""A thousand yuan or more without a unit is a month's pay."""

_BETWEEN_WORDS = re.compile(r"[、,;/|\s]+|和|及")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+")
_NO_PAY = {"", "面议", "不限", "无", "按市场价", "/"}
_UNITS = (("小时", "hour"), ("时", "hour"), ("月", "month"), ("件", "piece"), ("天", "day"), ("日", "day"))
_GROUPS = {
    "毕业生": PriorityGroup.GRADUATE, "农民工": PriorityGroup.MIGRANT, "脱贫": PriorityGroup.OUT_OF_POVERTY,
    "贫困": PriorityGroup.OUT_OF_POVERTY, "退役": PriorityGroup.DEMOBILISED, "退伍": PriorityGroup.DEMOBILISED,
    "残疾": PriorityGroup.DISABLED, "就业困难": PriorityGroup.HARD_TO_PLACE, "零就业": PriorityGroup.ZERO_EMPLOYMENT,
    "大龄": PriorityGroup.OVER_AGE,
}  # fmt: skip
_SUFFIX = re.compile(r"(村民委员会|居民委员会|村委会|居委会|社区|街道办事处|街道|办事处|乡|镇|村)$")


class Places:
    """The divisions of a roster's area by what people write: '张庄', '张庄村', '马厂镇张庄村'."""

    def __init__(self, area: str) -> None:
        below = list(Division.objects.filter(code__startswith=area))
        names = {place.code: place.name for place in below}
        self._codes: dict[str, set[str]] = {}
        for place in below:
            above = names.get(place.code[:9], "") if place.level == Division.Level.VILLAGE else ""
            for written in self._spellings(place.name, above):
                self._codes.setdefault(written, set()).add(place.code)

    def code(self, written: str) -> str:
        """The one division that is meant. Raises ValueRefused."""
        text = compact(written)
        codes = self._codes.get(text) or self._codes.get(_SUFFIX.sub("", text)) or set()
        if len(codes) == 1:
            return next(iter(codes))
        if codes:
            raise ValueRefused(_("辖区里有几个“%(name)s”，请把乡镇也写上。") % {"name": text[:20]}, field="division")
        raise ValueRefused(_("辖区里没有“%(name)s”，请核对或清空这一格。") % {"name": text[:20]}, field="division")

    @staticmethod
    def _spellings(name: str, above: str) -> set[str]:
        short = _SUFFIX.sub("", name)
        spellings = {name, short, f"{short}村", f"{short}社区"}
        return spellings | {above + spelling for spelling in spellings} - {""}


@dataclass(frozen=True)
class Table:
    """How the rows of a roster are read: field to column, the columns' heads, where people live unless a row says."""

    mapping: Mapping[str, int]
    head: Sequence[str]
    area: str
    places: Places


def read_row(cells: Sequence[str], table: Table) -> NewWorker:
    """The registration a row stands for. Raises a `Refusal` that names the field."""

    def told(field: str) -> str:
        column = table.mapping.get(field, len(cells))
        return cells[column] if column < len(cells) else ""

    codes, unknown = _trades(told("trades"))
    return NewWorker(
        name=told("name"),
        identity_number=_exact(told("identity_number")),
        telephone=told("telephone"),
        trades=tuple((code, Skill.SKILLED) for code in codes),
        division=table.places.code(told("division")) if told("division") else table.area,
        wishes="，".join(text for text in (told("wishes"), *unknown) if text),
        priority_groups=tuple(group for word, group in _GROUPS.items() if word in told("priority_groups")),
        certificates=tuple((name, None) for name in _words(told("certificates")) if name != "无"),
        contact_name=told("contact_name"),
        contact_telephone=told("contact_telephone"),
        address=told("address"),
        note=told("note"),
        consent=True,
        **_pay(told("pay"), table.head[table.mapping["pay"]] if "pay" in table.mapping else ""),
    )


def _exact(number: str) -> str:
    if _SCIENTIFIC.fullmatch(compact(number)):
        raise ValueRefused(
            _("表格软件把身份证号当成数字存，后几位已经丢了。请把这一列改成“文本”格式，再重新填写号码。"),
            field="identity_number",
        )
    return number


def _trades(written: str) -> tuple[list[str], list[str]]:
    """Codes of the trades that are known, and the words that are not."""
    words = _words(written)
    found = {word: _trade(word) for word in words}
    codes = [code for code in dict.fromkeys(found.values()) if code]
    if words and not codes:
        sentence = _("没有认出工种“%(word)s”，请换一个常用的叫法，例如 瓦工、保洁、搬运。") % {"word": written[:20]}
        raise ValueRefused(sentence, field="trades")
    return codes, [word for word, code in found.items() if not code]


@lru_cache(maxsize=2048)
def _trade(word: str) -> str:
    found = trades.find_trades(re.sub(r"\(.*?\)", "", word), 1) if len(word) > 1 else []
    return found[0].code if found else ""


def _words(written: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(written) if word]


def _pay(written: str, head: str) -> dict[str, Any]:
    """'220', '220元/天', '200-250' (the lower end), '4000/月', '面议'."""
    text = compact(written)
    if text in _NO_PAY:
        return {}
    amount = re.search(r"-?[0-9]+(?:\.[0-9]+)?", written.replace(",", ""))
    with at("pay_asked_fen"):
        fen = read_yuan(amount[0] if amount else written)
    told = next((unit for word, unit in _UNITS if word in text), None)
    told = told or next((unit for word, unit in _UNITS if word in head), None)
    return {"pay_asked_fen": fen, "pay_unit": told or ("month" if fen >= MONTHLY_FROM_FEN else "day")}
