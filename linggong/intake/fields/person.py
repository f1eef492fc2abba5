"""Whom the text asks for: sex, whether as a restriction and on what lawful ground, and age."""

import re
from typing import Literal, NamedTuple

from linggong.intake.numbers import NUMBER, bounds
from linggong.intake.sheet import Found, Sheet, clause_around
from linggong.intake.signs import Rare, Span, guarded

Sex = Literal["male", "female"]

_EITHER = re.compile(
    r"男女(?:老少|老幼)?(?:都|均|皆|也|全|通|工)?(?:不限|可|行|要|收|均|能|招|"
    r"成|无所谓|不拘|不论|各|通用|兼|老少|可以|来|没要求|随意)|小哥哥小姐姐|小姐姐小哥哥|小[弟哥]小妹|帅哥美女|美女帅哥|姑娘小伙|小伙姑娘|大哥大姐|大姐大哥|婆姨汉子|汉子婆姨|媳妇汉子|男女老少|叔叔阿姨|阿姨叔叔|大叔大妈|不限男女|(?:不分|"
    r"不论|不管|无论|不拘)男女|(?:性别|男女)(?:要求)?:?(?:不限|不拘|无要求|没要求|"
    r"无所谓|均可|都行)|男的?、?女的?(?:都|均)(?:行|可|要|能)|男([^,。;女]{1,4})(?:、|和)?女\1|女([^,。;男]{1,4})(?:、|和)?男\2|男女|(?:老人妇女|"
    r"妇女老人|老人|妇女|女的)(?:都|均)(?:来|行|可|能|收|要)|(?:女的?|男的?|女工|"
    r"男工|女性|男性|女士|男士|妇女)也(?:行|可|要|能|收|成)"
)
_BOTH = re.compile(r"男(?:工|的|生|性)?[^,。;\n女]{0,10}[,、;/和 ]?女|女(?:工|的|生|性)?[^,。;\n男]{0,10}[,、;/和 ]?男")
_BOTH_AGES = re.compile(
    r"男\D{0,2}\d\d(?![名人个位])[^。;\n]{0,8}女\D{0,2}\d\d|女\D{0,2}\d\d(?![名人个位])[^。;\n]{0,8}男\D{0,2}\d\d"
)
_SEX = Rare(
    r"(?P<female>女(?:性|士|的|工|生|孩子?|同志|人|员工|娃|服务员|保洁|护工|司仪|"
    r"模特|店员|收银|导购|客服|文员|主播|营业员|技师|师傅|迎宾|帮厨|前台|礼仪|"
    r"助理|学徒|保安|安检|优先|搓|澡|浴|按摩|美|\)|(?=[\d一二两三四五六七八九十]+[名人个位])|"
    r"(?=[,。;\n ■)]|$))|妇女|姑娘|小姑娘|大姐们|大嫂|大姐|嫂子|小妹|妹子|大妈|婆姨|小媳妇|媳妇子|媳妇们|(?<=巧手)媳妇|"
    r"小姐姐|美女|闺女|阿姨(?=优先)|女)"
    r"|(?P<male>男(?:性|士|的|工|生|孩子?|同志|人|员工|娃|服务员|保安|护工|技师|"
    r"师傅|店员|帮厨|学徒|司机|搬运|壮|优先|搓|安检|\)|(?=[\d一二两三四五六七八九十]+[名人个位])|"
    r"(?=[,。;\n ■)]|$))|小伙子?们?|(?<!老少)爷们|壮汉|男劳力|汉子|老爷们|"
    r"男丁|男劳|(?<!快递)(?<!外卖)(?<!配送)小哥|大老爷们|男)"
)
_NOT_A_PERSON_AFTER = re.compile(
    r"^(?:女节|女主任|女之家|[装鞋裤包袜衣帽]|士皮|生宿舍|宿舍|厕|洗手间|卫生间|更衣|监|儿|婿|方家|"
    r"病房|浴|澡|宾|老人|病人|患者|主人|雇主|客|宝|婴|孩(?:子)?(?:上|放|接|\d)|"
    r"人街|神|厕所|队|友|双方|票|科|篮|足|排|病号|病员|士内衣|性内衣)"
)
_WORKER_AFTER_CARE = re.compile(r"(?:照顾|陪护|护理|伺候|看护|照料|服侍|带|看|接送|陪)[^,。;\n]{0,6}$")
_PREFERENCE = re.compile(
    r"优先|最好|偏|更好|为佳|为主|尽量|首选|倾向|较好|优选|最佳|比较合适|佳$|更合适|尤佳|合适$|适合|再好不过|为宜"
)
_ADDRESSED = re.compile(
    r"(?:[大小老]?[姐妹哥嫂]{1,2}|妹子|姑娘|婆姨|媳妇子?|美女|小姐姐|汉子|爷们|小伙子?|阿姨|大妈)们?[!,~]"
)
"""Whom a message calls to (大姐们，摘辣椒了), which restricts nobody."""
_CALLS = "各位亲爱的咱村里 "
_GROUND = re.compile(
    r"(?P<male>井下|矿井|煤矿下|下井|掘进|采煤|男(?:宾)?(?:浴|澡|厕|更衣|宿舍|"
    r"病房|监|科)|国家(?:规定|禁止)|第?四级体力|禁忌(?:从事|劳动)|高温.{0,4}四级)"
    r"|(?P<female>女(?:宾|士)?(?:子)?(?:浴|澡|厕|更衣|生宿舍|宿舍|病房|监|科|宾部|"
    r"工宿舍|洗手间|卫生间|汗蒸|池)|产房|妇科|女(?:病|患)[人者]?.{0,4}(?:擦|洗|"
    r"贴身)|国家(?:规定|允许)|女子(?:监|戒|看守))"
)
_CONTACT_BEFORE = re.compile(
    r"(?:联系人?:?[\u4e00-\u9fff]$|初[一二三]的?|高[一二三]的?|年级的?|岁的?小|中学|小学|孩子是|娃是|联系人?|找|姓|电话|咨询|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程"
    r"曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛"
    r"邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文闫牛樊申温郎冀原鲁韦聂齐庞祝甄褚卓费甘蒲芦靖邢窦翟蔺岳骆])[:]?$"
)
_COUNTED = re.compile("[一两二三四五六七八九十0-9]{1,2}[个名位]")
_NEGATED = re.compile(r"(?:不要|不招|不收|不用|不找|不安排|不让|不许|不准|禁止|谢绝|拒绝)$")
_WELCOME_TOO = re.compile(r"[^,。;\n男女]{0,4}也(?:行|可|要|能|收|成|来|中|欢迎|招|考虑|OK|ok)")
_REFUSED = re.compile(
    r"(?:[^,。;\n男女]{0,2}(?:一律|全|都|就|也)?(?:不要|不收|不招|不用|不考虑|免谈|勿扰|勿来|莫来|别来|甭来|不下井|(?:别|勿|莫|甭|不用|不必)(?:打|报|来|联系|加|问|投)|干不[动了]|拿不[动了]|扛不[动了]|做不[了来]|搬不动|吃不消)"
    r"|[^,。;\n男女]{0,6}(?:莫来|别来|甭来|不要来))"
)

