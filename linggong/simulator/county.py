"""An invented county: who looks for work this morning and what is posted when. The same seed gives the same morning."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from linggong.matching.model import Shift, Worker

FIVE = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
"""05:00 in China, when the morning begins."""

TRADES = ("loader", "cleaner", "bricklayer", "cook", "electrician", "farm_hand")
COMMON = (30, 25, 18, 12, 5, 10)
CENTRE = (36.20, 113.11)
KILOMETRE = 0.009
"""Degrees, roughly, of latitude."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A shift and the minute of the morning at which it is posted."""

    minute: int
    shift: Shift


@dataclass(frozen=True, slots=True)
class County:
    """One morning's workers, in the order of registration, and postings, by minute."""

    workers: tuple[Worker, ...]
    postings: tuple[Posting, ...]


def morning(workers: int, shifts: int, seed: int) -> County:
    """A morning with so many workers and shifts. Half the workers live in town, seven shifts in ten are there."""
    source = random.Random(seed)
    people = tuple(worker(source, number) for number in range(workers))
    posted = sorted((posting(source, number) for number in range(shifts)), key=lambda one: (one.minute, one.shift.id))
    return County(people, tuple(posted))


def position(source: random.Random, in_town: bool) -> tuple[float, float]:
    """Somewhere in town, or farther out."""
    spread = (1.5 if in_town else 8) * KILOMETRE
    return CENTRE[0] + source.gauss(0, spread), CENTRE[1] + source.gauss(0, spread)


def worker(source: random.Random, number: int) -> Worker:
    """One who looks for work. Three in ten belong to a priority group; one in ten is new."""
    in_town = source.random() < 0.5
    latitude, longitude = position(source, in_town)
    agreed = 0 if source.random() < 0.1 else source.randint(1, 30)
    missed = sum(source.random() < 0.1 for _ in range(agreed))
    rated = (agreed - missed) // 2
    return Worker(
        id=f"w{number}",
        trades={trade: source.randint(0, 3) for trade in source.choices(TRADES, COMMON, k=source.randint(1, 3))},
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


def posting(source: random.Random, number: int) -> Posting:
    """A shift posted between 05:00 and 08:00 that starts one to four hours later."""
    in_town = source.random() < 0.7
    latitude, longitude = position(source, in_town)
    minute = source.randint(0, 180)
    starts = FIVE + timedelta(minutes=minute + source.randint(60, 240))
    places = source.randint(1, 8)
    shift = Shift(
        id=f"s{number}",
        job_id=f"j{number}",
        employer_id=f"e{number}",
        trade=source.choices(TRADES, COMMON)[0],
        latitude=latitude,
        longitude=longitude,
        starts=starts,
        ends=starts + timedelta(hours=source.randint(6, 10)),
        pay_fen=source.randrange(150, 260, 10) * 100,
        places=places,
        open_places=places,
        in_town=in_town,
    )
    return Posting(minute, shift)
