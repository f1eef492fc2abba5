"""Where the work is: the place as the text writes it, the most specific span."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from linggong.intake.fields.businesses import signboards, unknown
from linggong.intake.fields.called import PEOPLE
from linggong.intake.fields.no_place import GENERIC, NOT_BARE, POOR, good
from linggong.intake.lexicon import rows
from linggong.intake.needles import Chars, needs
from linggong.intake.sheet import FRAGMENT, Found, Sheet
from linggong.intake.signs import Rare, Span, Words, class_of, guarded, one_of, pairs_of

_NAME = r"[\u4e00-\u9fff0-9A-Za-z·]"
_LABELS = (
    r"(?:工作地点|上班地点|工作地址|上班地址|施工地点|工地地址|工地位置|干活地点|"
    r"集合地点|用工地点|作业地点|地点|地址|工地|位置|厂址|店址|校址|住址|地方|"
    r"区域|所在地|意向地区?|意向地点|活在|地儿|坐标|定位|工作区域|作业地|场地|"
    r"项目地址|项目地|项目|小区|就近|期望地区|意向区域|面试地址|求职区域|求职地点|"
    r"期望地点|商圈|站点位置|上工地点|门店地址|取货点|取货地址)"
)
_LABELLED = Rare(
    rf"(?<![\u4e00-\u9fff]){_LABELS}(?:在|就在|是|为|:|:在|\s)+(?P<place>{_NAME}{{2,24}})|"
    rf"(?:意向地区?|厂址|店址|地址|地点|商圈)(?P<place2>{_NAME}{{2,20}})"
)
_PREPOSITION = (
    r"(?:就在|在|到(?!手|岗|位|付|期|账|时|底|家|处|货)|去(?!掉|年|皮)|位于|地处|"
    r"坐落于?|靠近|接近|临近|紧邻|挨着|离|距离?|送到|送往|前往|来(?=[^,。;]{2,12}(?:镇|"
    r"村|乡|县|区|路|街))|往|从|于|限|仅限|跑|想在|想去|只在|只去|住|家住|人在)"
)
_BEFORE_VERB = (
    r"(?=(?:现|急|诚|拟|公开|面向|正在|长期|紧急|新开|高薪|本|因|扩|需|招|缺|要(?!求)|用工|用人|"
    r"雇|聘|找|求|寻|有(?:活|个|一|几|批|工)|优先|那[边头面]|这[边头面]|附近|周边|"
    r"的(?:活|工地|优先|找|来|都|老|货|果|地|大|苹|人|厨|服|保|瓦|木|小|工|朋|"
    r"家|群)|里|干活|做|上班|的话|为主|一带|跑|都|就|也|可|能|都行|近|内|急|这儿|"
    r"开工|施工|集合|工作|卸|装|搬|拆|砌|抹|打|摘|掰|修|疏|通|安|收|栽|种|清|挖|"
    r"铺|刷|喷|绑|接|活|范围|干|吊|盖|订|绿|保|春|秋|值|看|拾|捡|运|拉|跑|搭|做|"
    r"理货|分拣|打包|码货|盘点|盘货|巡|扛|背|推|配货|切|缝|串|剥|照|陪|护|伺候|补货|上货|车展|漫展|展会|年会|庙会|招聘会|演唱会|"
    r"洗|送|擦|刮|贴|帮|喂|放|养|焊|电|浇|支|布|布置|办|发|举|跟|挑|剪|割|拔|村民|"
    r"农户|婚|外|食|后|厨|门|仓|员|院|幼|托|扫|环|园|公|楼|路))"
)
_MEETING = re.compile(r"(?:上车|集合|发车|坐车|碰头|等车)")
_PICKED_UP = re.compile(
    r"(?:[早晚上下中午]{0,2}[\d一二三四五六七八九十]{1,3}[点:][\d半一二三四五]*)?(?:统一|大巴|班车|中巴|面包车|专车|有车|坐车|车)?"
    r"(?:上车|发车|等车|等我|候车|来?接(?!单|待|活|娃|孩))"
)
_COMMUTE = re.compile(r"(?:接送|往返|来回|通勤|班车|厂车)(?:到|去|至)?$")
_NEARBY = ("这边", "那边", "附近", "一带", "周边", "这一片", "这块", "境内", "那块", "那片", "门口", "对面")
_ROADS = ("省道", "国道", "县道", "乡道")
_VAGUE = re.compile(rf"(?P<place>[\u4e00-\u9fff]{{2,5}}?)(?:{'|'.join(_NEARBY)})$")
_DETAIL = (
    r"(?:(?=[负0-9A-Za-z一二三四五六七八九十])"
    r"(?:负?[0-9A-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|排|号院|号|单元|座|"
    r"区|期|楼|层|室|门|巷|里|号门|标段|组|社|队|村)|\d{1,3}-\d{1,4}(?:-\d{1,4})?|(?:[A-Za-z]|[一二三四五六七八九\d])(?:厅|号馆|馆|座|区|号厅)|(?<=[栋楼元厦座层室馆宫院校])\d{3,4}){1,3}|)"
)


@cache
def _words(kind: str) -> str:
    return one_of(word for row in rows("place_endings") if row[0] == kind for word in row[1].split("|"))


@cache
def _gazetteer() -> str:
    return one_of(word for row in rows("gazetteer") for word in row[0].split("|"))


@cache
def _anywhere() -> str:
    """The towns of the gazetteer and all counties: too many for every pattern, so for whole fragments and heads."""
    return one_of(word for name in ("gazetteer", "counties") for row in rows(name) for word in row[0].split("|"))


@cache
def _ending() -> str:
    """Looked for behind every character of a name, so what cannot begin one is told by a single look."""
    heads = class_of({word[0] for row in rows("place_endings") if row[0] != "tail" for word in row[1].split("|")})
    return rf"(?={heads})(?:{_words('sure')}|(?<={_NAME}{_NAME})(?:{_words('house')}|{_words('village')}))"


@cache
def _place() -> str:
    tail = rf"{_DETAIL}(?:{_words('tail')}){{0,2}}"
    return (
        rf"(?:(?:{_gazetteer()})(?:{_NAME}{{0,9}}{_ending()})?|(?:{_words('sure')})(?:{_words('tail')})|"
        rf"{_NAME}{{1,10}}?{_ending()}(?:{_NAME}{{1,8}}?{_ending()}){{0,3}}){tail}"
    )


def _telling() -> tuple[re.Pattern[str], frozenset[int], Words[None]]:
    """What every place holds, an ending or a town's name: one character, or a word without any of those.

    Of the words also the pairs that they begin with.
    """
    endings = [word for row in rows("place_endings") if row[0] != "tail" for word in row[1].split("|")]
    towns = [word for name in ("gazetteer", "counties") for row in rows(name) for word in row[0].split("|")]
    words = {*endings, *_ROADS, *towns}
    chars = {word for word in words if len(word) == 1}
    longer = [word for word in words if chars.isdisjoint(word)]
    return re.compile(class_of(chars)), frozenset(pairs_of(word)[0] for word in longer), Words(dict.fromkeys(longer))


_TELLING_CHAR, _TELLING_HEADS, _TELLING_WORDS = _telling()


def _fragments(text: str, pairs: Sequence[int]) -> Iterator[Span]:
    """The stretches of words between breaks that hold what every place does."""
    for fragment in FRAGMENT.finditer(text):
        start, end = fragment.span()
        if _TELLING_CHAR.search(text, start, end) or text.endswith(_NEARBY, start, end):
            yield start, end
            continue
        inside = pairs[start : end - 1]
        if not _TELLING_HEADS.isdisjoint(inside) and _TELLING_WORDS.found_in(fragment[0], inside):
            yield start, end


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<lead>{_PREPOSITION})?(?P<place>{_place()})(?:这边|那边|那头|这头|里|"
        r"内|近的?|干|做|跑|上班|附近|的|工作|一带|都行|优先|集合|为主|周边|内|这一片|"
        r"这一带|一片|沿线|现场|干活|的活|院内|找|接|市里|县里|上车|上班的?)?$"
    )


@cache
def _last_of_whole() -> Chars:
    """What `_whole` may end with: the quickest way to tell most fragments that are no place."""
    last = needs(_whole().pattern).tails
    assert last is not None
    return last


@cache
def _bare() -> re.Pattern[str]:
    """What counts as a place only where it stands alone: 临县克虎, 一中, 文庙, 天桥西."""
    return re.compile(
        rf"(?P<place>(?:{_anywhere()})[县市区]?{_NAME}{{0,6}}|(?:{'|'.join(_ROADS)})[A-Z]?\d{{2,4}}(?:沿线|段)?|"
        rf"[\u4e00-\u9fff]{{2,8}}?[省市区县旗镇乡州](?![场镇民里])(?<!小区)(?<!社区)(?<!园区)[\u4e00-\u9fff]{{2,5}}|"
        rf"(?:{_words('sure')})(?:{_words('tail')})?|"
        rf"{_NAME}(?:{_words('house')})(?:{_words('tail')})?|"
        rf"[\u4e00-\u9fff]{{2,8}}(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}}|[A-Z])(?:期|栋|幢|号楼|号院|座|排|单元|号地块|标段)"
        rf"[\dA-Z室]{{0,4}}(?:{_words('tail')})?|"
        rf"[\u4e00-\u9fff]{{1,4}}(?:路|大?街|大道|巷)(?!口|灯|费|边|过|由|政|面)[\u4e00-\u9fff]{{2,7}})$"
    )


@cache
def _inside() -> re.Pattern[str]:
    return guarded(rf"(?P<lead>{_PREPOSITION})(?P<place>{_place()})")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"(?P<place>{_place()}){_BEFORE_VERB}")


@cache
def _known() -> re.Pattern[str]:
    """A town or county at the head of a clause that goes on otherwise (新疆拾棉花)."""
    return re.compile(rf"(?P<lead>{_PREPOSITION})?(?P<place>(?:{_anywhere()})[县市区]?)(?!人在|[菜话籍味])")


@cache
def _core() -> re.Pattern[str]:
    """The place itself behind a label."""
    return re.compile(rf"(?:在|就在|位于|为|是)?(?P<core>{_place()}|{_NAME}+)")


_LEADING_WORDS = re.compile(
    r"^(?:(?:紧急|急|诚|长期|现|因|本人|本|我们?|俺们?|咱们?|各位|大家|老乡们?|"
    r"师傅们?|群里|有没有|有|谁|明天|今天|后天|早上|晚上|上午|下午|每天|就近|地点|"
    r"地址|位置|工地|集合|干活|上班|工作|招聘|招工|招|聘|用工|用人|急招|急需|需要|"
    r"需|要|想|可|能|都(?!江堰|匀|昌|安)|就|只|最好|住|家|人|也|搬到|拉到|运到|送|从|由|给|帮|帮忙|"
    r"为|接|村里|县里|镇里|往|面试|发布|新开业?的?|新店|的|,|:|-|\d+[.、)]))+"
)


def read(sheet: Sheet, trade_spans: list[Span], phone_spans: list[Span]) -> list[Found[str]]:
    """The places of the text, the likeliest first; values are plain text, the reader takes the original by the span."""
    sheet.take([match.span() for match in PEOPLE.finditer(sheet.left, sheet.held)])
    text = sheet.left
    found: dict[int, Found[str]] = {}
    for start, end in _fragments(text, sheet.pairs):
        for each in _in_fragment(text[start:end], start):
            if (named := _without_work(each, trade_spans)) and named.start not in found:
                found[named.start] = named._replace(sure=_surer(sheet, named, phone_spans))
    for each in _labelled(text, sheet.held):
        found[each.start] = each
    for each in signboards(text, sheet.held, trade_spans):
        found[each.start] = each
    good = [each for each in found.values() if each.sure >= POOR]
    return [_itself(each) for each in sorted(good or unknown(text, trade_spans, phone_spans), key=_likeliest)]


_ABOUT = ("附近", "周边", "一带", "那边", "这边", "那头", "这头", "近处", "里头", "商圈")


def _itself(found: Found[str]) -> Found[str]:
    """The place without what says that it is only thereabouts (滨江公园附近), or what is there (铸件厂在大张镇)."""
    place, start, end, sure = found
    if place.endswith(_ABOUT) and len(place) >= 4:
        place, end = place[:-2], end - 2
    what, where, rest = place.partition("在")
    if what and len(rest) >= 3 and not rest.startswith("建"):
        place, start = rest, start + len(what) + len(where)
    return Found(place, start, end, sure)


def _likeliest(found: Found[str]) -> tuple[float, int]:
    return -found.sure, found.start


def _without_work(found: Found[str], trades: list[Span]) -> Found[str] | None:
    """A place at whose end the words for a trade begin stops before them; None where that leaves none."""
    for work, end in trades:
        if work < found.end - 1 and found.end <= end:
            rest = found.value[: work - found.start]
            named = work - found.start >= 2 and (_known().match(rest) or _whole().match(rest))
            return Found(rest, found.start, work, 0.6) if named else None
    return found


def _surer(sheet: Sheet, found: Found[str], phones: list[Span]) -> float:
    """How sure a place is, more so just before a telephone, less where people only meet, are picked up or come from."""
    bonus = 0.03 if [1 for start, _ in phones if 0 <= start - found.end <= 4] else 0.0
    bonus -= 0.1 if _MEETING.match(sheet.left, found.end) else 0.0
    bonus -= 0.2 if _PICKED_UP.match(sheet.text, found.end) else 0.0
    bonus -= 0.3 if _COMMUTE.search(sheet.text[max(0, found.start - 4) : found.start]) else 0.0
    return min(found.sure + bonus, 0.97)


_OPEN = re.compile(r"(?:不限|面议|都行|详谈|电话联系|另议|待定|可选)")


def _labelled(text: str, held: int) -> list[Found[str]]:
    found = []
    for match in _LABELLED.finditer(text, held):
        group = "place" if match["place"] else "place2"
        start, end = match.span(group)
        stripped = _core().match(text[start:end])
        if stripped:
            start, end = start + stripped.start("core"), start + stripped.end("core")
        if end - start >= 2 and not _OPEN.fullmatch(text, start, end):
            found.append(Found(text[start:end], start, end, 0.97))
    return found


def _in_fragment(fragment: str, start: int) -> list[Found[str]]:
    lead = _LEADING_WORDS.match(fragment)
    core_at = lead.end() if lead else 0
    core = fragment[core_at:]
    match = _whole().match(core) if core[-1:] in _last_of_whole() else None
    if match and good(match["place"]):
        return [_found(match, start + core_at, 0.9)]
    match = _bare().match(core)
    if match and len(match["place"]) >= 2 and good(match["place"]) and not NOT_BARE.match(match["place"]):
        return [_found(match, start + core_at, 0.88 if len(match["place"]) > 2 else 0.76)]
    found = []
    for inner in _inside().finditer(fragment):
        if good(inner["place"]):
            found.append(_found(inner, start, 0.85))
    match = _VAGUE.fullmatch(core) if core.endswith(_NEARBY) else None
    if match and good(match["place"]) and not NOT_BARE.match(match["place"]):
        return [_found(match, start + core_at, 0.7)]
    match = _leading().match(core)
    if match and good(match["place"]):
        found.append(_found(match, start + core_at, 0.75))
    elif not found and (match := _known().match(core)):
        found.append(_found(match, start + core_at, 0.6))
    return found


def _found(match: re.Match[str], offset: int, sure: float) -> Found[str]:
    """A kind of house without a name (干洗店) is a poor place, taken only for want of a better one."""
    sure = min(sure, POOR - 0.02) if GENERIC.match(match["place"]) else sure
    return Found(match["place"], offset + match.start("place"), offset + match.end("place"), sure)
