"""The first day of work, resolved against the day of posting, and how many days the work lasts."""

import re
from datetime import date, timedelta

from linggong.intake.fields import lunar
from linggong.intake.numbers import NUMBER, value
from linggong.intake.sheet import TAKEN, Found, Sheet
from linggong.intake.signs import Rare, branched

_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_RELATIVE = {
    "大后天": 3,
    "大后日": 3,
    "大后儿": 3,
    "外后天": 3,
    "后天": 2,
    "后日": 2,
    "后儿": 2,
    "后早": 2,
    "后晌午": 0,
    "明夜": 1,
    "后晚": 2,
    "现在就来": 0,
    "现在来": 0,
    "现在过来": 0,
    "马上来": 0,
    "马上就来": 0,
    "明天": 1,
    "明日": 1,
    "明儿": 1,
    "明早": 1,
    "明晚": 1,
    "明晨": 1,
    "明后": 1,
    "明个": 1,
    "明上午": 1,
    "明下午": 1,
    "明后晌": 1,
    "今天": 0,
    "今日": 0,
    "今儿": 0,
    "今晚": 0,
    "今夜": 0,
    "今早": 0,
    "今晨": 0,
    "今个": 0,
    "今明": 0,
    "今下午": 0,
    "今上午": 0,
    "今后晌": 0,
    "即日起": 0,
    "今晌午": 0,
    "明晌午": 1,
}
_WEEKDAYS = {char: at for at, char in enumerate("一二三四五六日")} | {
    "天": 6,
    "末": 5,
    "1": 0,
    "2": 1,
    "3": 2,
    "4": 3,
    "5": 4,
    "6": 5,
    "7": 6,
}
_HOLIDAYS = {"元旦": (1, 1), "劳动节": (5, 1), "五一": (5, 1), "国庆": (10, 1), "十一假期": (10, 1), "六一": (6, 1)}
_IN_FIGURES = (
    rf"(?:(?P<year>20\d\d)[年./-])?(?P<month>{_N})月份?(?P<day>{_N})(?:[日号]|(?<=\d)(?![\d千百万元块.天个]))"
    r"|(?:(?P<year2>20\d\d)[./-])(?P<month2>\d{1,2})[./-](?P<day2>\d{1,2})(?!\d)"
    r"|(?<![\d.$/-])(?P<month3>1[0-2]|[1-9])[./](?P<day3>3[01]|[12]\d|0?[1-9])(?=[日号]|"
    r"开|起|上|进|动|(?:-|~|到|至)(?!\d+(?:\.\d+)?(?:元|块|毛|一?[张单件斤个]))|早|晚|下|入)[日号]?"
    r"|(?<=[./]\d\d[-~至到])(?P<month4>1[0-2]|[1-9])[./](?P<day5>3[01]|[12]\d)(?![\d.元块])"
    rf"|(?<![第\d.休歇干连共用河湾山城府园院苑墅庭江湖海岸景路街巷道弄村组厦座-])(?P<only_day>{_N})(?:[日号](?!楼|门|线|院|公路|"
    r"店|仓|车间|地块|库|桌|棚|窗|井|矿|厂|摊|档|车位|柜台|展位|工地|结|薪|清|付|元|块|桥|商铺|铺|厅|"
    r"码|坑|炉|台|柜|站|路|口|机|人|三餐)|[日号](?=付|结)(?!.))"
    rf"|(?P<after>{_N})天(?:后|之后|以后)"
)
# Most figures are no date, which what follows them tells at once.
_DATES = Rare(
    branched(
        rf"(?P<relative>{'|'.join(_RELATIVE)})|(?<!\d)(?:{branched(lunar.PATTERN)})"
        rf"|(?=[\d一二两三四五六七八九十]++[年月日号天./-])(?:{_IN_FIGURES})"
        rf"|(?P<next_month>下个?月|次月|这个?月|本月)(?:(?P<day4>{_N})[日号]|(?P<edge>初|底))"
        r"|(?P<week>下下个?|下个?|这个?|本|上个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末]|[1-7](?![0-9天个:点.]))"
        r"|(?P<whole_week>下(?:个)?(?:周|星期|礼拜))(?=开|上|进|动|到|就|要|用|起|去|来|入|初)"
        rf"|再?过(?P<later>{_N})天(?:后|之后|以后)"
        rf"|(?<![百千万十零毛角块元点])(?P<holiday>{'|'.join(_HOLIDAYS)})(?!天|个|晚|平|趟|小时|路|街|广场|大道|大街|小区|村|桥|节?(?:后|"
        r"之后|过后|前|放假|休|福利|期间休))"
    )
)
_STARTS = re.compile(
    r"^(?:[早晚上下中]午?上?|凌晨|后晌|夜里|一?早|就|能|可以?|正式|准备|统一|大概|"
    r"左右|[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?|\d{1,2}[:点]\d{0,2}半?|"
    r",)*"
    r"(?:起|开|进|动|到岗|到位|到场|到工|上班|上岗|上工|入职|入场|用|干|要|来|"
    r"去|走|出发|集合|发车|做|需|装|卸|搬|拆|砌|缺|招|上门|能|有空|以后|之后|后|"
    r"有活)"
)
_LEADS = re.compile(
    r"(?:开工|动工|进场|开始|上岗|到岗|上班|入职|日期|时间|自|从|定于|定在|于|起)[日期时间]*[:是为在]?$"
)
_OTHER_ROLE_BEFORE = re.compile(
    r"(?:每个?月?|预产期|生日|出生|逢|截止到?|截至|报名到|(?<!天)面试|招到|到|至|期限|有效期|结账|除|发工资|发薪|工资|开支|结算)[时间日期是为:]*$"
)
_OTHER_ROLE_AFTER = re.compile(
    r"^(?:早?[上下]?午?\d{1,2}[点:]\d{0,2}半?|早[一二三四五六七八九十]点半?)?(?:[之以]?前(?!后)|"
    r"截止|[都也就]?[休歇]|(?:就|也|都)?(?:能|可以?)?面试|放假|单休|双休|不?(?:上班|干)?休|发(?!车|货)|开(?:支|工资|薪|"
    r"钱)|结|面试|报名|例会|除外|不用|不干|来?也(?:收|行|可|要|成|能)|轮休|领|"
    r"付|拿钱|兼职|为止|停|止|岗位|招聘|急聘|急招|用工信息|最新|更新|公休|店休|(?:[以之]?后)?没空)"
)
_TIME_OF_DAY = re.compile(r"(?:[早晚夜晨]|[上下]午|后晌)?$")
_RECURS = re.compile(
    r"(?:周|星期|礼拜)(?:末(?!两天|用|干|开|到岗|\d)|六日(?!两天)|六、?周日(?!两天)|六(?:和|跟)日(?!两天))"
)
_WEEKDAYS_IN_A_ROW = Rare(r"(?:(?:周|星期|礼拜)[一二三四五六日天][、,和跟]?){3,}(?![两三四五2-5]天)")
_WEEK_RANGE = re.compile(
    r"(?:周|星期|礼拜)[一二三四五六日天](?:到|至|-)(?:周|星期|礼拜)?[一二三四五六日天]|(?<=到)(?:周|星期|礼拜)五每?天"
)
_LAST = re.compile(r"^(?:[早晚上下中]午?|\d{1,2}点)?[^,。;■]{0,4}?(?:-+|~+|到|至)$")
_NEXT_TO = re.compile(r"^(?:、|和|跟|与|,)?$")

