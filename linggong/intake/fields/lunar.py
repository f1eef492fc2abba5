"""Days of the lunar calendar, by which villages date: 腊月二十, 正月初八, 初六, 中秋."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from linggong.intake.lexicon import rows

_DIGITS = "零一二三四五六七八九"
_MONTHS = {"正": 1, "冬": 11, "腊": 12, "十一": 11, "十二": 12, "十": 10} | {_DIGITS[at]: at for at in range(1, 10)}
_FEASTS = {
    "春节": (1, 1),
    "元宵": (1, 15),
    "端午": (5, 5),
    "中秋": (8, 15),
    "重阳": (9, 9),
    "腊八": (12, 8),
    "小年": (12, 23),
}
_NEAR = 30  # days
_FARTHEST = 240  # days: what lies further ahead was meant of the year that has passed

_MONTH = "[正冬腊]|十[一二]?|[一二三四五六七八九]"
_DAY = "初[一二三四五六七八九十]|廿[一二三四五六七八九]?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|三十"
_BEGINS = "(?=节?(?:当天|那天|开|起|上|进|到岗|动工|用|就|以后|过后))"
PATTERN = (
    rf"(?:农历|阴历|旧历|老历)?(?P<lunar_month>[正冬腊])月(?P<lunar_day1>{_DAY})"
    rf"|(?:农历|阴历|旧历|老历)(?P<lunar_month2>{_MONTH})月(?P<lunar_day2>{_DAY})"
    rf"|(?P<lunar_month3>{_MONTH})月(?P<lunar_day3>初[一二三四五六七八九十]|廿[一二三四五六七八九]?)"
    rf"|(?P<lunar_day4>(?<=大年)初[一二三四五六七八九十]|初[四五六七八九十]|初[一二三](?=开工|开门|开业|起|上班|上工|进厂|动工))"
    rf"|(?P<feast>{'|'.join(_FEASTS)}){_BEGINS}"
)
"""Groups: `lunar_month`, `lunar_day1` and their like with other figures, `lunar_day4` alone, and `feast`."""


@cache
def _years() -> tuple[tuple[date, tuple[tuple[int, int], ...]], ...]:
    """The first day of each year, and of each of its months the number (0 where it is a leap month) and length."""
    years = []
    for first, lengths in rows("lunar"):
        number, months = 0, []
        for length in lengths.split(" "):
            number += not length.startswith("+")
            months.append((0 if length.startswith("+") else number, int(length)))
        years.append((date.fromisoformat(first), tuple(months)))
    return tuple(years)


def _occurrences(month: int, day: int) -> Iterator[date]:
    """Every such day of the calendar, in order."""
    for start, months in _years():
        for number, length in months:
            if number == month and day <= length:
                yield start + timedelta(days=day - 1)
            start += timedelta(days=length)


def next_day(posted: date, month: int, day: int) -> date | None:
    """The next such day on or after `posted`; None where it lies too far ahead or beyond the calendar."""
    found = next((each for each in _occurrences(month, day) if each >= posted), None)
    return found if found and (found - posted).days <= _FARTHEST else None


def resolve(posted: date, month: str | None, day: str | None, feast: str | None) -> date | None:
    """The day that the words of a match of `PATTERN` mean."""
    if feast:
        return next_day(posted, *_FEASTS[feast])
    if month:
        return next_day(posted, _MONTHS[month], _day(day or ""))
    return _around_new_year(posted, _day(day or ""))


def _around_new_year(posted: date, day: int) -> date | None:
    """A day without its month (初八开工) is one of the first month, where New Year is near."""
    found = next_day(posted, 1, day)
    return found if found and (found - posted).days <= _NEAR else None


def _day(written: str) -> int:
    """初八 is 8, 廿三 is 23, 二十 is 20."""
    tens, _, units = written.replace("廿", "二十").removeprefix("初").rpartition("十")
    if "十" not in written and "廿" not in written:
        return _DIGITS.index(units)
    return 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(units) if units else 0)
