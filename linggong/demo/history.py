"""Some weeks of the market, up to this moment: events on a queue, each lived at its own time."""

import heapq
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count

from linggong.attendance import operations as attendance
from linggong.demo import chat, market, material, people
from linggong.dispatch import operations as dispatch
from linggong.dispatch.models import Offer, Placement
from linggong.employers.models import Employer
from linggong.followups import operations as followups
from linggong.followups.models import CallBack
from linggong.foundation.scope import within
from linggong.lib import clock
from linggong.notices.models import Notice
from linggong.posts import operations as posts
from linggong.posts.models import Shift
from linggong.workers.models import Worker

DAYS = 14
WORKERS = 320
JOBS_A_DAY = 11
WAVES = 3

Act = Callable[[], object]


class History:
    """The county's past, lived from `DAYS` days ago until now."""

    def __init__(self, told: Callable[[str], None]) -> None:
        self.lottery = random.Random(material.SEED)  # nosec: a story, no secret
        self.told = told
        self.events: list[tuple[datetime, int, Act]] = []
        self.numbers = count()
        self.now = clock.now()
        self.today = clock.today()
        self.employers: list[Employer] = []

    def plan(self, moment: datetime, act: Act) -> None:
        heapq.heappush(self.events, (moment, next(self.numbers), act))

    def live(self) -> None:
        """Everything that happened until now, in order; what would come later is left to the day itself."""
        first = self.today - timedelta(days=DAYS)
        with clock.at(market.at(first - timedelta(days=3), 8)):
            self.employers = people.register_employers(self.lottery)
        self._plan_registrations()
        for back in range(DAYS + 1):
            self._plan_day(back - 1)
        done, total = 0, len(self.events)
        while self.events and self.events[0][0] <= self.now:
            moment, _, act = heapq.heappop(self.events)
            with clock.at(moment):
                act()
            done, total = done + 1, max(total, done + len(self.events))
            if done % 50 == 0:
                self.told(f"{clock.local(moment):%m-%d %H:%M}  {done}")
        chat.receive_morning(self.employers)
        _forget_old_messages()

    def _plan_registrations(self) -> None:
        for number in range(WORKERS):
            early = number < WORKERS * 0.7
            back = self.lottery.randrange(DAYS, DAYS + 40) if early else self.lottery.randrange(0, DAYS)
            moment = market.at(
                self.today - timedelta(days=back), self.lottery.randrange(6, 17), self.lottery.randrange(60)
            )
            self.plan(moment, lambda n=number: people.register_somebody(self.lottery, n))  # type: ignore[misc]

    def _plan_day(self, back: int) -> None:
        """Posts for the day `back` days ago (-1 is tomorrow) come the evening before, some the same morning."""
        day = self.today - timedelta(days=back)
        for _ in range(JOBS_A_DAY if back >= 0 else 18):
            work = self.lottery.choice(material.WORKS)
            urgent = self.lottery.random() < 0.25 and work.begins.hour >= 8
            eve = market.at(day - timedelta(days=1), self.lottery.randrange(9, 20), self.lottery.randrange(60))
            moment = market.at(day, 6, self.lottery.randrange(5, 40)) if urgent else eve
            if back == -1:
                moment = min(moment, self.now - timedelta(minutes=self.lottery.randrange(1, 40)))
            self.plan(moment, lambda w=work, d=day: self._post(w, d))  # type: ignore[misc]
        if back == -1:
            for work in material.DOUBTFUL:
                self.plan(self.now - timedelta(minutes=25), lambda w=work, d=day: self._post(w, d, decided=False))  # type: ignore[misc]
        if back == DAYS - 2:
            workshop = next(e for e in self.employers if e.name == "上党堆锦工坊")
            self.plan(market.at(day, 10), lambda: self._piecework(workshop))
        self.plan(market.at(day, 17, 30), self._call_backs)

    def _post(self, work: material.Work, day: date, *, decided: bool = True) -> None:
        fitting = [e for e in self.employers[:-2] if e.kind in work.kinds]
        job = market.post(self.lottery, self.lottery.choice(fitting), work, day)
        if not decided:
            return
        if job.state == "checking":
            with within(people.clerk()):
                posts.decide(job=job, allow=True, by=people.clerk(), reason="电话核实过，没有问题")
        self._plan_shift(market.shift_of(job))

    def _piecework(self, employer: Employer) -> None:
        self._plan_shift(market.shift_of(market.post_piecework(employer)))

    def _plan_shift(self, shift: Shift) -> None:
        now = clock.now()
        gap = max((shift.starts - now) / (WAVES + 2), timedelta(minutes=6))
        for number in range(WAVES):
            self.plan(now + gap * number + timedelta(minutes=1), lambda: self._wave(shift, gap / 2))
        self.plan(shift.starts - timedelta(minutes=20), lambda: market.confirm_applicants(shift))
        if shift.job.kind == "piecework":
            return
        self.plan(shift.starts - timedelta(minutes=5), lambda: self._arrivals(shift))
        self.plan(shift.starts + timedelta(minutes=16), lambda: attendance.raise_missing(clock.now()))
        self.plan(shift.starts + timedelta(hours=1), lambda: market.decide_missing_of(shift, self.lottery))
        self.plan(shift.ends + timedelta(minutes=10), lambda: self._settlements(shift))

    def _wave(self, shift: Shift, within_time: timedelta) -> None:
        dispatch.advance(shift, by=market.LOOK)
        with within(market.LOOK):
            asked = list(Offer.objects.filter(shift=shift, state="waiting").select_related("worker", "shift__job"))
        for offer in asked:
            wait = timedelta(seconds=self.lottery.randrange(20, 900))
            self.plan(clock.now() + min(wait, within_time), lambda o=offer: market.answer(self.lottery, o))  # type: ignore[misc]
        self.plan(clock.now() + within_time, lambda: market.confirm_applicants(shift))

    def _placements(self, shift: Shift, state: str) -> list[Placement]:
        with within(market.LOOK):
            held = Placement.objects.filter(shift=shift, state=state)
            return list(held.select_related("worker", "shift__job__employer"))

    def _arrivals(self, shift: Shift) -> None:
        for placement in self._placements(shift, "confirmed"):
            wait = timedelta(minutes=self.lottery.randrange(0, 14))
            self.plan(clock.now() + wait, lambda p=placement: market.arrive(self.lottery, p))  # type: ignore[misc]

    def _settlements(self, shift: Shift) -> None:
        for placement in self._placements(shift, "arrived"):
            if wage := market.settle(self.lottery, placement):
                wait = timedelta(minutes=self.lottery.randrange(5, 300))
                self.plan(clock.now() + wait, lambda w=wage: market.receive(self.lottery, w))  # type: ignore[misc]
                self.plan(clock.now() + wait, lambda p=placement: market.rate_each_other(self.lottery, p))  # type: ignore[misc]

    def _call_backs(self) -> None:
        followups.plan_call_backs()
        with within(market.LOOK):
            due = list(CallBack.objects.filter(state="due", due_at__lte=clock.now())[:40])
        for call in due:
            if self.lottery.random() < 0.85:
                market.call_back(self.lottery, call)


def _forget_old_messages() -> None:
    """The past's SMS are not sent now; what was said in the last hour still is."""
    with within(market.LOOK):
        old = Notice.objects.filter(state=Notice.State.WAITING, created_at__lt=clock.now() - timedelta(hours=1))
        old.update(state=Notice.State.SENT, sent_at=clock.now())


def workers_count() -> int:
    with within(market.LOOK):
        return Worker.objects.count()
