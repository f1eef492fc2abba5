"""The working hours of a day, in 24 hours, and days that are said to be longer than twelve."""

import re
from typing import NamedTuple

from linggong.intake.numbers import NUMBER, value
from linggong.intake.sheet import Found, Sheet, clause_around
from linggong.intake.signs import Rare, branched, guarded, headed

_EARLY = "天亮|凌晨|清早|清晨|早上|早晨|大早|一早|早起|早班|今早|明早|上午|前晌|早|朝"
_NOON = "中午|晌午|正午"
_LATE = "下晚儿?|擦黑|下半天|下半日|下晌|下午|午后|后晌|傍晚|傍黑|黄昏"
_NIGHT = (
    "晚上|晚间|夜晚|晚班|夜班|夜里|夜间|半夜|深夜|黑夜|黑来|黑夜里|"
    "今晚|今夜|明晚|明夜|当晚|次日晚|后半夜|下半夜|前半夜|晚|夜"
)
_NEXT = "次日早?上?|第二天早?上?|翌日早?|转天早?"
_PERIOD = headed(branched("|".join(f"(?:{words})" for words in (_EARLY, _NOON, _LATE, _NIGHT, _NEXT))))
_HOUR = r"(?:[01]?\d|2[0-4]|零(?=点)|[一二两三四五六七八九]|十[一二三四五六七八九]?|二十[一二三四]?)"
_MINUTE = r"(?:[0-5]\d|半|一刻|三刻|[一二三四五]?十五?)"


def _clock(at: int) -> str:
    return (
        rf"(?P<period{at}>(?:{_PERIOD})*)的? ?(?P<hour{at}>(?<![\d.]){_HOUR})"
        rf"(?:(?P<mark{at}>:|点钟?(?![6-9]\d)|时(?!薪|间)|\.(?=[0-5]0(?!\d)))(?P<minute{at}>{_MINUTE}(?![\d元块]))?分?)"
    )


_BARE_LAST = (
    rf"(?P<period2>(?:{_PERIOD})*)的? ?(?P<hour2>(?<![\d.]){_HOUR})"
    rf"(?:(?P<mark2>:|点钟?|时(?!薪|间)|\.(?=[0-5]0(?!\d)))(?P<minute2>{_MINUTE}(?![\d元块]))?分?)?(?![\d人"
    r"名个位元块天号岁月])"
)


_BARE_FIRST = (
    rf"(?P<period1>(?:{_PERIOD})*)的? ?(?P<hour1>(?<![\d.月]){_HOUR})(?:(?P<mark1>:|"
    rf"点钟?|时(?!薪|间)|\.(?=[0-5]0(?!\d)))(?P<minute1>{_MINUTE}(?!\d))?分?)?"
)
_UNTIL = (
    r"(?:(?:开始|起|上班|开工|上工|集合|干活)?,?(?:一直|直|喂|干|做|忙|上|看|站|"
    r"值)*(?:-+|~+|到|至)|上班,?|开工,?|上工,?)"
)
_RANGE = Rare(rf"{_BARE_FIRST} ?(?:起?\S?{_UNTIL}) ?{_BARE_LAST}")
_FIGURES = "\\d零一二两三四五六七八九十"
# Most figures are no time, which what follows them tells at once.
_SINGLE = Rare(
    rf"(?=[^{_FIGURES}]|[{_FIGURES}]++[:点时.]|一早)(?P<until>(?:到|至|干到|下班|收工|结束)[:是为]?)?{_clock(1)}"
)
_DAWN_TO_DUSK = Rare(
    rf"(?:朝|早上?)(?P<hour1>{_HOUR})(?:[点:](?P<minute1>半|[0-5]\d)?)?(?:,|到|"
    rf"至|-| )?(?P<late>晚上?|下午|后晌)(?P<hour2>{_HOUR})(?![\d元块个名])(?:[点:]?(?P<minute2>半|"
    r"[0-5]\d)?)"
)
_HOURS_A_DAY = guarded(
    r"(?:[一每]天(?:都|就|能|能?开车?|拉|跑|站|守)?|[一每]日|日均|每班|一班|单班|当班|上班|工作|干|上|时长|在岗|"
    r"连续|工时)(?:要|得|需|工作|干|上|连续|至少|大概|时间|时长|站|达|在岗|连轴转|"
    rf"为|是|:|满|够)*(?P<hours>{NUMBER})(?:来|多|几)?(?:-(?P<upper>{NUMBER}))?个?(?:多|"
    r"来)?(?:小时|钟头|钟(?!点)|h|H)(?!一结|内)"
    rf"|(?P<hours2>{NUMBER})个?小时(?:都|全|全程|一直|得|要|人)*(?:工作制|制|班|连班|倒|轮班|值班|值守|在岗|"
    r"工作|吃住|不离|陪|护理|看护|照顾|照看|看守)"
)
_DAY_ON = re.compile(r"(?:上|干|值|班)?24(?:个?小时)?(?:休|歇)\d+")
_NOT_WORK_AFTER = re.compile(
    r"^[^,。;\n■]{0,2}(?:之?前(?!到|来|上|集合|赶到|进)|以?后(?:联系|打|电|来电|"
    r"再|勿|别|面|回)|面试|截止|报名|联系|来电|打电话|集中面|吃饭|开饭|开会|退场费|"
    r"营业|关门|勿扰|别打|不接|休息|午休)"
)
_NOT_WORK_BEFORE = re.compile(
    r"(?:面试|营业|报名|咨询|来电|联系|电话|截止|接听|办公|开门|办理|活动|开席|发布|会|懂|快|慢|便宜)[时间为是:于]*$"
)
_BREAK = re.compile(r"^(?:中间)?(?:休|午休|歇)")
_END_AFTER = re.compile(
    r"^(?:走|撤|完|散|停|止|送|下班|收工|结束|完事|回|散|撤|下(?:班|工)?(?=[,。;\n ]|$)|放工|"
    r"左右下班|就下班|就收工|就能回)"
)
_END_BEFORE = re.compile(
    r"(?:回来(?:也得|得|要|也要|差不多)|忙到|到家|打烊|收摊|到|至|下班|收工|结束)[时间为是:于大概]*$"
)


