"""Whether somebody wants workers, wants work, or neither; the signs are data in `data/kinds.toml`."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from linggong.intake.lexicon import either, toml

Kind = Literal["job", "seeker", "other"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the fields' readers found: the strongest word for a trade, and whether there is a number, pay, a telephone."""

    trade: int
    headcount: bool
    pay: bool
    phone: bool
    hours: bool
    scam: bool


@cache
def _signs(kind: str) -> list[tuple[int, re.Pattern[str]]]:
    return [(group["weight"], re.compile(sign)) for group in toml("kinds")[kind] for sign in group["signs"]]


@cache
def _full() -> tuple[re.Pattern[str], re.Pattern[str]]:
    full = toml("kinds")["full"]
    return either(full["signs"]), either(full["unless"])


def is_full(text: str) -> bool:
    """Whether the text says that nobody is wanted any more."""
    signs, unless = _full()
    return bool(signs.search(text)) and not unless.search(text)


def decide(text: str, evidence: Evidence) -> tuple[Kind, float]:
    """The kind of a plain text and how sure it is, from its signs and from what was found in it."""
    if is_full(text):
        return "other", 0.95
    scores = {kind: _score(kind, text) for kind in ("job", "seeker", "other")}
    scores["job"] += _substance(evidence)
    if evidence.scam:
        scores["job"] += 8
    if not (evidence.trade or evidence.headcount or evidence.pay or evidence.scam or scores["seeker"]):
        return "other", 0.8
    if scores["seeker"] and (evidence.phone or evidence.trade):
        scores["seeker"] += 2
    if scores["other"] >= max(scores["job"], scores["seeker"], 1):
        return "other", _margin(scores["other"], max(scores["job"], scores["seeker"]))
    if scores["seeker"] > scores["job"]:
        return "seeker", _margin(scores["seeker"], scores["job"])
    if scores["job"] < 5:
        return "other", 0.6
    return "job", _margin(scores["job"], max(scores["seeker"], scores["other"]))


def _score(kind: str, text: str) -> int:
    return sum(weight for weight, sign in _signs(kind) if sign.search(text))


def _substance(evidence: Evidence) -> int:
    """A trade with a number, pay and a telephone is a post even without a word of asking."""
    points = 2 if evidence.trade >= 2 else evidence.trade
    return points + 3 * evidence.headcount + 2 * evidence.pay + 2 * evidence.phone + evidence.hours


def _margin(best: int, second: int) -> float:
    return round(min(0.99, 0.5 + (best - second) / (2 * max(best, 1))), 2)
