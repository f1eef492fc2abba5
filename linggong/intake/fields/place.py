"""Where the work is: the place as the text writes it, the most specific span."""

import re
from functools import cache

from linggong.intake.lexicon import rows
from linggong.intake.sheet import TAKEN, Found, Sheet
from linggong.intake.text import Span

_NAME = r"[\u4e00-\u9fff0-9A-Za-z·]"
_LABELS = r"(?:工作地点|上班地点|工作地址|上班地址|施工地点|工地地址|工地位置|干活地点|集合地点|用工地点|作业地点|地点|地址|工地|位置|厂址|店址|校址|住址|地方|区域|所在地|意向地区?|意向地点|活在|地儿|坐标|定位|工作区域|作业地|场地|项目地址|项目地|项目|小区|就近|期望地区|意向区域|面试地址|求职区域|求职地点|期望地点)"
_LABELLED = re.compile(rf"(?<![\u4e00-\u9fff]){_LABELS}(?:在|就在|是|为|:|:在|\s)+(?P<place>{_NAME}{{2,24}})|(?:意向地区?|厂址|店址|地址|地点)(?P<place2>{_NAME}{{2,20}})")
_PREPOSITION = r"(?:就在|在|到(?!手|岗|位|付|期|账|时|底|家|处|货)|去(?!掉|年|皮)|位于|地处|坐落于?|靠近|接近|临近|紧邻|挨着|离|距离?|送到|送往|前往|来(?=[^,。;]{2,12}(?:镇|村|乡|县|区|路|街))|往|从|于|限|仅限|跑|想在|想去|只在|只去|住|家住|人在)"
_BEFORE_VERB = r"(?=(?:现|急|诚|长期|紧急|新开|高薪|本|因|扩|需|招|缺|要(?!求)|用工|用人|雇|聘|找|求|寻|有(?:活|个|一|几|批|工)|优先|那[边头面]|这[边头面]|附近|周边|的(?:活|工地|优先|找|来|都|老|货|果|地|大|苹|人|厨|服|保|瓦|木|小|工|朋|家|群)|里|干活|做|上班|的话|为主|一带|跑|都|就|也|可|能|都行|近|内|急|这儿|开工|施工|集合|工作|卸|装|搬|拆|砌|抹|打|摘|掰|修|疏|通|安|收|栽|种|清|挖|铺|刷|喷|绑|接|活|范围|干|吊|盖|订|绿|保|春|秋|值|看|做|洗|送|擦|刮|贴|帮|喂|放|养|焊|电|浇|支|布|布置|办|发|举|跟|挑|剪|割|拔|村民|农户|婚|外|食|后|厨|门|仓|员|院|幼|托|扫|环|园|公|楼|路))"
_FALLBACK_BLOCK = re.compile(
    r"[的了吗呢啊吧不没无可能会要来请好给就都也很我你您他她们谁什么哪这那与和或及多少几个名位岁年月日天号点半钱元块价薪资结付费活干做招聘雇找求缺需急速待遇打电联系话询报名微信加备注意者有用人先优限男女吃住饭餐送接班工证师傅经验熟练手力气身体健康轻松赚陪挣老实勤快学历长期短期临时立即马上随时直接一]"
)
_DETAIL = r"(?:[0-9A-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|号院|号|单元|座|区|期|楼|层|室|门|巷|里|号门|标段|组|社|队|村)){0,3}"


@cache
def _words(kind: str) -> str:
    words = {word for row in rows("place_endings") if row[0] == kind for word in row[1].split("|")}
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _gazetteer() -> str:
    words = {word for row in rows("gazetteer") for word in row[0].split("|")}
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _place() -> str:
    ending = rf"(?:(?:{_words('sure')})|(?<={_NAME}{_NAME})(?:{_words('house')}))"
    tail = rf"{_DETAIL}(?:{_words('tail')}){{0,2}}"
    return rf"(?:(?:{_gazetteer()})(?:{_NAME}{{0,9}}{ending})?|{_NAME}{{1,10}}?{ending}(?:{_NAME}{{1,8}}?{ending}){{0,3}}){tail}"


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(rf"(?P<lead>{_PREPOSITION})?(?P<place>{_place()})(?:这边|那边|那头|这头|里|内|近的?|干|做|跑|上班|附近|的|工作|一带|都行|优先|集合|为主|周边)?$")


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(rf"(?P<lead>{_PREPOSITION})(?P<place>{_place()})")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"(?P<place>{_place()}){_BEFORE_VERB}")


@cache
def _people() -> re.Pattern[str]:
    words = dict(rows("people"))  # type: ignore[arg-type]
    called = rf"(?:[老小大]?[{words['surname']}][\u4e00-\u9fff]?(?:{words['title']})|[老小][{words['surname']}])"
    return re.compile(rf"(?:联系人|联系|联络员|联络|负责人|咨询|找|电话|致电|打给|请|问|加|微信|电)?:?{called}(?![\u4e00-\u9fff]{{0,3}}(?:村|镇|庄|街|路|沟|店|坊|记|家))(?=[^\u4e00-\u9fff]|$|收|电话|联系|手机|微信|:)|(?:联系人|负责人|联络员):?[\u4e00-\u9fff]{{2,3}}(?=[^\u4e00-\u9fff]|$|电话)")