_MORNING = re.compile(_EARLY)
_MIDDAY = re.compile(_NOON)
_AFTERNOON = re.compile(_LATE)
_AFTER_NOON = re.compile(f"{_LATE}|{_NOON}")
_AT_NIGHT = re.compile(_NIGHT)
_BEFORE_DAY = re.compile("天亮|凌晨|半夜")
_NEXT_DAY = re.compile(_NEXT + "|凌晨|天亮")
_EVENING = re.compile(r"晚上|[那今明当后一每]晚|夜里|夜场|夜市|平安夜|下午|放学|晚自习|写作业|下半天")


class Hours(NamedTuple):
    """The clock times of one stretch of work, as minutes of the day; either may be unknown."""

    start: int | None
    end: int | None


def clock(minutes: int) -> str:
    """Minutes of the day as "HH:MM"."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def length(hours: Hours) -> float | None:
    """How many hours lie between start and end, past midnight too; None where one is unknown."""
    if hours.start is None or hours.end is None:
        return None
    return ((hours.end - hours.start) % 1440 or 1440) / 60


def read(sheet: Sheet) -> list[Found[Hours]]:
    """The stretches of working hours, in the order of the text; other clock times are only blotted out."""
    found = _dawn_to_dusk(sheet) + _ranges(sheet)
    sheet.take_found(found)
    for match in _SINGLE.finditer(sheet.left, sheet.held):
        start, end = match.span()
        before, after = sheet.left[max(0, start - 6) : start], sheet.text[end : end + 10]
        if not _NOT_WORK_AFTER.match(after) and not _NOT_WORK_BEFORE.search(before) and _is_time(match):
            at = _minutes(match, 1)
            ends = match["until"] or _END_AFTER.match(after) or _END_BEFORE.search(before)
            if ends and not match["period1"]:
                at = _after_noon(at, found)
            found.append(Found(Hours(None, at) if ends else Hours(at, None), start, end, 0.8))
        sheet.take([(start, end)])
    return _paired(sheet.text, sorted(found, key=lambda each: each.start))


def _after_noon(end: int, found: list[Found[Hours]]) -> int:
    """十点来，一点半走: an end before its beginning is in the afternoon."""
    start = next((each.value.start for each in found if each.value.end is None), None)
    return end + 720 if start is not None and end <= start < end + 720 < 1440 else end


def _paired(text: str, found: list[Found[Hours]]) -> list[Found[Hours]]:
    """Two clock times side by side (上午八点下午六点) are a beginning and an end."""
    if len(found) != 2 or any(each.value.end is not None or each.value.start is None for each in found):
        return found
    first, second = found
    if first.value.start < second.value.start and text[first.end : second.start] in ("", " ", ","):  # type: ignore[operator]
        return [Found(Hours(first.value.start, second.value.start), first.start, second.end, 0.8)]
    return found


def day_length(text: str) -> Found[float] | None:
    """The longest working day that is said in hours ("每天14小时", "上24休24")."""
    stated = [
        Found(value(match["upper"] or match["hours"] or match["hours2"]) or 0.0, *match.span())
        for match in _HOURS_A_DAY.finditer(text)
    ] if "小时" in text or "钟" in text or "h" in text else []  # fmt: skip
    stated += [Found(24.0, *match.span()) for match in _DAY_ON.finditer(text)] if "24" in text else []
    return max(stated, key=lambda each: each.value) if stated else None


_REST = re.compile(rf"(?:休息?|歇)(?:上|晌|够|了)?(?P<number>{NUMBER}|半)个?(?:半)?(?:小时|钟头|点钟)(?!前|后)")


def rest(text: str) -> float:
    """Hours of rest that a text grants within the working day (中间休两个钟头)."""
    found = _REST.search(text) if "休" in text or "歇" in text else None
    return 0.0 if found is None else 0.5 if found["number"] == "半" else value(found["number"]) or 0.0


def _is_time(match: re.Match[str]) -> bool:
    return match["mark1"] != "." and not (match["mark1"] == ":" and not match["minute1"])


def _dawn_to_dusk(sheet: Sheet) -> list[Found[Hours]]:
    found = []
    for match in _DAWN_TO_DUSK.finditer(sheet.left, sheet.held):
        start = int(value(match["hour1"]) or 0) * 60 + _past(match["minute1"])
        end_hour = int(value(match["hour2"]) or 0)
        end = (end_hour + (12 if end_hour < 12 else 0)) * 60 + _past(match["minute2"])
        found.append(Found(Hours(start, end), match.start(), match.end(), 0.95))
    sheet.take_found(found)
    return found


def _ranges(sheet: Sheet) -> list[Found[Hours]]:
    found = []
    for match in _RANGE.finditer(sheet.left, sheet.held):
        if not _plausible(match) or _NOT_WORK_BEFORE.search(sheet.left[max(0, match.start() - 6) : match.start()]):
            continue
        if _BREAK.match(sheet.left[match.end() : match.end() + 4]):
            sheet.take([match.span()])
            continue
        start, end = _minutes(match, 1), _minutes(match, 2)
        if (
            not match["period1"]
            and match["period2"]
            and _BEFORE_DAY.search(match["period2"])
            and (300 < start < 720 or (180 <= start < 720 and end < start))
        ):
            start += 720
        if not match["period1"] and match["period2"] and not _NEXT_DAY.search(match["period2"]) and start > end:
            start = start - 720 if start >= 720 else start
        if _in_the_afternoon(sheet.text, match, start, end):
            found.append(Found(Hours(start + 720, end + 720), match.start(), match.end(), 0.8))
            continue
        found.append(Found(Hours(start, _end(match, start, end)), match.start(), match.end(), 0.95))
    return found


def _in_the_afternoon(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Hours without a word for the time of day that are an afternoon's (2点到5点) or were said to be an evening's."""
    if match["period1"] or match["period2"] or match["mark1"] == ":" or not start < end <= 690:
        return False
    left = clause_around(text, *match.span(), breaks="。;\n")[0]
    evening = _EVENING.search(text, left, match.start())
    return (start < 300 and end <= 480) or (bool(evening) and start >= 240 and end <= (690 if start >= 300 else 570))


