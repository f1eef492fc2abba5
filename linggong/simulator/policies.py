"""Ways of filling a shift: whom to ask next, how, and how long to wait before asking more.

A policy sees the shift as it stands, the register with its bookings and the other open shifts; what anybody will answer
it never sees. The roadside and the notice board see who stands there; a list and the engine see who is registered.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from linggong.matching import eligibility
from linggong.matching.acceptance import Answer, Model, refit
from linggong.matching.fit import USUAL_WEIGHTS
from linggong.matching.index import WorkerIndex
from linggong.matching.model import Shift, Worker
from linggong.matching.planning import plan_day
from linggong.matching.ranking import Ranked, eligible, worker_order
from linggong.matching.waves import ANSWER_MINUTES, Channel, next_wave
from linggong.simulator.county import DAY
from linggong.simulator.people import Nature, Way

SHORTLIST = 60
PLAN_MINUTES = 10
"""How often the engine plans all open shifts together."""
WAYS: Mapping[Channel, Way] = {Channel.MESSAGE: Way.MESSAGE, Channel.CALL: Way.CALL, Channel.HALL: Way.HALL}


@dataclass(frozen=True, slots=True)
class Situation:
    """All that is known when the next people are chosen; `awaited` are those whose answer is still out.

    `nature` is there for what can be seen with the eyes: who stands at the roadside, who passes the board.
    """

    shift: Shift
    workers: Mapping[str, Worker]
    asked: Collection[str]
    awaited: Collection[str]
    minute: int
    minutes_left: int
    open_shifts: Callable[[], Sequence[Shift]]
    nature: Nature

    @property
    def of_the_trade(self) -> list[Worker]:
        """Those of the trade not yet asked, in the order of registration."""
        return [one for one in self.workers.values() if self.shift.trade in one.trades and one.id not in self.asked]


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom to ask now and how, and the minutes until the next asking."""

    workers: Sequence[str]
    way: Way
    pause_minutes: float


class Policy:
    """A way of filling shifts. Most need only `ask`; the engine also keeps an index and learns."""

    keeps_standbys = False

    def opens(self, workers: Iterable[Worker]) -> None:
        """The market opens with these registered."""

    def ask(self, now: Situation) -> Asking:
        """Whom to ask next for one shift."""
        raise NotImplementedError

    def answered(self, features: tuple[float, ...], yes: bool) -> None:
        """Somebody answered, or did not in time."""

    def booked(self, worker_id: str, shift: Shift) -> None:
        """Somebody has taken a place."""

    def night(self, workers: Iterable[Worker]) -> None:
        """A day is over."""


class Roadside(Policy):
    """First seen: the employer drives up and asks whoever of the trade stands there, one by one."""

    def ask(self, now: Situation) -> Asking:
        day, minute = divmod(now.minute, DAY)
        there = [one.id for one in now.of_the_trade if now.nature.stands(one.id, day, minute)]
        chosen = [now.nature.draw("seen", now.shift.id, now.minute).choice(there)] if there else []
        return Asking(chosen, Way.FACE, 3)


class NoticeBoard(Policy):
    """First come: every few minutes somebody of the trade who looks for work passes the board and reads."""

    def ask(self, now: Situation) -> Asking:
        day, minute = divmod(now.minute, DAY)
        open_hours = 6 * 60 <= minute < 18 * 60
        passing = [one.id for one in now.of_the_trade if now.nature.looks(one.id, day)] if open_hours else []
        chosen = [now.nature.draw("passes", now.shift.id, now.minute).choice(passing)] if passing else []
        return Asking(chosen, Way.FACE, 8)


class ListByFilter(Policy):
    """What hall systems do: a list of the trade in order of registration, called one after the other by a clerk."""

    def ask(self, now: Situation) -> Asking:
        return Asking([one.id for one in now.of_the_trade[:1]], Way.CALL, 4)


class Indexed(Policy):
    """One that knows who is registered, free and fits."""

    def __init__(self) -> None:
        self.index = WorkerIndex()

    def opens(self, workers: Iterable[Worker]) -> None:
        self.index.load(workers)

    def booked(self, worker_id: str, shift: Shift) -> None:
        self.index.book(worker_id, (shift.starts, shift.ends, shift.latitude, shift.longitude))

    def night(self, workers: Iterable[Worker]) -> None:
        self.index.load(workers)

    def unasked(self, now: Situation, limit: int) -> list[str]:
        """The best so many who were not asked yet."""
        found = self.index.best(now.shift, limit + len(now.asked))
        return [name for name, _ in found if name not in now.asked][:limit]


class GreedyScore(Indexed):
    """The best by fit are sent a message, as many as there are open places."""

    def ask(self, now: Situation) -> Asking:
        return Asking(self.unasked(now, now.shift.open_places), Way.MESSAGE, ANSWER_MINUTES[Channel.MESSAGE])


class Engine(Indexed):
    """All open shifts planned together; those planned are asked first, in waves sized by what was learnt; louder as
    time runs out; standbys for who is missing."""

    keeps_standbys = True

    def __init__(self) -> None:
        super().__init__()
        self.history: list[Answer] = []
        self.model = Model()
        self.planned: dict[str, str] = {}
        self.planned_at: float = -PLAN_MINUTES

    def ask(self, now: Situation) -> Asking:
        self.plan(now)
        ranked = self.shortlist(now)
        chances = {name: self.chance(now.workers[name], now) for name in (*now.awaited, *(r.worker.id for r in ranked))}
        wave = next_wave(ranked, now.shift.open_places, now.minutes_left, chances, asked=now.awaited)
        return Asking(wave.ask, WAYS[wave.channel], ANSWER_MINUTES[wave.channel] / 2)

    def plan(self, now: Situation) -> None:
        """Plans all open shifts anew when the last plan is old, or this shift is not in it."""
        if now.minute - self.planned_at < PLAN_MINUTES and now.shift.id in self.planned.values():
            return
        plan = plan_day(self.index, now.open_shifts())
        self.planned = {placement.worker_id: placement.shift_id for placement in plan.placements}
        self.planned_at = now.minute

    def shortlist(self, now: Situation) -> list[Ranked]:
        """The best for the shift: first those planned for it, then the unplanned, last who is planned elsewhere."""
        pairs = [(now.workers[name], now.shift) for name in self.unasked(now, SHORTLIST)]
        ranked = eligible(pairs, USUAL_WEIGHTS, eligibility.USUAL_RULES)
        return sorted(ranked, key=lambda one: (self.place_in_plan(one.worker.id, now.shift.id), worker_order(one)))

    def place_in_plan(self, worker_id: str, shift_id: str) -> int:
        """0 planned for this shift, 1 not planned, 2 planned for another."""
        planned = self.planned.get(worker_id)
        return 1 if planned is None else 0 if planned == shift_id else 2

    def chance(self, worker: Worker, now: Situation) -> float:
        """How likely the person says yes, as far as was learnt."""
        return self.model.chance(worker, now.shift, now.minutes_left)

    def answered(self, features: tuple[float, ...], yes: bool) -> None:
        self.history.append(Answer(features, yes))

    def booked(self, worker_id: str, shift: Shift) -> None:
        super().booked(worker_id, shift)
        self.planned.pop(worker_id, None)

    def night(self, workers: Iterable[Worker]) -> None:
        super().night(workers)
        self.model = refit(self.history)


POLICIES: Mapping[str, Callable[[], Policy]] = {
    "roadside": Roadside,
    "notice board": NoticeBoard,
    "list by filter": ListByFilter,
    "greedy score": GreedyScore,
    "engine": Engine,
}
