"""A worker and a shift that fit; each test changes what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from linggong.matching.model import Shift, Worker

SEVEN_THIRTY = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
"""07:30 on 25 November 2026 in China."""

WANG = Worker(
    id="wang",
    trades={"bricklayer": 2, "loader": 1},
    latitude=36.2000,
    longitude=113.1000,
    birth_date=date(1968, 5, 4),
    certificates=frozenset({"登高证"}),
    reach_m=3000,
    accepts_pay_fen=20_000,
    pay_unit="day",
    kept=9,
    missed=1,
    rating_sum=45,
    rating_count=10,
    idle_days=2,
    registered_days=200,
)

SITE = Shift(
    id="site-wed",
    job_id="site",
    employer_id="builder",
    trade="bricklayer",
    latitude=36.2126,
    longitude=113.1000,
    starts=SEVEN_THIRTY,
    ends=SEVEN_THIRTY + timedelta(hours=10),
    pay_fen=22_000,
    places=3,
    open_places=3,
)


def wang(**changes: Any) -> Worker:
    """Wang, with changes."""
    return replace(WANG, **changes)


def site(**changes: Any) -> Shift:
    """The building site's shift, with changes."""
    return replace(SITE, **changes)