_FIGURE = r"[\d零一二两俩仨三四五六七八九十百千万几]"
_SIDES = "及之以下内上里间往朝封打左起"
# Most figures are no ages, which what follows them tells at once.
_A_FIGURE_OF_AGE = (
    rf"(?=男?{_FIGURE}[\d.kKwW零一二两俩仨三四五六七八九十百千万几点]*+"
    rf"(?:[周岁含{_SIDES}]|(?:-+|~+|[到至、]|,?女){_FIGURE}|来岁|的[({_SIDES}]|\([含{_SIDES}]))"
)
_AGES = guarded(
    r"(?:(?=[年纪岁周不最小低限大超满已上下到至放别甭莫])(?P<cue>(?:年龄|年纪|岁数|周岁|年齡)(?:要求|范围|限制|段|条件)?(?:在|为|"
    r":|是|要|需|须|限|最好|一般|控制在|放宽到|可放宽到|可放宽至|放宽至|可|也可)*)?(?P<limit>不超过?|"
    r"不能超过|不大于|不高于|最大|最高|不过|小于|低于|限|大于|不小于|不低于|超过|"
    r"满|年满|已满|满足|上限|下限|到|至|放宽到|放宽至|别超过?|甭超过?|不要超过?|"
    rf"莫超过?|不得超过)?|{_A_FIGURE_OF_AGE})(?:男)?(?P<low>{NUMBER})(?P<unit0>周?岁)?(?:\(含\)|含)?(?:(?:以?上)?(?:-+|"
    rf"~+|到|至|、|,?女)(?P<high>{NUMBER}))?(?P<unit>周?岁|来岁)?(?:\(含\)|\(含[^)]*\)|"
    r"含)?(?:的)?(?P<side>(?:及|之|\()?(?:以?[下内上里]|以里|之?间|往下|往上|朝上|"
    r"朝下|以前|封顶|打住|左右|上下|起)\)?)?"
)
_REFUSED_BEFORE = re.compile(r"(?:不收|不要|不招|谢绝|不用|不考虑)$")
_TOO_YOUNG = Rare(
    rf"(?:不满|不够|没满|未满|不到|没到|小于|低于)(?P<low>{NUMBER})(?:周?岁)?(?:的|者)?[^。;\n]{{0,8}}(?:别来|勿扰|勿来|不要|不收|不招|不用|莫来|免|甭来|读书去|谢绝)"
)
_REFUSED_AFTER = re.compile(r"^(?:,勿扰|的?(?:勿扰|不要|不收|不招|免谈|别来|勿|免|谢绝|不考虑))")
_UPPER = re.compile(r"不超|不能超|不大于|不高于|最大|最高|小于|低于|限|不过|上限|到|至|别超|甭超|不要超|莫超|不得超")
_LOWER = re.compile(r"大于|不小于|不低于|超过|满|下限")


