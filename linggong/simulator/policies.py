"""Ways of filling a shift: whom to ask next, how, and how long to wait before asking more.

A policy sees the shift as it stands, all workers in order of registration, who was asked for this shift before and who
is taken today; it never sees what anybody will answer.
"""

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from linggong.matching.model import Shift, Worker
from linggong.matching.ranking import best_workers
from linggong.matching.waves import ANSWER_MINUTES, Channel, next_wave

SHORTLIST = 120
AT_THE_ROADSIDE = 0.4
"""The share of workers who stand at the roadside on a morning."""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that is known when the next people are chosen; `answers_due` are those whose answer is awaited."""

    shift: Shift
    workers: Sequence[Worker]
    asked: Collection[str]
    answers_due: Collection[str]
    taken: Collection[str]
    minutes_left: int
    source: random.Random


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom to ask now, the mean minutes until an answer, and the minutes until the next asking."""

    workers: Sequence[Worker]
    answer_minutes: float
    pause_minutes: float


Policy = Callable[[Situation], Asking]


def of_the_trade(now: Situation) -> list[Worker]:
    """Those of the trade not yet asked, as a list sorted by trade shows them; who is taken today is not known."""
    return [one for one in now.workers if now.shift.trade in one.trades and one.id not in now.asked]


def roadside(now: Situation) -> Asking:
    """First seen: the employer drives up and asks whoever stands there and is still there, one by one."""
    there = [one for one in of_the_trade(now) if stands_there(one) and one.id not in now.taken]
    return Asking([now.source.choice(there)] if there else [], 1, 3)


def stands_there(worker: Worker) -> bool:
    """Whether the worker stands at the roadside: the same people under every seed."""
    return random.Random(worker.id).random() < AT_THE_ROADSIDE


def notice_board(now: Situation) -> Asking:
    """First come: every few minutes somebody of the trade passes the board, reads and decides."""
    passing = [one for one in of_the_trade(now) if one.id not in now.taken]
    return Asking([now.source.choice(passing)] if passing else [], 1, 6)


def list_by_filter(now: Situation) -> Asking:
    """What hall systems do: a list of the trade in order of registration, called one after the other."""
    return Asking(of_the_trade(now)[:1], 2, 4)


def greedy_score(now: Situation) -> Asking:
    """The best by fit are sent a message, as many as there are open places."""
    ranked = best_workers(now.shift, unasked(now), now.shift.open_places)
    minutes = ANSWER_MINUTES[Channel.MESSAGE]
    return Asking([one.worker for one in ranked], minutes / 2, minutes)


def engine(now: Situation) -> Asking:
    """The best by fit, in waves sized by the chance of a yes, louder as time runs out."""
    ranked = best_workers(now.shift, unasked(now), SHORTLIST)
    wave = next_wave(ranked, now.shift.open_places, now.minutes_left, asked=now.answers_due)
    minutes = ANSWER_MINUTES[wave.channel]
    return Asking([one.worker for one in ranked[: wave.size]], minutes / 2, minutes / 2)


def unasked(now: Situation) -> list[Worker]:
    """Those of the trade who were not asked and are not taken; the system knows its bookings."""
    return [one for one in of_the_trade(now) if one.id not in now.taken]


def with_open(shift: Shift, open_places: int) -> Shift:
    """The shift with so many places open."""
    return replace(shift, open_places=open_places)


POLICIES: dict[str, Policy] = {
    "roadside": roadside,
    "notice board": notice_board,
    "list by filter": list_by_filter,
    "greedy score": greedy_score,
    "engine": engine,
}
