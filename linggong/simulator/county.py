"""An invented county: who lives there, who looks for work on which day, and what is posted when.

The same seed gives the same county and the same postings, whatever the policy.
"""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from linggong.matching.model import Shift, Worker

MIDNIGHT = datetime(2026, 11, 1, 16, 0, tzinfo=UTC)
"""Midnight in China before the first day, a Monday; all minutes count from here."""
DAY = 24 * 60

TRADES = {
    "loader": 18, "cleaner": 16, "labourer": 14, "bricklayer": 10, "farm_hand": 9, "kitchen_helper": 8,
    "housekeeper": 7, "factory_worker": 6, "carpenter": 4, "painter": 4, "electrician": 2, "welder": 2,
}  # fmt: skip
"""Trades and how common they are among workers and jobs (per hundred)."""

POSTED = {
    5: 8, 6: 14, 7: 12, 8: 8, 9: 6, 10: 5, 11: 3, 12: 3, 13: 6, 14: 5, 15: 4, 16: 6, 17: 8, 18: 7, 19: 5,
}  # fmt: skip
"""The hours of the day at which jobs are posted, and how many of a hundred."""
FOR_TODAY_UNTIL = 14
"""Jobs posted from this hour on are mostly for the next morning."""

CENTRE = (36.20, 113.11)
KILOMETRE = 0.009
"""Degrees, roughly, of latitude."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A shift and the minute at which it is posted."""

    minute: int
    shift: Shift

    @property
    def starts(self) -> int:
        """The minute at which the work begins."""
        return minute_of(self.shift.starts)


@dataclass(frozen=True, slots=True)
class County:
    """Workers, in the order of registration, and the postings of all days, by minute."""

    seed: int
    days: int
    workers: tuple[Worker, ...]
    postings: tuple[Posting, ...]


def county(workers: int, shifts: int, days: int, seed: int) -> County:
    """A county with so many workers and so many shifts posted a day."""
    source = random.Random(f"county/{seed}")
    people = tuple(worker(source, number) for number in range(workers))
    posted = (posting(source, day, f"d{day}s{number}") for day in range(days) for number in range(shifts))
    return County(seed, days, people, tuple(sorted(posted, key=lambda one: (one.minute, one.shift.id))))


def moment(minute: int) -> datetime:
    """The moment at a minute of the simulation."""
    return MIDNIGHT + timedelta(minutes=minute)


def minute_of(when: datetime) -> int:
    """The minute of the simulation at a moment."""
    return int((when - MIDNIGHT).total_seconds() // 60)


def position(source: random.Random, in_town: bool) -> tuple[float, float]:
    """Somewhere in town, or farther out."""
    spread = (1.5 if in_town else 8) * KILOMETRE
    return CENTRE[0] + source.gauss(0, spread), CENTRE[1] + source.gauss(0, spread)


def worker(source: random.Random, number: int) -> Worker:
    """One registered person. Half live in town, three in ten belong to a priority group, one in ten is new."""
    in_town = source.random() < 0.5
    latitude, longitude = position(source, in_town)
    agreed = 0 if source.random() < 0.1 else source.randint(1, 30)
    missed = sum(source.random() < 0.2 for _ in range(agreed))
    rated = (agreed - missed) // 2
    known = source.choices(list(TRADES), list(TRADES.values()), k=source.randint(1, 3))
    return Worker(
        id=f"w{number}",
        trades={trade: source.randint(0, 3) for trade in known},
        latitude=latitude,
        longitude=longitude,
        birth_date=date(source.randint(1961, 2004), source.randint(1, 12), source.randint(1, 28)),
        in_town=in_town,
        reach_m=source.choice([3000, 5000, 8000, 15_000]),
        accepts_pay_fen=source.randrange(140, 230, 10) * 100,
        pay_unit="day",
        kept=agreed - missed,
        missed=missed,
        rating_count=rated,
        rating_sum=rated * source.randint(3, 5),
        priority=frozenset({"difficulty"}) if source.random() < 0.3 else frozenset(),
        idle_days=source.randint(0, 30),
        registered_days=source.randint(0, 29) if agreed == 0 else source.randint(30, 400),
    )


def posting(source: random.Random, day: int, name: str) -> Posting:
    """A shift posted on a day, in seven of ten cases in town, for one to five hours later or the next morning."""
    in_town = source.random() < 0.7
    latitude, longitude = position(source, in_town)
    hour = source.choices(list(POSTED), list(POSTED.values()))[0]
    posted = day * DAY + hour * 60 + source.randrange(60)
    today = source.random() < (0.9 if hour < FOR_TODAY_UNTIL else 0.2)
    starts = posted + source.randint(60, 300) if today else (day + 1) * DAY + source.randint(6 * 60, 8 * 60)
    places = source.choice([1, 1, 2, 2, 3, 4, 5, 8])
    shift = Shift(
        id=name,
        job_id=name,
        employer_id=f"e{source.randrange(80)}",
        trade=source.choices(list(TRADES), list(TRADES.values()))[0],
        latitude=latitude,
        longitude=longitude,
        starts=moment(starts),
        ends=moment(starts + 60 * source.randint(4, 9)),
        pay_fen=source.randrange(150, 260, 10) * 100,
        places=places,
        open_places=places,
        in_town=in_town,
    )
    return Posting(posted, shift)