_DAYS = Rare(
    r"(?=[\d.kKwW零一二两俩仨三四五六七八九十百千万几数半点多来个~到至、-]++[天晚工周星礼月])"
    rf"(?<![每第休试押压上\d.])(?P<number>{NUMBER}|半|[几数])(?:(?:-|~|到|至|、)(?P<upper>{NUMBER}))?(?P<more>来|"
    r"多)?个?(?P<half>半)?(?P<unit>(?<=[仅只就][一1])晚|工作日|天(?!然|津|气|花|桥|水|下|河|台|猫|地|鹅|骄|空|天|"
    rf"麻|井|线|坛|后|之后|以后|一结|结|[^,。;]{{0,4}}一结)|(?:周|星期|礼拜)(?!一结|"
    r"结|[一二三四五六日天末])|月(?!底|初|薪|结|嫂|工资|入|给|付|的?(?:宝|娃|孩|"
    r"婴|工资)|[大以]|休|一休|一结|试|后|之后|以后|内(?![交完干做弄搞竣装刷])|\d))(?P<whole>整|左右|的?活|时间|"
    r"工期|(?:就|能|可以?|[之以]?内)?[弄干做擦搞收拆装搬摘修忙]?完(?!税|全))?"
)
_DONE = re.compile(r"(?:就|能|可以?|内)?[弄干做擦搞收拆装搬摘修忙]完")
_DAYS_LEADS = re.compile(
    r"(?:活期|店|顶班|替班|代班|干完|干|做|[仅只就]|[拔摘收采种栽浇卸拆搬刷砌贴铺修掰割挖弄]|用|工期|为期|预计|大概|大约|估计|约|"
    r"共|总共|一共|需|需要|忙|活|连续|连|要|期限|工作|得|差不多|能干|就|够|持续|"
    r"需时|有|帮忙|帮|上|天数|周期|时间|施工|也就|起|计|能|可|得干|满打满算|至少|"
    r"最少|起码|前后)[:是为要大概约够有能了得个上]*$"
)
_DAYS_OTHERS = re.compile(
    r"(?:保管|代管|存放|扣着|培训|试用期?|试工|试岗|休息?|月休|每月|押|压|工资|免费|隔|前|结|干满|"
    r"做满|满|到|满勤|提前|放假|保质|质保|一年|周期结|驾龄|经验|坐|实习|考核|过|带|(?:宝宝|宝|娃|孩子?|婴儿|女儿|儿子|孙子|孙女|闺女|小孩)(?:刚|才|已|快)?|(?:押|扣|留)[^,。;]{0,4}证|压在[^,。;]{0,4}|"
    r"做?六休|学|垫资|垫|上|约定|(?:一周|每周|一个?星期|一个?礼拜)(?:来|上|干|去|做|有)?|最后|头|超过|歇|每满|每)[:是为大概约有]*$"
)
_DAYS_OTHERS_AFTER = re.compile(
    r"^(?:一?结|一[给付清算开]|休|培训|试|内(?:到|付|结)|[一]?[发开付]|有效|工资|以上经验|经验|"
    r"后|之后|以后|起步?结|包换|无理由|前|的?工资|一?[倒轮换休班](?!班))"
)
_RATE_AFTER = re.compile(r"^(?:给|开|算|挣|按|管|能挣|是|就|净|能|:)*[$\d一二两三四五六七八九]")
_UNIT_DAYS = {"周": 7, "星期": 7, "礼拜": 7, "月": 30}


