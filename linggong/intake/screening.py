"""Screening: what a clerk must look at before a post is shown to anyone, as named rules with their legal ground.

The signs, sentences and grounds are data in `data/screening.toml`; here is only how they are applied.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from linggong.intake.lexicon import toml
from linggong.intake.sheet import clause_around
from linggong.intake.signs import Sign, Signs, Span
from linggong.intake.text import Plain, plain

Severity = Literal["stop", "ask"]
PayUnit = Literal["hour", "day", "month", "piece", "job"]
Gender = Literal["male", "female"]

RULES = tuple(name for name in toml("screening") if name != "denial")
LONGEST_DAY = 12.0
YOUNGEST = 16
WORKING_DAYS_A_MONTH = 21.75  # 《关于职工全年月平均工作时间和工资折算问题的通知》, in force for wage conversion
HOURS_A_DAY = 8.0
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a text or post runs into; `span` points into the text that was screened, where there is one."""

    rule: str
    severity: Severity
    sentence_zh: str
    sentence_en: str
    ground: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What a structured post says; money in fen, hours as a working day's length, None where not said.

    `gender_ground` is the lawful ground stated for a restriction by sex. The minimum wages are those of the post's
    division on its first day.
    """

    title: str = ""
    description: str = ""
    conditions: str = ""
    pay_fen_min: int | None = None
    pay_unit: PayUnit | None = None
    hours_per_day: float | None = None
    age_min: int | None = None
    gender: Gender | None = None
    gender_ground: str = ""
    minimum_wage_fen_per_hour: int | None = None
    minimum_wage_fen_per_month: int | None = None


def finding(rule: str, span: Span | None = None) -> Finding:
    """A finding of the named rule, with its sentences and ground."""
    words = toml("screening")[rule]
    return Finding(rule, words["severity"], words["sentence_zh"], words["sentence_en"], words["ground"], span)


def screen_text(text: str) -> tuple[Finding, ...]:
    """Every rule that the plain words of `text` run into, at most one finding a rule, spans in `text`."""
    source = plain(text)
    return tuple(finding(rule, source.span(*at)) for rule, at in signs_in(source).items())


def screen_post(post: PostFacts) -> tuple[Finding, ...]:
    """Every rule that a structured post runs into, by its words and by its figures."""
    found = {each.rule for part in (post.title, post.description, post.conditions) for each in screen_text(part)}
    found |= {rule for rule, broken in _FIGURES.items() if broken(post)}
    if post.gender_ground.strip():
        found.discard("gender_restriction")
    return tuple(finding(rule) for rule in RULES if rule in found)


def signs_in(source: Plain) -> dict[str, Span]:
    """The rules whose signs stand in a plain text undenied, each with a sign's place in that plain text."""
    found: dict[str, Span] = {}
    for sign in SIGNS.worth_trying(source.held):
        at = None if sign.label in found else _undenied(sign, source)
        if at is not None:
            found[sign.label] = at
    return found


def _undenied(sign: Sign[str], source: Plain) -> Span | None:
    for span in sign.spans_in(source.text):
        if not _denied(source.text, *span) and not _excepted(sign.label, source, span):
            return span
    return None


def _excepted(rule: str, source: Plain, span: Span) -> bool:
    """Whether the clause around a sign of a rule says what the rule leaves alone."""
    exceptions = [sign for sign in _UNLESS.worth_trying(source.held) if sign.label == rule]
    if not exceptions:
        return False
    left, right = clause_around(source.text, *span, breaks=",。;!\n")
    return any(sign.stands_in(source.text[left:right]) for sign in exceptions)


SIGNS = Signs((rule, sign) for rule in RULES for sign in toml("screening")[rule]["signs"])
"""The signs of each rule."""
_UNLESS = Signs((rule, sign) for rule in RULES for sign in toml("screening")[rule].get("unless", []))


@cache
def _denials() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = toml("screening")["denial"]
    return re.compile(words["before"]), re.compile(words["after"])


def _denied(text: str, start: int, end: int) -> bool:
    before, after = _denials()
    return bool(before.search(text[max(0, start - _AROUND) : start]) or after.match(text[end : end + _AROUND]))


def _pays_under_minimum(post: PostFacts) -> bool:
    if post.pay_fen_min is None:
        return False
    if post.pay_unit == "month":
        return _under(post.pay_fen_min, post.minimum_wage_fen_per_month)
    hourly = _hourly_minimum(post)
    if post.pay_unit == "hour":
        return _under(post.pay_fen_min, hourly)
    if post.pay_unit == "day":
        hours = post.hours_per_day or HOURS_A_DAY
        return hourly is not None and post.pay_fen_min < hourly * hours
    return False


def _hourly_minimum(post: PostFacts) -> float | None:
    """The hourly minimum in fen: the stated one, else the monthly one spread over the working hours of a month."""
    if post.minimum_wage_fen_per_hour is not None:
        return post.minimum_wage_fen_per_hour
    if post.minimum_wage_fen_per_month is not None:
        return post.minimum_wage_fen_per_month / WORKING_DAYS_A_MONTH / HOURS_A_DAY
    return None


def _under(pay: int, minimum: float | None) -> bool:
    return minimum is not None and pay < minimum


_FIGURES = {
    "gender_restriction": lambda post: post.gender is not None and not post.gender_ground.strip(),
    "underage": lambda post: post.age_min is not None and post.age_min < YOUNGEST,
    "excessive_hours": lambda post: post.hours_per_day is not None and post.hours_per_day > LONGEST_DAY,
    "pay_under_minimum": _pays_under_minimum,
}
