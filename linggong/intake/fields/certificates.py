"""Certificates that are asked for (or held, by who seeks work), as the text names them."""

import re
from functools import cache

from linggong.intake.lexicon import rows
from linggong.intake.sheet import Found, Sheet
from linggong.intake.signs import Rare, Span, guarded, one_of

_LICENCE = Rare(
    r"(?:驾照|驾驶证|驾驶本|驾本)?:?(?:(?<![A-Za-z0-9])|(?<=[ABC][1-3]))(?P<licence>(?:[ABCDENQTP]|G(?=\d(?:证|司炉|锅炉|本)))[1-6](?!叉车证|叉车操作|电工证|焊工证|司机证)|[ABC](?=证|本|照|驾))(?:E(?=驾|"
    r"证|照))?(?:[以及]?以?上)?(?:类|型)?(?:及以上|以上)?(?P<word>驾驶证|驾驶本|"
    r"驾照|驾驶执照|驾本|证|照|本|票)?(?:(?=[ABC][1-3])|(?![A-Za-z0-9座栋区单楼口幢馆号厅服高]))"
)
_MODIFIER = (
    r"(?:(?:[NQGT]\d|低压|高压|初级|中级|高级|特级|一级|二级|三级|四级|五级|国家|有效|特种|"
    r"二保焊|氩弧焊|压力|电|气|煤矿|矿山|护士|会计|中式|西式|母婴|小儿|幼儿|小学|初中|高中|英语|建筑|"
    r"食品|道路|机动|挖掘机|装载机|联合收割机|收割机|拖拉机|起重机|压路机|塔吊|叉车(?=操作|驾驶|作业)|矿工|井下|桥式|汽车|摩托)*)"
)
_GENERAL = re.compile(
    r"(?:有|持|需要?|须|要|凭|带|具备|考取?|取得|拿|:|、|,|和|及|或|的|必须|办|"
    r"双|齐|证|^|\n| |\()(?P<name>[\u4e00-\u9fff]{2,10}?(?:资格证书?|等级证书?|操作证|"
    r"上岗证|从业证|合格证|执业证|证书|证))(?!件|明|实|人|券|据|照)"
)
_ASKED = re.compile(r"(?:要|有|持|需|须|带|具备|考|必须|办理?|会(?!计)|能|都)*")
_NO_CERTIFICATE = re.compile(
    r"身份|居民|户口|毕业|学历|学位|暂住|居住|结婚|学生|老年|保证|验证|认证|凭证|"
    r"见证|签证|公证|证件|离职|残疾|退伍|考证|房产|营业|不需|无需|没有|任何|办证|"
    r"土地|押|查得|严证|真证|这证|什么|通行|出入|停车|工作证|离婚|准生|征信|会员|几证|多证|无证|"
    r"论证|求证|查证|印证|社保|担保|假|就|不|扣|房本|退[伍五]|有证|带证|持证"
)
_WITHHELD_BEFORE = re.compile(r"(?:押|扣|扣下|扣留|收走)(?:着|住|下)?(?:[\u4e00-\u9fff]{0,4}证[件、和跟与及]*)*$")
_DENIED_BEFORE = re.compile(
    r"(?:无需|不需要?|不用|不要求?|无须|免|不必|没有?|无|不看|不限|不办|不查)(?:要|"
    r"有|带|办|持|任何|什么|:)*(?:[\u4e00-\u9fff]{1,6}证、)?$"
)
_DENIED_AFTER = re.compile(
    r"^(?:,|也)?(?:不需要|不要求|不用|不要|无所谓|没有也|有没有都|可有可无|没有?(?:也|都)|无也|不限|不看)"
)


@cache
def _known() -> re.Pattern[str]:
    return guarded(
        rf"(?P<name>{_MODIFIER}{one_of(row[0] for row in rows('certificates'))}(?:[一二三][级甲乙][甲乙]?等?)?(?!件))"
    )


def read(sheet: Sheet) -> list[Found[str]]:
    """The certificates in the order of the text, the identity card never among them."""
    text = sheet.left
    found: dict[int, Found[str]] = {}
    taken: list[Span] = []
    for match in _LICENCE.finditer(text, sheet.held):
        _note(found, taken, text, match["licence"], match.start(), match.end())
    if "证" in text or "照" in text or "教资" in text:
        for pattern in (_known(), _GENERAL):
            for match in pattern.finditer(text):
                start, end = match.span("name")
                start += len(_ASKED.match(match["name"])[0])  # type: ignore[index]
                if not any(start < other[1] and other[0] < end for other in taken):
                    _note(found, taken, text, text[start:end], start, end)
    sheet.take(taken)
    return [found[start] for start in sorted(found)]


def _note(found: dict[int, Found[str]], taken: list[Span], text: str, name: str, start: int, end: int) -> None:
    if _NO_CERTIFICATE.search(name):
        return
    taken.append((start, end))
    if _WITHHELD_BEFORE.search(text[max(0, start - 10) : start]):
        return
    if not _DENIED_BEFORE.search(text[max(0, start - 14) : start]) and not _DENIED_AFTER.match(text[end : end + 6]):
        found[start] = Found(name, start, end, 0.9)