class SexAsked(NamedTuple):
    """The sex asked for; `firm` where it is no mere preference; `ground` where a lawful ground is stated."""

    sex: Sex
    firm: bool
    ground: bool


class Ages(NamedTuple):
    """The ages asked for, either side open."""

    low: int | None
    high: int | None


def read_sex(sheet: Sheet) -> list[Found[SexAsked]]:
    """Every restriction or preference by sex; none where both sexes are asked for."""
    text = sheet.left
    asked = list(_SEX.finditer(text, sheet.held))
    if not asked and "男" not in text:
        return []
    if "男" in sheet.text and _BOTH_AGES.search(sheet.text):
        return []
    if (match := _EITHER.search(text)) and not ("也" in match[0] and _PREFERENCE.search(text)):
        sheet.take([match.span()])
        asked = [
            each
            for each in asked
            if _ONLY_BEFORE.search(text[: each.start()]) and _apart(text, each.span(), match.span())
        ]
    found = [each for match in asked if (each := _sex(text, sheet.text, match))]
    preferred = [each for each in found if not each.value.firm]
    if preferred and not any(each.value.firm and text[each.start] in "男女" for each in found):
        found = preferred
    if len({each.value.sex for each in found}) > 1 and len(preferred) == 1:
        return preferred
    if (
        len({each.value.sex for each in found}) > 1
        and _BOTH.search(text)
        and not _apart(text, found[0].span, found[-1].span)
    ):
        return []
    return found


_ONLY_BEFORE = re.compile(r"(?:只要|只招|只收|仅限|仅招|限)[^,。;\n男女]{0,6}$")


def _apart(text: str, one: Span, other: Span) -> bool:
    """Whether two words for sexes stand in different lines or sentences, and so belong to two items."""
    between = text[min(one[1], other[1]) : max(one[0], other[0])]
    return any(mark in between for mark in ";\n。")


def _sex(text: str, whole: str, match: re.Match[str]) -> Found[SexAsked] | None:
    start, end = match.span()
    before, after = text[max(0, start - 10) : start], text[start + 1 : end + 6]
    if _NOT_A_PERSON_AFTER.match(after) or _WELCOME_TOO.match(text, end) or _called_to(text, start):
        return None
    if _CONTACT_BEFORE.search(before) and not _COUNTED.match(whole, end):
        return None
    if _WORKER_AFTER_CARE.search(before) and not match[0].endswith(("护工", "工", "优先")):
        return None
    refused = bool(_NEGATED.search(before) or _REFUSED.match(text, end))
    sex: Sex = "female" if bool(match["female"]) != refused else "male"
    left, right = clause_around(text, start, end)
    ground = any(each[sex] for each in _GROUND.finditer(whole))
    firm = not _PREFERENCE.search(text[left:start] + match[0] + re.split("[男女]", text[end:right])[0])
    return Found(SexAsked(sex, firm, ground), start, end, 0.9 if firm else 0.85)