def _plausible(match: re.Match[str]) -> bool:
    """A range of hours has a mark of time on it, not only two figures."""
    if match["mark2"]:
        return match["mark2"] != "." or bool(match["minute2"])
    return bool(match["mark1"] or match["period2"] or match["period1"])


def _end(match: re.Match[str], start: int, end: int) -> int:
    """An end without a word for the time of day takes it from the start: 下午2点到6点, 7点到6点, 晚10点到6点."""
    if match["period2"] or end > 12 * 60 + 59:
        return end
    if end == 720 and start >= 840:
        return 0
    if end <= start % 1440 or (end + 720 <= 1440 and start >= 720 and _AFTER_NOON.search(match["period1"])):
        night = bool(_AT_NIGHT.search(match["period1"])) or start >= 18 * 60
        if night and end + 720 > start and end + 720 < 1440 and start < 22 * 60:
            return end + 720
        return end if night else (end + 720) % 1440
    return end


def _minutes(match: re.Match[str], at: int) -> int:
    hour = int(value(match[f"hour{at}"]) or 0)
    return (_in_24(hour, match[f"period{at}"] or "") % 24) * 60 + _past(match[f"minute{at}"])


def _in_24(hour: int, period: str) -> int:
    if not period:
        return hour
    if _AFTERNOON.search(period):
        return hour + 12 if hour < 12 else hour
    if _MIDDAY.search(period):
        return hour + 12 if hour < 6 else hour
    if _AT_NIGHT.search(period) and not _MORNING.search(period.replace("今早", "")):
        if hour == 12:
            return 24
        small = 5 if "夜" in period or "黑" in period else 4
        return hour + 12 if small <= hour < 12 else hour
    return hour


def _past(minute: str | None) -> int:
    if not minute:
        return 0
    named = {"半": 30, "一刻": 15, "三刻": 45}
    return named.get(minute) or int(value(minute) or 0)
