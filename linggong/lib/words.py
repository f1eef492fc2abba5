"""Dates, times and durations as people say them, on a wall clock in China."""

from datetime import date, datetime

from linggong.lib import clock
from linggong.lib.text import choose

_NEAR = {
    -2: ("前天", "the day before yesterday"),
    -1: ("昨天", "yesterday"),
    0: ("今天", "today"),
    1: ("明天", "tomorrow"),
    2: ("后天", "the day after tomorrow"),
}
_WEEKDAYS = (
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date, today: date, language: str = "zh") -> str:
    """'明天 周一 11月23日', '12月3日 周四', '2027年1月3日 周日'; 'tomorrow, Mon 23 Nov', 'Thu 3 Dec'."""
    weekday = choose(language, *_WEEKDAYS[day.weekday()])
    near = _NEAR.get((day - today).days)
    if near:
        bare = choose(language, f"{weekday} {day.month}月{day.day}日", f"{weekday} {day.day} {_MONTHS[day.month - 1]}")
        return choose(language, f"{near[0]} {bare}", f"{near[1]}, {bare}")
    elsewhen = day.year != today.year
    zh = f"{f'{day.year}年' if elsewhen else ''}{day.month}月{day.day}日 {weekday}"
    en = f"{weekday} {day.day} {_MONTHS[day.month - 1]}{f' {day.year}' if elsewhen else ''}"
    return choose(language, zh, en)


def time_words(moment: datetime) -> str:
    """'7:30', of an aware moment."""
    there = clock.local(moment)
    return f"{there.hour}:{there.minute:02d}"


def period_words(starts: datetime, ends: datetime, today: date, language: str = "zh") -> str:
    """'明天 周一 11月23日 7:30 到 17:30', over midnight '… 22:00 到第二天 6:00'."""
    first, last = clock.local(starts).date(), clock.local(ends).date()
    begins = f"{day_words(first, today, language)} {time_words(starts)}"
    ends_at = time_words(ends)
    match (last - first).days:
        case 0:
            return begins + choose(language, f" 到 {ends_at}", f" to {ends_at}")
        case 1:
            return begins + choose(language, f" 到第二天 {ends_at}", f" to {ends_at} the next day")
        case _:
            day = day_words(last, today, language)
            return begins + choose(language, f" 到 {day} {ends_at}", f" to {day} {ends_at}")


def duration_words(minutes: int, language: str = "zh") -> str:
    """'1 小时 20 分', '8 小时', '45 分'; in English '1 h 20 min'."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} {choose(language, '小时', 'h')}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} {choose(language, '分', 'min')}")
    return " ".join(parts)