def read(sheet: Sheet) -> tuple[list[Found[date]], list[Found[int]]]:
    """The days on which work may begin, the likeliest first, and how many days it lasts."""
    starts, stretches = _read_dates(sheet)
    return starts, _read_days(sheet) or stretches


def _read_dates(sheet: Sheet) -> tuple[list[Found[date]], list[Found[int]]]:
    """The first days, and the lengths of stretches such as 1号到7号 or 18日19日."""
    ranked: list[tuple[float, int, Found[date]]] = []
    stretches: list[Found[int]] = []
    spans = []
    last: tuple[int, date, int] | None = None
    weekdays = [match.span() for match in _WEEKDAYS_IN_A_ROW.finditer(sheet.left, sheet.held)]
    for match in _DATES.finditer(sheet.left, sheet.held):
        day = _resolve(match, sheet.posted_on())
        if day is None:
            continue
        start, end = match.span()
        spans.append((start, end - len(_TIME_OF_DAY.search(match[0])[0])))  # type: ignore[index]
        before, after = sheet.left[max(0, start - 8) : start], sheet.left[end : end + 14]
        if any(left <= start < right for left, right in weekdays):
            continue
        if _RECURS.match(sheet.left[start : end + 8]) or _WEEK_RANGE.match(sheet.left[start : end + 8]):
            continue
        follows = last is not None and (
            _LAST.match(sheet.left[last[0] : start]) or _NEXT_TO.match(sheet.left[last[0] : start])
        )
        if follows and last is not None and last[1] < day:
            stretches.append(Found((day - last[1]).days + 1, last[2], end, 0.8))
        last = (end, day, start)
        if follows or _OTHER_ROLE_BEFORE.search(before) or _OTHER_ROLE_AFTER.match(after):
            continue
        cue = bool(_STARTS.match(after)) or bool(_LEADS.search(before))
        ranked.append((-1.0 if cue else 0.0, start, Found(day, start, end, 0.95 if cue else 0.8)))
    sheet.take(spans)
    return [each for _, _, each in sorted(ranked, key=lambda entry: entry[:2])], stretches


