"""Whether somebody wants workers, wants work, or neither; the signs are data in `data/kinds.toml`."""

from typing import Literal, NamedTuple

from linggong.intake.lexicon import toml
from linggong.intake.signs import Signs
from linggong.intake.text import Plain

Kind = Literal["job", "seeker", "other"]


_LEAST = 4  # points: a trade and a telephone


class Evidence(NamedTuple):
    """What the fields' readers found: how strong a word for a trade, and what else there is."""

    trade: int
    headcount: bool
    pay: bool
    phone: bool
    hours: bool
    scam: bool


def _signs() -> Signs[tuple[str, int]]:
    """The signs of each kind with their weights, and those of a post that is full or is not."""
    data = toml("kinds")
    weighted = [
        ((kind, group["weight"]), sign)
        for kind in ("job", "seeker", "other")
        for group in data[kind]
        for sign in group["signs"]
    ]
    full = [(("full", 1), sign) for sign in data["full"]["signs"]]
    still_open = [(("open", 1), sign) for sign in data["full"]["unless"]]
    return Signs(weighted + full + still_open)


SIGNS = _signs()


def decide(source: Plain, evidence: Evidence) -> tuple[Kind, float]:
    """The kind of a plain text and how sure it is, from its signs and from what was found in it."""
    scores = {"full": 0, "open": 0, "job": 0, "seeker": 0, "other": 0}
    for name, weight in SIGNS.found_in(source.text, source.held):
        scores[name] += weight
    if scores["full"] and not scores["open"]:
        return "other", 0.95
    seeker, other = scores["seeker"], scores["other"]
    job = scores["job"] + 4 * evidence.headcount + 8 * evidence.scam
    wanting, best = ("seeker", seeker) if seeker > job else ("job", job)
    best += _substance(evidence)
    asked = job > _LEAST and evidence.phone
    if not (evidence.trade or evidence.headcount or evidence.pay or evidence.scam or seeker or asked):
        return "other", 0.8
    if other >= best or best < _LEAST:
        return "other", _margin(other, best)
    return wanting, _margin(max(job, seeker), min(job, seeker))  # type: ignore[return-value]


def _substance(evidence: Evidence) -> int:
    """A trade with a number, pay and a telephone speaks of work even without a word of asking."""
    return min(evidence.trade, 2) + evidence.headcount + 2 * evidence.pay + 2 * evidence.phone + evidence.hours


def _margin(best: int, second: int) -> float:
    """Between 0.5 and 0.99."""
    return round(min(0.99, 0.5 + max(best - second, 0) / (2 * max(best, 1))), 2)