_LEADING_WORDS = re.compile(
    r"^(?:(?:紧急|急|诚|长期|现|因|本人|本|我们?|俺们?|咱们?|各位|大家|老乡们?|师傅们?|群里|有没有|有|谁|明天|今天|后天|早上|晚上|上午|下午|每天|就近|地点|地址|位置|工地|集合|干活|上班|工作|招聘|招工|招|聘|用工|用人|急招|急需|需要|需|要|想|可|能|都|就|只|最好|住|家|人|也|搬到|拉到|运到|送|从|由|给|帮|帮忙|为|接|村里|县里|镇里|往|面试|发布|新开业?的?|新店|的|,|:|-|\d+[.、)]))+"
)
_NOT_PLACES = re.compile(
    r"^(?:[一二两三四五六七八九十几半每全整\d]+(?:口|路|行|区|场|店|家|楼|层|村|院|所|里|站|河)|.*(?:手续|工资|年龄|身份证|电话|联系|路费|车费|微信|经验|勿扰|优先|自理|报销|面议|要求|岗位|名额|男女|(?<!零)工人|人员)|人口|路口|门口|上班|车站|市场|工地|当地|本地|外地|家里|店里|厂里|场里|村里|城里人|公司|本公司|我公司|贵公司|本店|我店|我厂|本厂|酒店|饭店|超市|医院|学校|小区|仓库|有限公司|中心|项目|项目部|食堂|基地|大棚|果园|同城|线上|网上|伙房|宿舍楼|工厂|家政公司|劳务公司|人力公司|搬家公司|装修公司|商场|餐厅|宾馆|公园|幼儿园|合作社|农场|猪场|冷库|国际|在家|上门|高速|机场|居家|社区|物业|银行|库房|地里|园区|村委会?|街道|以内|市内|省内|区内|县内|一路|顺路|走路|铺路|修路|马路|上街|扫街|收入|到店|进店|看店|开店|驻店|本村|全村|邻村|本社区|老家|东家|主家|雇主家|各村|各乡镇|各小区|附近|这里|那里|哪里|这边|那边|开业|水管|下水道|养殖场|电厂|驿站|零工市场|.*家庭)$"
)


def read(sheet: Sheet, trade_spans: list[Span], phone_spans: list[Span]) -> list[Found[str]]:
    """The places of the text, the likeliest first; values are plain text, the reader takes the original by the span."""
    people = [match.span() for match in _people().finditer(sheet.left)]
    sheet.take(people)
    found: dict[int, Found[str]] = {}
    for start, end in _fragments(sheet.left):
        for each in _in_fragment(sheet.left, start, end):
            bonus = 0.03 if _near_phone(sheet.left, each, phone_spans) else 0.0
            found.setdefault(each.start, Found(each.value, each.start, each.end, min(each.sure + bonus, 0.97)))
    for each in _labelled(sheet.left):
        found[each.start] = each
    if not found:
        found = {each.start: each for each in _unknown(sheet.left, trade_spans, phone_spans)}
    return sorted(found.values(), key=lambda each: (-each.sure, each.start))


def _fragments(text: str) -> list[Span]:
    """The stretches of unread words between breaks."""
    return [match.span() for match in re.finditer(rf"[^,。;!?\n ()、:{TAKEN}+-]+", text)]


def _labelled(text: str) -> list[Found[str]]:
    found = []
    for match in _LABELLED.finditer(text):
        group = "place" if match["place"] else "place2"
        start, end = match.span(group)
        stripped = re.match(rf"(?:在|就在|位于|为|是)?(?P<core>{_place()}|{_NAME}+)", text[start:end])
        if stripped:
            start, end = start + stripped.start("core"), start + stripped.end("core")
        if end - start >= 2 and not re.fullmatch(r"(?:不限|面议|都行|详谈|电话联系|另议|待定|可选)", text[start:end]):
            found.append(Found(text[start:end], start, end, 0.97))
    return found


def _in_fragment(text: str, start: int, end: int) -> list[Found[str]]:
    fragment = text[start:end]
    lead = _LEADING_WORDS.match(fragment)
    core_at = lead.end() if lead else 0
    core = fragment[core_at:]
    match = _whole().match(core)
    if match and _good(match["place"]):
        return [_found(match, start + core_at, 0.9)]
    found = []
    for inner in _inside().finditer(fragment):
        if _good(inner["place"]):
            found.append(_found(inner, start, 0.85))
    match = _leading().match(core)
    if match and _good(match["place"]):
        found.append(_found(match, start + core_at, 0.75))
    return found


def _good(place: str) -> bool:
    return len(place) >= 2 and not _NOT_PLACES.match(place)


def _found(match: re.Match[str], offset: int, sure: float) -> Found[str]:
    return Found(match["place"], offset + match.start("place"), offset + match.end("place"), sure)


def _near_phone(text: str, found: Found[str], phones: list[Span]) -> bool:
    return any(0 <= start - found.end <= 6 for start, _ in phones)


def _unknown(text: str, trades: list[Span], phones: list[Span]) -> list[Found[str]]:
    """A name without any ending that stands alone before the telephone number, like a shop's."""
    found = []
    for start, end in _fragments(text):
        words = text[start:end]
        if not 2 <= end - start <= 8 or _FALLBACK_BLOCK.search(words) or not re.fullmatch(r"[\u4e00-\u9fff]+", words):
            continue
        if any(start < trade_end and trade_start < end for trade_start, trade_end in trades):
            continue
        near = any(0 <= phone - end <= 14 for phone, _ in phones)
        found.append(Found(words, start, end, 0.5 if near else 0.3))
    return found