def _read_days(sheet: Sheet) -> list[Found[int]]:
    """How many days the work lasts, where it is said."""
    found = []
    for match in _DAYS.finditer(sheet.left, sheet.held):
        start, end = match.span()
        before, after = sheet.left[max(0, start - 8) : start], sheet.left[end : end + 8]
        if _DAYS_OTHERS.search(before) or _DAYS_OTHERS_AFTER.match(after):
            continue
        if match["number"] in "一1" and _RATE_AFTER.match(after):
            continue
        days = _length(match)
        if match["number"] in "一1" and _DONE.match(sheet.text, end):
            found.append(Found(days or 1, start, end, 0.8))
            continue
        alone = before.endswith(TAKEN) or (match["number"] not in "一1" and _alone(before, after))
        if days and (_DAYS_LEADS.search(before) or match["whole"] or alone):
            found.append(Found(days, start, end, 0.9))
    sheet.take_found(found)
    return found


def _alone(before: str, after: str) -> bool:
    return (not before or before[-1] not in "满") and (
        not after or after[0] in " ,。;!\n)干活完■的搞内能0123456789一二三四五六七八九"
    )


def _length(match: re.Match[str]) -> int | None:
    number = match["upper"] or match["number"]
    if number in "几数":
        return None
    unit = _UNIT_DAYS.get(match["unit"], 1)
    if number == "半":
        return unit // 2 or None
    amount = value(number)
    amount = amount + 0.5 if amount and match["half"] else amount
    return int(amount * unit) if amount and amount * unit <= 400 else None


def _resolve(match: re.Match[str], posted: date) -> date | None:
    """The day that a written date means for somebody who reads it on the day of posting."""
    if match["relative"]:
        return posted + timedelta(days=_RELATIVE[match["relative"]])
    if match["holiday"]:
        return _next_date(posted, *_HOLIDAYS[match["holiday"]])
    if days := match["after"] or match["later"]:
        return posted + timedelta(days=int(value(days) or 0))
    if match["weekday"]:
        return _weekday(posted, match["week"] or "", _WEEKDAYS[match["weekday"]])
    if match["whole_week"]:
        return _weekday(posted, "下", 0)
    if match["next_month"]:
        return _in_month(posted, match)
    for month, day, year in (
        ("month", "day", "year"),
        ("month2", "day2", "year2"),
        ("month3", "day3", None),
        ("month4", "day5", None),
    ):
        if match[month]:
            return _next_date(posted, _int(match[month]), _int(match[day]), match[year] if year else None)
    if match["only_day"]:
        return _next_day_of_month(posted, _int(match["only_day"]))
    return _lunar(match, posted)


def _lunar(match: re.Match[str], posted: date) -> date | None:
    """The day of a match in the lunar calendar."""
    month = match["lunar_month"] or match["lunar_month2"] or match["lunar_month3"]
    day = match["lunar_day1"] or match["lunar_day2"] or match["lunar_day3"] or match["lunar_day4"]
    return lunar.resolve(posted, month, day, match["feast"]) if day or match["feast"] else None


def _int(written: str) -> int:
    return int(value(written) or 0)


def _weekday(posted: date, week: str, weekday: int) -> date | None:
    monday = posted - timedelta(days=posted.weekday())
    if week.startswith("上"):
        return None
    if week.startswith("下下"):
        return monday + timedelta(days=14 + weekday)
    if week.startswith("下"):
        return monday + timedelta(days=7 + weekday)
    return posted + timedelta(days=(weekday - posted.weekday()) % 7)


def _in_month(posted: date, match: re.Match[str]) -> date | None:
    if match["edge"] == "底":
        return None
    first = posted.replace(day=1)
    if match["next_month"].startswith(("下", "次")):
        first = (first + timedelta(days=32)).replace(day=1)
    return _safe(first.year, first.month, _int(match["day4"]) if match["day4"] else 1)


def _next_date(posted: date, month: int, day: int, year: str | None = None) -> date | None:
    if year:
        return _safe(int(year), month, day)
    this_year = _safe(posted.year, month, day)
    if this_year and (posted - this_year).days > 60:
        return _safe(posted.year + 1, month, day)
    return this_year if this_year is None or this_year >= posted else None


def _next_day_of_month(posted: date, day: int) -> date | None:
    for ahead in range(3):
        first = (posted.replace(day=1) + timedelta(days=32 * ahead)).replace(day=1)
        resolved = _safe(first.year, first.month, day)
        if resolved and resolved >= posted:
            return resolved
    return None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
