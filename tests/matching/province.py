"""A synthetic province on a fixed seed: 117 county towns in 480 x 365 km, people and work around them.

Seven workers in ten live in town, eight shifts in ten are there; 120 trades, few of them common (Zipf), one to four for
each worker; three in ten have a booking. The same figures as press and ministry give for Shanxi where they give any.
"""

from datetime import UTC, date, datetime, timedelta

import numpy as np

from linggong.matching import measure
from linggong.matching.columns import (
    BLOCKED,
    FOR_GOOD,
    HELD,
    NO_SITE,
    PERSON,
    SITE,
    TAKEN,
    TRADE,
    Columns,
    Records,
)
from linggong.matching.identity import Keys
from linggong.matching.model import Busy, Shift, Worker

TRADES = [f"trade{number}" for number in range(120)]
CERTIFICATES = [f"certificate{number}" for number in range(12)]
MORNING = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
BORN = date(1955, 1, 1).toordinal()


def booked(half_hours: int) -> tuple[Busy, ...]:
    """A booking of four hours, so many half hours into the day; none if negative."""
    starts = MORNING + half_hours * HALF_HOUR
    return ((starts, starts + 8 * HALF_HOUR),) if half_hours >= 0 else ()


def uuids(random: np.random.Generator, count: int) -> Keys:
    """Random UUIDs of version 4."""
    keys = random.integers(0, 2**64, (count, 2), np.uint64)
    keys[:, 0] = keys[:, 0] & np.uint64(0xFFFFFFFFFFFF0FFF) | np.uint64(0x4000)
    keys[:, 1] = keys[:, 1] & np.uint64(0x3FFFFFFFFFFFFFFF) | np.uint64(0x8000000000000000)
    return keys


