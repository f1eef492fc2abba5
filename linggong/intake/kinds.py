"""Whether somebody wants workers, wants work, or neither; the signs are data in `data/kinds.toml`."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from linggong.intake.lexicon import toml
from linggong.intake.signs import Sign, found_in

Kind = Literal["job", "seeker", "other"]


_LEAST = 4  # points: a trade and a telephone


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the fields' readers found: how strong a word for a trade, and what else there is."""

    trade: int
    headcount: bool
    pay: bool
    phone: bool
    hours: bool
    scam: bool


@cache
def _signs(kind: str) -> list[tuple[int, list[Sign]]]:
    return [(group["weight"], [Sign(sign) for sign in group["signs"]]) for group in toml("kinds")[kind]]


@cache
def _full() -> tuple[list[Sign], list[Sign]]:
    full = toml("kinds")["full"]
    return [Sign(sign) for sign in full["signs"]], [Sign(sign) for sign in full["unless"]]


def is_full(text: str) -> bool:
    """Whether the text says that nobody is wanted any more."""
    signs, unless = _full()
    return bool(found_in(text, signs)) and not found_in(text, unless)


def decide(text: str, evidence: Evidence) -> tuple[Kind, float]:
    """The kind of a plain text and how sure it is, from its signs and from what was found in it."""
    if is_full(text):
        return "other", 0.95
    job, seeker, other = (_score(kind, text) for kind in ("job", "seeker", "other"))
    job += 4 * evidence.headcount + 8 * evidence.scam
    wanting, best = ("seeker", seeker) if seeker > job else ("job", job)
    best += _substance(evidence)
    if not (evidence.trade or evidence.headcount or evidence.pay or evidence.scam or seeker):
        return "other", 0.8
    if other >= best or best < _LEAST:
        return "other", _margin(other, best)
    return wanting, _margin(max(job, seeker), min(job, seeker))  # type: ignore[return-value]


def _score(kind: str, text: str) -> int:
    return sum(weight * len(found_in(text, signs)) for weight, signs in _signs(kind))


def _substance(evidence: Evidence) -> int:
    """A trade with a number, pay and a telephone speaks of work even without a word of asking."""
    return min(evidence.trade, 2) + evidence.headcount + 2 * evidence.pay + 2 * evidence.phone + evidence.hours


def _margin(best: int, second: int) -> float:
    return round(min(0.99, 0.5 + (best - second) / (2 * max(best, 1))), 2)
