"""One morning under one policy, as a discrete-event simulation: postings, askings, answers, arrivals."""

import random
from collections.abc import Generator
from dataclasses import dataclass, field

import simpy

from linggong.matching import eligibility
from linggong.matching.acceptance import Model
from linggong.matching.model import Shift, Worker
from linggong.simulator.county import FIVE, County, Posting
from linggong.simulator.policies import Policy, Situation, with_open

TEMPER = Model((0.2, -2.0, 1.5, 0.5, 0.6, 0.0), 0)
"""How people decide in the simulation, by the features of the acceptance model. No policy sees it."""


@dataclass
class Outcome:
    """What a morning came to. Minutes are from the posting; `filled_at` only has shifts that became full."""

    places: int = 0
    workers: int = 0
    disturbed: int = 0
    placed: list[tuple[Worker, Shift]] = field(default_factory=list)
    arrived: int = 0
    filled_at: list[float] = field(default_factory=list)

    @property
    def filled(self) -> float:
        """Share of places taken."""
        return len(self.placed) / self.places if self.places else 0.0

    @property
    def disturbed_per_place(self) -> float:
        """People asked for each place taken."""
        return self.disturbed / len(self.placed) if self.placed else 0.0

    @property
    def kilometres(self) -> float:
        """Mean way to work."""
        ways = [eligibility.distance(worker, shift) for worker, shift in self.placed]
        return sum(ways) / len(ways) / 1000 if ways else 0.0

    @property
    def priority(self) -> int:
        """Placements of people of priority groups."""
        return sum(bool(worker.priority) for worker, _ in self.placed)

    @property
    def gini(self) -> float:
        """How unequally the day's income falls on all who looked for work: 0 evenly, 1 all to one."""
        earned = sorted(eligibility.offered(shift) for _, shift in self.placed)
        incomes = [0] * (self.workers - len(earned)) + earned
        total = sum(incomes)
        ranks = sum((2 * rank - len(incomes) - 1) * income for rank, income in enumerate(incomes, 1))
        return ranks / (len(incomes) * total) if total else 0.0

    @property
    def minutes_to_full(self) -> float:
        """Median minutes from the posting to full, of the shifts that became full."""
        return sorted(self.filled_at)[len(self.filled_at) // 2] if self.filled_at else float("nan")


class Morning:
    """The state that all processes of one morning share."""

    def __init__(self, county: County, policy: Policy, seed: int) -> None:
        self.county, self.policy, self.seed = county, policy, seed
        self.clock = simpy.Environment()
        self.taken: set[str] = set()
        self.outcome = Outcome(
            places=sum(posting.shift.places for posting in county.postings), workers=len(county.workers)
        )

    def run(self) -> Outcome:
        """Lets the morning pass."""
        for posting in self.county.postings:
            self.clock.process(Filling(self, posting).run())
        self.clock.run()
        return self.outcome

    def draw(self, *names: str) -> random.Random:
        """Chance that belongs to these names: the same person answers the same offer alike under every policy."""
        return random.Random("/".join((str(self.seed), *names)))


class Filling:
    """The filling of one shift from posting to start."""

    def __init__(self, morning: Morning, posting: Posting) -> None:
        self.morning, self.posting = morning, posting
        self.open = posting.shift.places
        self.asked: set[str] = set()
        self.answers_due: set[str] = set()
        self.start = (posting.shift.starts - FIVE).total_seconds() / 60
        self.source = morning.draw("policy", posting.shift.id)

    def run(self) -> Generator[simpy.Event, None, None]:
        """Asks until the shift is full or starts."""
        clock = self.morning.clock
        yield clock.timeout(self.posting.minute)
        while self.open and clock.now < self.start:
            asking = self.morning.policy(self.situation())
            for worker in asking.workers:
                self.asked.add(worker.id)
                self.answers_due.add(worker.id)
                self.morning.outcome.disturbed += 1
                clock.process(self.answer(worker, asking.answer_minutes))
            yield clock.timeout(asking.pause_minutes)

    def situation(self) -> Situation:
        """What the policy may know now."""
        return Situation(
            shift=with_open(self.posting.shift, self.open),
            workers=self.morning.county.workers,
            asked=self.asked,
            answers_due=self.answers_due,
            taken=self.morning.taken,
            minutes_left=int(self.start - self.morning.clock.now),
            source=self.source,
        )

    def answer(self, worker: Worker, mean_minutes: float) -> Generator[simpy.Event, None, None]:
        """The worker thinks and answers; a yes counts if the place and the worker are still free."""
        clock, shift = self.morning.clock, self.posting.shift
        chance = self.morning.draw(worker.id, shift.id)
        yield clock.timeout(chance.expovariate(1 / mean_minutes))
        self.answers_due.discard(worker.id)
        notice = int(self.start - clock.now)
        if notice < 0 or not self.open or worker.id in self.morning.taken or eligibility.refusals(worker, shift):
            return
        if chance.random() < TEMPER.chance(worker, shift, notice):
            self.take(worker, chance)

    def take(self, worker: Worker, chance: random.Random) -> None:
        """Books the worker, who mostly arrives."""
        outcome = self.morning.outcome
        self.morning.taken.add(worker.id)
        self.open -= 1
        outcome.placed.append((worker, self.posting.shift))
        outcome.arrived += chance.random() < (worker.kept + 9) / (worker.kept + worker.missed + 10)
        if not self.open:
            outcome.filled_at.append(self.morning.clock.now - self.posting.minute)


def simulate(county: County, policy: Policy, seed: int) -> Outcome:
    """One morning under one policy."""
    return Morning(county, policy, seed).run()