class Province:
    """A source of workers and shifts, spread over so many counties."""

    def __init__(self, counties: int = 117, seed: int = 20240601) -> None:
        self.random = np.random.default_rng(seed)
        self.towns = np.column_stack(
            (self.random.uniform(34.7, 38.0, counties), self.random.uniform(110.5, 115.5, counties))
        )
        self.weights = self.random.lognormal(0, 0.5, counties)
        self.weights /= self.weights.sum()
        common = 1 / np.arange(1, len(TRADES) + 1) ** 0.9
        self.common = common / common.sum()

    def places(self, count: int, share_in_town: float) -> tuple[list[bool], list[float], list[float]]:
        """Where `count` people or sites are: in town or not, latitude, longitude."""
        town = self.random.choice(len(self.towns), count, p=self.weights)
        inside = self.random.random(count) < share_in_town
        spread = np.where(inside, 0.02, 0.12)
        latitude = self.towns[town, 0] + self.random.normal(0, 1, count) * spread
        longitude = self.towns[town, 1] + self.random.normal(0, 1, count) * spread
        return inside.tolist(), latitude.round(6).tolist(), longitude.round(6).tolist()

    def trades(self, count: int) -> list[list[int]]:
        """One to four trades for each of `count` workers."""
        drawn = self.random.choice(len(TRADES), (count, 4), p=self.common)
        numbers = 1 + self.random.choice(4, count, p=[0.35, 0.35, 0.2, 0.1])
        return [row[:number] for row, number in zip(drawn.tolist(), numbers.tolist(), strict=True)]

    def workers(self, count: int) -> list[Worker]:
        """So many workers, w0, w1 and so on."""
        inside, latitude, longitude = self.places(count, 0.71)
        draw = self.random.integers
        skill, asks, born = (
            draw(0, 4, (count, 4)).tolist(),
            draw(130, 260, count).tolist(),
            draw(0, 18_000, count).tolist(),
        )
        kept, missed, idle = draw(0, 30, count).tolist(), draw(0, 4, count).tolist(), draw(0, 61, count).tolist()
        busy_at = np.where(self.random.random(count) < 0.3, draw(0, 24, count), -1).tolist()
        group = (self.random.random(count) < 0.3).tolist()
        return [
            Worker(
                id=f"w{number}",
                trades={TRADES[trade]: skill[number][at] for at, trade in enumerate(trades)},
                latitude=latitude[number],
                longitude=longitude[number],
                birth_date=date.fromordinal(BORN + born[number]),
                in_town=inside[number],
                reach_m=6000 if inside[number] else 15_000,
                accepts_pay_fen=asks[number] * 100,
                pay_unit="day",
                busy=booked(busy_at[number]),
                kept=kept[number],
                missed=missed[number],
                priority=frozenset({"difficulty"}) if group[number] else frozenset(),
                idle_days=idle[number],
                registered_days=100,
            )
            for number, trades in enumerate(self.trades(count))
        ]

    def columns(self, count: int) -> Columns:
        """So many workers as columns, with bookings, days off and certificates of a week, under random UUIDs."""
        draw, chance = self.random.integers, self.random.random
        town = self.random.choice(len(self.towns), count, p=self.weights)
        inside = chance(count) < 0.71
        spread = np.where(inside, 0.02, 0.12)
        people = np.zeros(count, PERSON)
        people["contactable"], people["in_town"], people["unit"] = True, inside, measure.DAY
        for name, axis in (("latitude", 0), ("longitude", 1)):
            degrees = self.towns[town, axis] + self.random.normal(0, 1, count) * spread
            people[name] = (degrees * 1_000_000).round()
        people["birth_day"] = BORN + draw(0, 18_000, count)
        people["reach"] = np.where(inside, 6000, 15_000)
        people["asks"] = draw(130, 260, count) * 100
        people["kept"], people["missed"] = draw(0, 30, count), draw(0, 4, count)
        people["in_priority"] = chance(count) < 0.3
        people["priority"] = np.where(people["in_priority"], 80, 0)
        people["idle_days"], people["registered_days"] = draw(0, 61, count), 100
        people["weekdays"] = measure.EVERY_WEEKDAY
        return Columns(
            uuids(self.random, count), people, self.trades_held(count), TRADES, self.certificates_held(count),
            CERTIFICATES, np.empty(0, BLOCKED), [], self.taken(count), np.empty(0, SITE),
        )  # fmt: skip

    def trades_held(self, count: int) -> Records:
        """One to four trades for each of `count` workers, skills drawn evenly."""
        drawn = self.random.choice(len(TRADES), (count, 4), p=self.common)
        numbers = 1 + self.random.choice(4, count, p=[0.35, 0.35, 0.2, 0.1])
        held = np.arange(4) < numbers[:, None]
        for later in range(1, 4):
            held[:, later] &= (drawn[:, :later] != drawn[:, later : later + 1]).all(axis=1)
        owner, place = np.nonzero(held)
        trades = np.empty(len(owner), TRADE)
        trades["owner"], trades["trade"] = owner, drawn[owner, place]
        trades["skill"] = self.random.integers(0, 4, len(owner))
        return trades

    def certificates_held(self, count: int) -> Records:
        """Certificates held for good: few by many, many by few."""
        shares = np.where(np.arange(len(CERTIFICATES)) < 4, 0.35, 0.05)
        owner, number = np.nonzero(self.random.random((count, len(CERTIFICATES)), np.float32) < shares)
        held = np.empty(len(owner), HELD)
        held["owner"], held["certificate"], held["last_day"] = owner, number, FOR_GOOD
        return held

    def taken(self, count: int) -> Records:
        """Two bookings of a week for each on average, and a whole day off for four in ten."""
        booked = np.repeat(np.arange(count), self.random.poisson(2.0, count))
        off = np.flatnonzero(self.random.random(count) < 0.4)
        day = self.random.integers(0, 7, len(booked) + len(off)) * 1440
        starts = np.where(np.arange(len(day)) < len(booked), self.random.integers(0, 24, len(day)) * 30, -360)
        length = np.where(np.arange(len(day)) < len(booked), self.random.integers(8, 19, len(day)) * 30, 1440)
        taken = np.empty(len(day), TAKEN)
        taken["owner"], taken["site"] = np.concatenate((booked, off)), NO_SITE
        taken["starts"] = measure.minute(MORNING) + day + starts
        taken["ends"] = taken["starts"] + length
        return taken

    def shifts(self, count: int) -> list[Shift]:
        """So many shifts of one day, s0, s1 and so on, with 8 places on average."""
        inside, latitude, longitude = self.places(count, 0.8)
        trade = self.random.choice(len(TRADES), count, p=self.common).tolist()
        starts, length = self.random.integers(0, 16, count).tolist(), self.random.integers(8, 20, count).tolist()
        pay = self.random.integers(150, 260, count).tolist()
        places = np.clip(self.random.geometric(1 / 8, count), 1, 50).tolist()
        return [
            Shift(
                id=f"s{number}",
                job_id=f"j{number}",
                employer_id=f"e{number % 5000}",
                trade=TRADES[trade[number]],
                latitude=latitude[number],
                longitude=longitude[number],
                starts=MORNING + starts[number] * HALF_HOUR,
                ends=MORNING + (starts[number] + length[number]) * HALF_HOUR,
                pay_fen=pay[number] * 100,
                places=places[number],
                open_places=places[number],
                in_town=inside[number],
            )
            for number in range(count)
        ]
