"""An invented province as a day file's members: county towns in 480 x 365 km, people and work around them.

Seven workers in ten live in town, eight shifts in ten are there; 120 trades, few of them common (Zipf), one to four
for each worker; three in ten have a booking; 8 places for a shift on average. Each county is drawn from its own seed.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from linggong.matching.cluster.day import Members, packed
from linggong.matching.model import Busy, Shift, Worker

COUNTIES = 117
TRADES = [f"trade{number}" for number in range(120)]
COMMON = list(accumulate(1 / number**0.9 for number in range(1, len(TRADES) + 1)))
HOW_MANY = [35, 35, 20, 10]
"""So many in a hundred have one, two, three, four trades."""
SOUTH, NORTH, WEST, EAST = 34.7, 38.0, 110.5, 115.5
TOWN, COUNTRY = 0.02, 0.12
"""How far from the middle of the county town, in degrees (standard deviation)."""
MORNING = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
BORN, GENERATION = date(1956, 1, 1).toordinal(), 18_000

Town = tuple[float, float]


def province(workers: int, shifts: int, counties: int = COUNTIES, seed: int = 2026) -> Members:
    """So many workers and shifts in so many counties, which are numbered from west to east."""
    source = random.Random(f"{seed}")
    towns = sorted((source.uniform(WEST, EAST), source.uniform(SOUTH, NORTH)) for _ in range(counties))
    sizes = list(accumulate(source.lognormvariate(0, 0.5) for _ in towns))
    shares = [[round(count * size / sizes[-1]) for size in (0, *sizes)] for count in (workers, shifts)]
    return {
        f"14{number:04}": packed(
            people(f"{seed}-{number}", town, shares[0][number + 1] - shares[0][number]),
            work(f"{seed}-{number}", town, shares[1][number + 1] - shares[1][number]),
        )
        for number, town in enumerate(towns)
    }


def people(county: str, town: Town, count: int) -> Iterator[Worker]:
    """The workers of a county."""
    source = random.Random(f"people {county}")
    for number in range(count):
        inside = source.random() < 0.71
        longitude, latitude = position(source, town, inside)
        trades = source.choices(TRADES, cum_weights=COMMON, k=source.choices((1, 2, 3, 4), HOW_MANY)[0])
        yield Worker(
            id=f"w{county}-{number}",
            trades={trade: source.randrange(4) for trade in trades},
            latitude=latitude,
            longitude=longitude,
            birth_date=date.fromordinal(BORN + source.randrange(GENERATION)),
            in_town=inside,
            reach_m=6000 if inside else 15_000,
            accepts_pay_fen=100 * source.randrange(130, 260),
            pay_unit="day",
            busy=(booked(source),) if source.random() < 0.3 else (),
            kept=source.randrange(30),
            missed=source.randrange(4),
            priority=frozenset({"difficulty"}) if source.random() < 0.3 else frozenset(),
            idle_days=source.randrange(61),
            registered_days=100,
        )


def work(county: str, town: Town, count: int) -> Iterator[Shift]:
    """The shifts of a county."""
    source = random.Random(f"work {county}")
    for number in range(count):
        inside = source.random() < 0.8
        longitude, latitude = position(source, town, inside)
        starts = MORNING + source.randrange(16) * HALF_HOUR
        places = min(1 + int(source.expovariate(1 / 7.5)), 50)
        yield Shift(
            id=f"s{county}-{number}",
            job_id=f"j{county}-{number}",
            employer_id=f"e{county}-{number % 50}",
            trade=source.choices(TRADES, cum_weights=COMMON)[0],
            latitude=latitude,
            longitude=longitude,
            starts=starts,
            ends=starts + source.randrange(8, 20) * HALF_HOUR,
            pay_fen=100 * source.randrange(150, 260),
            places=places,
            open_places=places,
            in_town=inside,
        )


def booked(source: random.Random) -> Busy:
    """A booking of four hours."""
    starts = MORNING + source.randrange(24) * HALF_HOUR
    return starts, starts + 8 * HALF_HOUR


def position(source: random.Random, town: Town, inside: bool) -> tuple[float, float]:
    """Longitude and latitude of somewhere in town, or farther out."""
    spread = TOWN if inside else COUNTRY
    return round(source.gauss(town[0], spread), 6), round(source.gauss(town[1], spread), 6)
