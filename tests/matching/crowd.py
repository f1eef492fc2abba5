"""Random workers and shifts of one county, on a fixed seed, with every feature of eligibility in play."""

import random
from datetime import date, timedelta
from typing import Any

from linggong.matching.model import Busy, Shift, Worker
from tests.matching.people import SEVEN_THIRTY

TRADES = ["loader", "bricklayer", "cook"]
CERTIFICATES = ["登高证", "电工证", "健康证"]
EMPLOYERS = ["builder", "farm", "shop"]
HOUR = timedelta(hours=1)
ANY_TIME: dict[str, int] = {}


class Crowd:
    """A source of random workers and shifts."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def position(self) -> dict[str, float]:
        return {"latitude": 36.2 + self.random.gauss(0, 0.03), "longitude": 113.1 + self.random.gauss(0, 0.03)}

    def some(self, things: list[str], chance: float) -> frozenset[str]:
        return frozenset(thing for thing in things if self.random.random() < chance)

    def busy(self) -> Busy:
        starts = SEVEN_THIRTY + self.random.randint(-40, 80) * HOUR / 2
        ends = starts + self.random.randint(1, 30) * HOUR / 2
        if self.random.random() < 0.5:
            return starts, ends
        return starts, ends, *self.position().values()  # type: ignore[return-value]

    def certificates(self) -> Any:
        held = self.some(CERTIFICATES, 0.6)
        if self.random.random() < 0.5:
            return held
        return {
            name: self.random.choice([None, date(2026, 11, 25), date(2026, 11, 26), date(2027, 1, 1)]) for name in held
        }

    def worker(self, number: int) -> Worker:
        pick = self.random
        return Worker(
            id=f"w{number}",
            trades={trade: pick.randint(0, 3) for trade in self.some(TRADES, 0.6)},
            **self.position(),
            birth_date=date(pick.randint(1955, 2011), 11, pick.randint(20, 30)),
            certificates=self.certificates(),
            in_town=pick.random() < 0.6,
            reach_m=pick.choice([None, None, 500, 3000, 6000, 20_000, 45_000]),
            accepts_pay_fen=pick.choice([None, 18_000, 20_000, 2_000, 400_000]),
            pay_unit=pick.choice(["day", "hour", "month", "piece", None]),
            open_to_less=pick.random() < 0.2,
            busy=tuple(self.busy() for _ in range(pick.choice([0, 0, 1, 2]))),
            blocks=self.some(EMPLOYERS, 0.05),
            kept=pick.randint(0, 9),
            missed=pick.randint(0, 3),
            rating_sum=pick.randint(0, 30),
            rating_count=6,
            priority=self.some(["disabled", "graduate"], 0.1),
            idle_days=pick.choice([0, 0, 1, 5, 70, 80]),
            registered_days=pick.randint(0, 60),
            contactable=pick.random() < 0.9,
            weekdays=frozenset(pick.sample(range(7), pick.choice([0, 0, 0, 5, 6]))),
            **pick.choice(
                [ANY_TIME, ANY_TIME, {"works_from": 420, "works_until": 1140}, {"works_from": 1200, "works_until": 480}]
            ),
        )

    def shift(self, number: int, workers: int) -> Shift:
        pick = self.random
        starts = SEVEN_THIRTY + pick.randint(0, 40) * HOUR / 2
        ids = [f"w{pick.randrange(workers)}" for _ in range(6)]
        return Shift(
            id=f"s{number}",
            job_id=f"j{number}",
            employer_id=pick.choice(EMPLOYERS),
            trade=pick.choice(TRADES),
            **self.position(),
            starts=starts,
            ends=starts + pick.randint(4, 24) * HOUR / 2,
            pay_fen=pick.choice([20_000, 22_000, 2_500, 420_000]),
            pay_unit=pick.choice(["day", "day", "hour", "month", "shift", "piece"]),
            places=3,
            open_places=pick.choice([0, 1, 3, 3, 3]),
            certificates=self.some(CERTIFICATES, 0.2),
            in_town=pick.random() < 0.6,
            transport_provided=pick.random() < 0.2,
            age_min=pick.choice([16, 18]),
            age_max=pick.choice([None, 55, 60]),
            heavy=pick.random() < 0.1,
            hazardous=pick.random() < 0.1,
            free_times=pick.random() < 0.1,
            blocks=frozenset(ids[:3]),
            named=frozenset(ids[3:]),
        )
