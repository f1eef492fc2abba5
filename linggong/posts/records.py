"""What comes in with a new job, and what a posting surface asks before it posts."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class NewShift:
    """When (aware) and for how many."""

    starts: datetime
    ends: datetime
    places: int


@dataclass(frozen=True)
class NewJob:
    """A job as it was typed. Pay is fen per `pay_unit`; piecework has `pieces` and `due_on` and no shifts."""

    employer_id: UUID
    trade: str
    title: str
    place_name: str
    division: str
    latitude: float
    longitude: float
    pay_fen: int
    pay_unit: str
    shifts: tuple[NewShift, ...] = ()
    kind: str = "shift"
    description: str = ""
    settlement: str = "daily"
    in_town: bool = True
    contact_name: str = ""
    contact_telephone: str = ""
    break_minutes: int = 0
    pieces: int | None = None
    due_on: date | None = None
    certificates: tuple[str, ...] = ()
    age_min: int = 16
    age_max: int | None = None
    gender: str = ""
    gender_ground: str = ""
    meals: bool | None = None
    lodging: bool | None = None
    transport: bool | None = None
    bring: str = ""
    instant_confirmation: bool | None = None
    entrusted_to_id: UUID | None = None


@dataclass(frozen=True)
class JobFilter:
    """What the public job list is narrowed by; an empty field narrows nothing."""

    trade: str = ""
    division: str = ""
    near: tuple[float, float] | None = None
    day: date | None = None


@dataclass(frozen=True)
class MarketView:
    """What an employer sees before posting. Pay is fen per unit, None where nothing comparable was posted."""

    fitting_workers: int
    posts: int
    pay_low_fen: int | None
    pay_high_fen: int | None
