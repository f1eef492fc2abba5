"""Why a worker and a shift were brought together, in plain words. Both languages are in this one table."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

from linggong.lib.geo import walking_minutes
from linggong.matching import eligibility
from linggong.matching.eligibility import Reason
from linggong.matching.fit import Fit
from linggong.matching.model import Rules, Shift, Worker

Language = Literal["zh", "en"]
Audience = Literal["worker", "employer", "clerk"]

LONGEST_WALK_MINUTES = 60

WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "comma": ", ",
        "trade": "会{trade}",
        "skilled": "会{trade}, {skill}",
        "skill_1": "做过",
        "skill_2": "熟练",
        "skill_3": "师傅",
        "certificate": "有{names}",
        "and": "、",
        "walk_worker": "离您 {km} 公里, 走路 {minutes} 分钟",
        "walk_employer": "离工地 {km} 公里, 走路 {minutes} 分钟",
        "way_worker": "离您 {km} 公里",
        "way_employer": "离工地 {km} 公里",
        "transport": "有车接送",
        "pay_worker": "工钱够您要的 {yuan} 元{unit}",
        "less_worker": "工钱比您要的 {yuan} 元{unit}少一些, 您说过可以",
        "pay_employer": "要 {yuan} 元{unit}",
        "record": "{all} 次约好的活来了 {kept} 次",
        "idle": "{days} 天没有活了",
        "idle_worker": "您等了 {days} 天了",
        "priority": "重点群体",
        "named_worker": "用工的人点名找您",
        "named_employer": "您点名要的人",
        "named_clerk": "用工方点名",
        "points": "合计 {total} 分",
        "hour": "一小时",
        "day": "一天",
        "month": "一个月",
        "shift": "一班",
        "piece": "一件",
    },
    "en": {
        "comma": ", ",
        "trade": "knows the trade ({trade})",
        "skilled": "knows the trade ({trade}), {skill}",
        "skill_1": "some practice",
        "skill_2": "skilled",
        "skill_3": "a master",
        "certificate": "holds {names}",
        "and": " and ",
        "walk_worker": "{km} km from you, {minutes} minutes on foot",
        "walk_worker_one": "{km} km from you, a minute on foot",
        "walk_employer": "{km} km from the site, {minutes} minutes on foot",
        "walk_employer_one": "{km} km from the site, a minute on foot",
        "way_worker": "{km} km from you",
        "way_employer": "{km} km from the site",
        "transport": "transport is provided",
        "pay_worker": "it pays the {yuan} yuan{unit} you ask",
        "less_worker": "it pays less than the {yuan} yuan{unit} you ask, which you said is all right",
        "pay_employer": "asks {yuan} yuan{unit}",
        "record": "came to {kept} of {all} agreed shifts",
        "record_one": "came to {kept} of one agreed shift",
        "idle": "{days} days without work",
        "idle_one": "a day without work",
        "idle_worker": "you have waited {days} days",
        "priority": "priority group",
        "named_worker": "the employer asks for you by name",
        "named_employer": "you asked for this person by name",
        "named_clerk": "asked for by name",
        "points": "{total} points in all",
        "hour": " an hour",
        "day": " a day",
        "month": " a month",
        "shift": " a shift",
        "piece": " a piece",
    },
}

REFUSALS: Mapping[Language, Mapping[Reason, str]] = {
    "zh": {
        Reason.FULL: "名额已经满了。",
        Reason.NO_CONSENT: "本人没有同意接收派工。",
        Reason.BLOCKED: "双方有一方不愿意再合作。",
        Reason.TRADE: "没有登记这个工种。",
        Reason.CERTIFICATE: "缺少需要的证书, 或者证书到那天已经过期。",
        Reason.AGE: "年龄不符合法律或岗位的规定。",
        Reason.OVERLAP: "这个时间已经有别的活, 路上的时间也算在内。",
        Reason.HOURS: "本人说过这个时间不干活。",
        Reason.TOO_FAR: "离得太远, 超出了能去的距离。",
        Reason.PAY: "工钱低于本人的要求。",
    },
    "en": {
        Reason.FULL: "All places are taken.",
        Reason.NO_CONSENT: "The person has not agreed to be offered work.",
        Reason.BLOCKED: "One of the two does not want to work with the other again.",
        Reason.TRADE: "The person has not registered this trade.",
        Reason.CERTIFICATE: "A required certificate is missing, or will have expired on the day.",
        Reason.AGE: "The law or the post does not allow this age.",
        Reason.OVERLAP: "There is other work at that time, the way between the two included.",
        Reason.HOURS: "The person does not work at that time.",
        Reason.TOO_FAR: "It is farther away than the person goes.",
        Reason.PAY: "It pays less than the person asks.",
    },
}

TERMS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "trade": "工种和技能",
        "distance": "距离",
        "pay": "工钱与要求相比",
        "named": "用工方点名",
        "record": "守约和评价",
        "freshness": "新登记",
        "priority": "重点群体",
        "waiting": "没有活的天数",
    },
    "en": {
        "trade": "trade and skill",
        "distance": "distance",
        "pay": "pay against what is asked",
        "named": "asked for by name",
        "record": "shifts kept and ratings",
        "freshness": "newly registered",
        "priority": "priority group",
        "waiting": "days without work",
    },
}


def sentence(
    worker: Worker,
    shift: Shift,
    fit: Fit,
    language: Language = "zh",
    audience: Audience = "worker",
    rules: Rules = eligibility.USUAL_RULES,
) -> str:
    """One plain sentence on why these two fit.

    The employer is never told a person's priority group nor how long they were without work.
    """
    words = WORDS[language]
    parts = [
        named_part(fit, audience, words),
        trade_part(worker, shift, language, words),
        certificate_part(shift, words),
        way_part(worker, shift, audience, words),
        words["transport"] if shift.transport_provided else "",
        pay_part(worker, shift, audience, words),
        *personal_parts(worker, fit, audience, words),
    ]
    return words["comma"].join(part for part in parts if part)


def table(fit: Fit, language: Language = "zh") -> list[tuple[str, str, int]]:
    """Every term of a fit as (code, name, points), for the auditor; the points add up to the total."""
    return [(term, TERMS[language][term], points) for term, points in fit.terms.items()]


def refusal_sentence(reason: Reason, language: Language = "zh") -> str:
    """Why a pair is not eligible, as one sentence."""
    return REFUSALS[language][reason]


def named_part(fit: Fit, audience: Audience, words: Mapping[str, str]) -> str:
    return words[f"named_{audience}"] if fit.terms["named"] else ""


def trade_part(worker: Worker, shift: Shift, language: Language, words: Mapping[str, str]) -> str:
    trade = trade_name(shift.trade, language)
    skill = worker.trades.get(shift.trade, 0)
    return (
        words["skilled"].format(trade=trade, skill=words[f"skill_{skill}"])
        if skill in (1, 2, 3)
        else words["trade"].format(trade=trade)
    )


def certificate_part(shift: Shift, words: Mapping[str, str]) -> str:
    names = words["and"].join(sorted(shift.certificates))
    return words["certificate"].format(names=names) if names else ""


def way_part(worker: Worker, shift: Shift, audience: Audience, words: Mapping[str, str]) -> str:
    way = eligibility.distance(worker, shift)
    minutes = max(walking_minutes(way), 1)
    kind = "walk" if minutes <= LONGEST_WALK_MINUTES else "way"
    whose = "worker" if audience == "worker" else "employer"
    return counted(f"{kind}_{whose}", minutes, words).format(km=f"{way / 1000:.1f}", minutes=minutes)


def pay_part(worker: Worker, shift: Shift, audience: Audience, words: Mapping[str, str]) -> str:
    if worker.accepts_pay_fen is None:
        return ""
    whose = "pay_employer"
    if audience == "worker":
        offered, asked = eligibility.offered(shift), eligibility.asked(worker, shift)
        if min(offered, asked) < 0:
            return ""
        whose = "pay_worker" if offered >= asked else "less_worker"
    return words[whose].format(yuan=yuan(worker.accepts_pay_fen), unit=words.get(worker.pay_unit or "", ""))


def personal_parts(worker: Worker, fit: Fit, audience: Audience, words: Mapping[str, str]) -> list[str]:
    agreed = worker.kept + worker.missed
    record = counted("record", agreed, words).format(all=agreed, kept=worker.kept) if agreed else ""
    idle = counted("idle", worker.idle_days, words).format(days=worker.idle_days) if worker.idle_days else ""
    if audience == "employer":
        return [record]
    if audience == "worker":
        return [words["idle_worker"].format(days=worker.idle_days)] if worker.idle_days >= 3 else []
    return [record, idle, words["priority"] if fit.terms["priority"] else "", words["points"].format(total=fit.total)]


def counted(key: str, count: int, words: Mapping[str, str]) -> str:
    """The words for so many; a language may say one of a thing in its own way."""
    return words.get(f"{key}_one", words[key]) if count == 1 else words[key]


def yuan(fen: int) -> str:
    """An amount in yuan, without empty cents."""
    return f"{fen / 100:.2f}".removesuffix(".00")


def trade_name(code: str, language: Language) -> str:
    """The name of a trade; the code itself for one that is not in the list."""
    return trade_names().get(code, {}).get(language, code)


@cache
def trade_names() -> Mapping[str, Mapping[str, str]]:
    """The trades' names by code and language, from the list in `linggong/lib`."""
    text = resources.files("linggong.lib").joinpath("trades.csv").read_text(encoding="utf-8")
    return {row["code"]: {"zh": row["name_zh"], "en": row["name_en"]} for row in csv.DictReader(text.splitlines())}
