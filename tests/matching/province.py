"""A synthetic province on a fixed seed: 117 county towns in 480 x 365 km, people and work around them.

Seven workers in ten live in town, eight shifts in ten are there; 120 trades, few of them common (Zipf), one to four for
each worker; three in ten have a booking. The same figures as press and ministry give for Shanxi where they give any.
"""

from datetime import UTC, date, datetime, timedelta

import numpy as np

from linggong.matching.model import Busy, Shift, Worker

TRADES = [f"trade{number}" for number in range(120)]
MORNING = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
BORN = date(1955, 1, 1).toordinal()


def booked(half_hours: int) -> tuple[Busy, ...]:
    """A booking of four hours, so many half hours into the day; none if negative."""
    starts = MORNING + half_hours * HALF_HOUR
    return ((starts, starts + 8 * HALF_HOUR),) if half_hours >= 0 else ()


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
