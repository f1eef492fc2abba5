"""A county's days under one policy, as a discrete-event simulation: postings, askings, answers, arrivals, nights."""

from collections.abc import Generator
from dataclasses import replace

import simpy

from linggong.matching import eligibility
from linggong.matching.acceptance import features
from linggong.matching.model import Shift, Worker
from linggong.simulator.county import DAY, County, Posting, moment
from linggong.simulator.outcome import Outcome, Taken
from linggong.simulator.people import Nature, way_minutes
from linggong.simulator.policies import Asking, Policy, Situation

Steps = Generator[simpy.Event, object, None]

CLERKS = 2
"""Windows at which calls are made, one after the other."""
MISSED_AFTER = 15
"""Minutes after the start at which a missing person is noticed."""
LAST_ASKING = 5
"""Minutes before the start at which nobody is asked any more."""


class Market:
    """What all processes of one county share: who is registered, with their bookings and records as they are now."""

    def __init__(self, county: County, policy: Policy) -> None:
        self.county, self.policy, self.nature = county, policy, Nature(county.seed)
        self.clock = simpy.Environment()
        self.clerks = simpy.Resource(self.clock, CLERKS)
        self.workers: dict[str, Worker] = {worker.id: worker for worker in county.workers}
        self.worked_on: dict[str, int] = {}
        self.open: dict[str, Filling] = {}
        self.outcome = Outcome(
            days=county.days,
            workers=len(county.workers),
            posts=len(county.postings),
            places=sum(posting.shift.places for posting in county.postings),
        )

    def run(self) -> Outcome:
        """Lets the days pass."""
        self.policy.opens(self.workers.values())
        for posting in self.county.postings:
            self.clock.process(Filling(self, posting).run())
        self.clock.process(self.nights())
        self.clock.run()
        return self.outcome

    @property
    def day(self) -> int:
        return int(self.clock.now // DAY)

    def nights(self) -> Steps:
        """At midnight everybody is a day older in the register, and the policy may learn."""
        for day in range(1, self.county.days):
            yield self.clock.timeout(day * DAY - self.clock.now)
            now = moment(int(self.clock.now))
            for worker in self.workers.values():
                idle = 0 if self.worked_on.get(worker.id) == day - 1 else worker.idle_days + 1
                busy = tuple(booked for booked in worker.busy if booked[1] > now)
                self.change(worker, idle_days=idle, registered_days=worker.registered_days + 1, busy=busy)
            self.policy.night(self.workers.values())

    def change(self, worker: Worker, **changes: object) -> Worker:
        """The worker with changes, from now on."""
        changed = self.workers[worker.id] = replace(worker, **changes)  # type: ignore[arg-type]
        return changed


class Filling:
    """The filling of one shift, from the posting to the start and a little after."""

    def __init__(self, market: Market, posting: Posting) -> None:
        self.market, self.posting, self.open = market, posting, posting.shift.places
        self.asked: set[str] = set()
        self.awaited: set[str] = set()
        self.standbys: list[str] = []
        self.missing: list[str] = []

    @property
    def shift(self) -> Shift:
        """The shift with its open places as they are now."""
        return replace(self.posting.shift, open_places=self.open)

    @property
    def minutes_left(self) -> int:
        return int(self.posting.starts - self.market.clock.now)

    def run(self) -> Steps:
        """Asks until the shift is full or starts; a while after the start standbys replace who is missing."""
        clock = self.market.clock
        yield clock.timeout(self.posting.minute)
        self.market.open[self.shift.id] = self
        while self.open and self.minutes_left > LAST_ASKING:
            asking = self.market.policy.ask(self.situation())
            for worker_id in asking.workers:
                self.asked.add(worker_id)
                self.awaited.add(worker_id)
                clock.process(self.approach(worker_id, asking))
            yield clock.timeout(asking.pause_minutes)
        del self.market.open[self.shift.id]
        yield clock.timeout(max(self.minutes_left, 0) + MISSED_AFTER)
        self.replace_missing()

    def situation(self) -> Situation:
        """What the policy may know now."""
        return Situation(
            shift=self.shift,
            workers=self.market.workers,
            asked=self.asked,
            awaited=self.awaited,
            minute=int(self.market.clock.now),
            minutes_left=self.minutes_left,
            open_shifts=lambda: [filling.shift for filling in self.market.open.values()],
            nature=self.market.nature,
        )

    def approach(self, worker_id: str, asking: Asking) -> Steps:
        """One person is asked, thinks and answers, if reached at all."""
        clock, way = self.market.clock, asking.way
        chance = self.market.nature.draw("answer", worker_id, self.shift.id, way.name)
        if way.clerk_minutes:
            with self.market.clerks.request() as free:
                yield free
                if not self.open or self.minutes_left <= LAST_ASKING:
                    return
                yield clock.timeout(way.clerk_minutes)
        self.market.outcome.disturbed += 1
        asked_at = self.minutes_left
        reached = chance.random() < way.reached
        yield clock.timeout(chance.expovariate(1 / way.answer_minutes) if reached else asking.pause_minutes)
        self.awaited.discard(worker_id)
        worker = self.market.workers[worker_id]
        yes = reached and self.market.nature.agrees(worker, self.shift, self.market.day, asked_at)
        self.market.policy.answered(features(worker, self.shift, asked_at), yes)
        if yes and self.minutes_left >= 0:
            self.take(worker)

    def take(self, worker: Worker) -> None:
        """Gives the worker the place, if both are still free; who comes too late may stand by."""
        if set(eligibility.refusals(worker, self.shift)) - {eligibility.Reason.FULL}:
            return
        if not self.open:
            self.standbys.append(worker.id)
            return
        self.open -= 1
        waited = self.market.clock.now - self.posting.minute
        came = self.market.nature.comes(worker, self.shift)
        self.market.outcome.taken.append(
            Taken(worker, self.shift, waited, waited + way_minutes(worker, self.shift), came)
        )
        if not came:
            self.missing.append(worker.id)
        self.book(worker, came)
        if not self.open:
            self.market.outcome.full_after.append(waited)

    def book(self, worker: Worker, came: bool) -> None:
        """The worker is taken for the time of the shift, and the record says whether they came."""
        shift = self.posting.shift
        busy = (*worker.busy, (shift.starts, shift.ends, shift.latitude, shift.longitude))
        self.market.change(worker, busy=busy, kept=worker.kept + came, missed=worker.missed + (not came))
        self.market.policy.booked(worker.id, shift)
        if came:
            self.market.worked_on[worker.id] = self.posting.starts // DAY

    def replace_missing(self) -> None:
        """Those who stand by are called for those who did not come, as far as the policy keeps them."""
        waited = self.market.clock.now - self.posting.minute
        one_open = replace(self.posting.shift, open_places=1)
        standbys = iter(self.standbys if self.market.policy.keeps_standbys else ())
        for _, worker_id in zip(self.missing, standbys, strict=False):
            worker = self.market.workers[worker_id]
            if eligibility.refusals(worker, one_open):
                continue
            ready = waited + way_minutes(worker, one_open)
            self.market.outcome.taken.append(Taken(worker, one_open, waited, ready, came=True, late=True))
            self.book(worker, came=True)


def simulate(county: County, policy: Policy) -> Outcome:
    """The county's days under one policy."""
    return Market(county, policy).run()