def _called_to(text: str, start: int) -> bool:
    return bool(_ADDRESSED.match(text, start)) and text[:start].rstrip(_CALLS)[-1:] in ("", *"。!?;\n")


def read_ages(sheet: Sheet) -> list[Found[Ages]]:
    """The ages asked for, in the order of the text."""
    found = _refused_as_too_young(sheet)
    for match in _AGES.finditer(sheet.left):
        ages = _ages(match, sheet.left)
        if ages is not None:
            ages = _turned(ages, sheet.left, match)
            found.append(
                Found(
                    ages, _start(match), match.end(), 0.95 if match["unit"] or match["unit0"] or match["cue"] else 0.7
                )
            )
    sheet.take_found(found)
    return sorted(found, key=lambda each: each.start)


def _start(match: re.Match[str]) -> int:
    """Without the 男 of 男20-45岁, which is left to the reader of sexes."""
    return match.start() + (match[0].startswith("男") and "女" not in match[0])


def _refused_as_too_young(sheet: Sheet) -> list[Found[Ages]]:
    """不满十六的别来 asks for sixteen."""
    found = []
    for match in _TOO_YOUNG.finditer(sheet.left, sheet.held):
        low = bounds(match["low"])
        if low is not None and 14 <= low[0] <= 30:
            found.append(Found(Ages(int(low[0]), None), *match.span(), 0.85))
    sheet.take_found(found)
    return found


def _turned(ages: Ages, text: str, match: re.Match[str]) -> Ages:
    """Ages that are refused (不收四十岁以上, 16以下勿扰) bound the others."""
    before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 4]
    if _REFUSED_BEFORE.search(before) or _REFUSED_AFTER.match(after):
        return Ages(ages.high, ages.low)
    return ages


def _ages(match: re.Match[str], text: str) -> Ages | None:
    low, high = bounds(match["low"]), bounds(match["high"]) if match["high"] else None
    if low is None or not 14 <= low[1] <= 80 or (high is not None and not 15 <= high[1] <= 80):
        return None
    if not (match["unit"] or match["unit0"] or match["cue"] or _bare(match, text)):
        return None
    if not match["limit"] and text[match.end() : match.end() + 2] in {
        "的老",
        "老人",
        "老太",
        "大爷",
        "奶奶",
        "孩子",
        "小孩",
    }:
        return None
    if high is not None:
        if "女" in match[0]:
            return Ages(None, int(max(low[1], high[1])))
        return Ages(int(low[0]), int(high[1])) if low[0] < high[1] else None
    return _one_sided(match, low)


def _one_sided(match: re.Match[str], age: tuple[float, float]) -> Ages | None:
    side, limit = match["side"] or "", match["limit"] or ""
    if re.search("[下内里]|以前|封顶|打住|往下|朝下", side):
        return Ages(None, int(age[1]))
    if re.search("左右|上下", side):
        return None
    if _UPPER.search(limit):
        return Ages(None, int(age[1]))
    if re.search("上|起", side) or _LOWER.search(limit):
        return Ages(int(age[0]), None)
    if "间" in side or (age[0] != age[1] and age[0] >= 16):
        return Ages(int(age[0]), int(age[1]))
    if match["cue"] and "放宽" in match["cue"]:
        return Ages(None, int(age[1]))
    return None


def _bare(match: re.Match[str], text: str) -> bool:
    """Two ages, or one with a side, without the word for years: 十八到三十, 55以下."""
    before = text[match.start() - 1] if match.start() else ","
    after = text[match.end()] if match.end() < len(text) else ","
    if match["limit"] in ("满", "年满", "已满") and 14 <= (bounds(match["low"]) or (0.0, 0.0))[0] <= 25:
        return after in " ,。;!\n)的"
    alone = bool(match["limit"]) or (
        before in " ,。;!\n(男女的■限要孩生工性姐嫂姨哥" and after in " ,。;!\n)男女的■都优只就皆均可身能肯会"
    )
    if match["high"] and "女" not in match[0]:
        span = (bounds(match["high"]) or (0.0, 0.0))[1] - (bounds(match["low"]) or (0.0, 0.0))[0]
        return alone and span >= 5
    return (
        alone
        and bool(match["side"])
        and "左右" not in (match["side"] or "")
        and (bounds(match["low"]) or (0.0, 0.0))[0] >= 16
    )
