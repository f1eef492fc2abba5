"""What the matching engine is told about workers and shifts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Busy = tuple[datetime, datetime] | tuple[datetime, datetime, float, float]
"""A time the worker is taken: from, to and, if known, latitude and longitude of the site (aware times)."""

Certificates = frozenset[str] | Mapping[str, date | None]
"""Certificates held: a set of those that are valid, or name -> last valid day (None: for good)."""


@dataclass(frozen=True, slots=True)
class Worker:
    """One person who may be offered work. Sex, ethnicity and household registration are deliberately not here.

    `trades` maps a trade code to a skill of 0 (helper) to 3 (master). `reach_m` is how far the person goes, None
    for the usual reach. `accepts_pay_fen` per `pay_unit` (`hour`, `day`, `month`, ...) is the pay asked, None for
    any; `open_to_less` says offers below it are welcome. `birth_date` serves only the ages a law demands.
    `priority` names the priority groups (重点群体) the person belongs to. `idle_days` counts the days since the
    last work, `registered_days` since the registration. `contactable` is the consent to be offered work.
    `weekdays` (0 is Monday, empty is any) and the time of day from `works_from` to `works_until` (minutes of the local
    day, None for any) are the hours the person wants to work; a window that ends before it begins is the night.
    """

    id: str
    trades: Mapping[str, int]
    latitude: float
    longitude: float
    birth_date: date
    certificates: Certificates = frozenset()
    in_town: bool = True
    reach_m: int | None = None
    accepts_pay_fen: int | None = None
    pay_unit: str | None = None
    open_to_less: bool = False
    busy: tuple[Busy, ...] = ()
    blocks: frozenset[str] = frozenset()
    kept: int = 0
    missed: int = 0
    rating_sum: int = 0
    rating_count: int = 0
    priority: frozenset[str] = frozenset()
    idle_days: int = 0
    registered_days: int = 0
    contactable: bool = True
    weekdays: frozenset[int] = frozenset()
    works_from: int | None = None
    works_until: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of a job with places to fill. Times are aware; pay is integer fen per `pay_unit`.

    `blocks` are workers the employer does not want again, `named` are workers asked for by name (both by id).
    `heavy` and `hazardous` mark work the law keeps minors away from. `free_times` says that the worker chooses when to
    do it (piecework at home), so that neither bookings nor wished hours stand in the way.
    """

    id: str
    job_id: str
    employer_id: str
    trade: str
    latitude: float
    longitude: float
    starts: datetime
    ends: datetime
    pay_fen: int
    pay_unit: str = "day"
    places: int = 1
    open_places: int = 1
    certificates: frozenset[str] = frozenset()
    in_town: bool = True
    transport_provided: bool = False
    age_min: int = 16
    age_max: int | None = None
    heavy: bool = False
    hazardous: bool = False
    free_times: bool = False
    blocks: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of eligibility that a division may set; lengths in metres, times in minutes.

    Usual reach: a quarter of an hour on foot in town, 5 km in the country. Between two sites a person needs
    `changeover_minutes` and the way at `travel_m_per_minute`, at most `travel_limit_minutes`; where the other site
    is unknown, `unknown_site_minutes`. Nobody works under 16; those under 18 do no heavy or hazardous work and no
    night work (Regulations on the special protection of juvenile workers, 1994, articles 3 and 4).
    """

    town_reach_m: int = 1200
    country_reach_m: int = 5000
    transport_reach_m: int = 30_000
    travel_m_per_minute: int = 250
    changeover_minutes: int = 15
    travel_limit_minutes: int = 240
    unknown_site_minutes: int = 30
    working_age: int = 16
    adult_age: int = 18
    night_from_hour: int = 22
    night_to_hour: int = 6


@dataclass(frozen=True, slots=True)
class Weights:
    """The most points each term of the fit can give, under a version that every result stores.

    `trade` is given for holding the trade and `skill_step` for each step of skill above helper; `waiting_days` and
    `newcomer_days` are the days after which waiting is full and a newcomer is no longer new.
    `priority` is given once; `priority_groups` may set another figure for a named group.
    """

    version: str = "2026-1"
    trade: int = 200
    skill_step: int = 60
    distance: int = 250
    pay: int = 150
    kept: int = 80
    rating: int = 40
    freshness: int = 30
    newcomer_days: int = 30
    priority: int = 80
    priority_groups: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 60
    waiting_days: int = 60
    named: int = 1000
