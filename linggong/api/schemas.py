"""What goes in and out of the API. Money is integer fen, times are ISO 8601 with their offset."""

from datetime import date, datetime, time
from uuid import UUID

from ninja import Schema
from pydantic import Field, field_validator


class Problem(Schema):
    """Why something was not done: a stable code, a sentence for a person, and the field it is about."""

    code: str
    sentence: str
    field: str | None = None


class Given(Schema):
    """What comes in. No text may hold a NUL, which the database cannot keep."""

    @field_validator("*")
    @classmethod
    def without_nul(cls, value: object) -> object:
        texts = value if isinstance(value, list) else [value]
        if any("\0" in text for text in texts if isinstance(text, str)):
            raise ValueError("NUL")
        return value


class OpenShifts(Given):
    trade: str = Field("", max_length=24)
    division: str = Field("", max_length=12, pattern="^[0-9]*$")
    limit: int = Field(20, ge=1, le=100)


class Sites(Given):
    division: str = Field(max_length=12, pattern="^[0-9]+$")


class Search(Given):
    q: str = Field(max_length=80)


class Shortlist(Given):
    limit: int = Field(20, ge=1, le=100)


class TradeSkill(Given):
    trade: str = Field(max_length=24)
    skill: int = Field(2, ge=0, le=3)


class WorkerIn(Given):
    name: str = Field(max_length=80)
    identity_number: str = Field(max_length=40)
    telephone: str = Field("", max_length=40)
    trades: list[TradeSkill] = Field(max_length=20)
    division: str = Field(max_length=12)
    wishes: str = Field("", max_length=200)
    pay_asked_fen: int | None = Field(None, ge=0, le=100_000_000)
    pay_unit: str = Field("day", max_length=6)
    open_to_less: bool = False
    reach_m: int | None = Field(None, ge=0, le=1_000_000)
    weekdays: list[int] = Field([], max_length=7)
    available_from: time | None = None
    available_until: time | None = None
    priority_groups: list[str] = Field([], max_length=8)
    takes_standby: bool = False
    consent: bool


class WorkerOut(Schema):
    id: UUID
    card_number: int
    name: str
    identity_masked: str
    telephone_masked: str
    division: str
    state: str
    trades: list[TradeSkill]


class EmployerIn(Given):
    kind: str = Field(max_length=10)
    name: str = Field(max_length=120)
    register_number: str = Field(max_length=40)
    contact_name: str = Field(max_length=40)
    telephone: str = Field(max_length=40)
    division: str = Field(max_length=12)
    address: str = Field("", max_length=200)
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)


class EmployerOut(Schema):
    id: UUID
    kind: str
    name: str
    contact_name: str
    telephone_masked: str
    division: str
    state: str


class ShiftIn(Given):
    starts: datetime
    ends: datetime
    places: int = Field(ge=1, le=500)


class JobIn(Given):
    employer_id: UUID
    trade: str = Field(max_length=24)
    title: str = Field(max_length=60)
    description: str = Field("", max_length=1000)
    kind: str = Field("shift", pattern="^(shift|piecework)$")
    place_name: str = Field(max_length=80)
    division: str = Field(max_length=12)
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    pay_fen: int = Field(ge=1, le=10_000_000)
    pay_unit: str = Field(pattern="^(hour|day|month|piece|job)$")
    settlement: str = Field("daily", pattern="^(daily|weekly|monthly|on_completion)$")
    shifts: list[ShiftIn] = Field(min_length=1, max_length=62)
    break_minutes: int = Field(0, ge=0, le=240)
    pieces: int | None = Field(None, ge=1, le=1_000_000)
    due_on: date | None = None
    certificates: list[str] = Field([], max_length=10)
    age_min: int = Field(16, ge=0, le=100)
    age_max: int | None = Field(None, ge=16, le=100)
    gender: str = Field("", pattern="^(|male|female)$")
    gender_ground: str = Field("", max_length=200)
    meals: bool | None = None
    lodging: bool | None = None
    transport: bool | None = None
    bring: str = Field("", max_length=100)
    instant_confirmation: bool | None = None


class FindingOut(Schema):
    rule: str
    sentence_zh: str
    sentence_en: str
    ground: str


class ShiftOut(Schema):
    id: UUID
    starts: datetime
    ends: datetime
    places: int
    taken: int


class JobOut(Schema):
    id: UUID
    employer_name: str
    trade: str
    title: str
    state: str
    place_name: str
    division: str
    latitude: float
    longitude: float
    pay_fen: int
    pay_unit: str
    settlement: str
    shifts: list[ShiftOut]
    findings: list[FindingOut] = []


class OpenShiftOut(Schema):
    """One open shift on the public list, with its job."""

    id: UUID
    starts: datetime
    ends: datetime
    places: int
    taken: int
    job: JobOut


class CandidateOut(Schema):
    worker_id: UUID
    worker_name: str
    card_number: int
    fit: int
    terms: dict[str, int]
    weights_version: str
    distance_m: int
    reason_zh: str
    reason_en: str


class OfferOut(Schema):
    id: UUID
    worker_id: UUID
    worker_name: str
    shift_id: UUID
    origin: str
    state: str
    deadline: datetime | None
    reason_zh: str
    reason_en: str


class PlacementOut(Schema):
    id: UUID
    worker_id: UUID
    worker_name: str
    shift_id: UUID
    state: str
    starts: datetime


class AnswerOut(Schema):
    """What came of a yes; without a placement the employer decides."""

    offer: OfferOut
    placement: PlacementOut | None


class WageOut(Schema):
    id: UUID
    worker_id: UUID
    employer_id: UUID
    owed_fen: int
    lines: list[dict[str, object]]
    under_minimum: bool
    due_on: date
    state: str


class SiteOut(Schema):
    id: UUID
    kind: str
    name: str
    division: str
    address: str
    latitude: float
    longitude: float
    hours: str
    telephone: str
    state: str


class DecisionIn(Given):
    allow: bool
    reason: str = Field("", max_length=200)


class OfferIn(Given):
    worker_id: UUID
    origin: str = Field("desk", pattern="^(desk|named)$")
    minutes: int = Field(30, ge=1, le=1440)


class WorkerRef(Given):
    worker_id: UUID


class DeclineIn(Given):
    reason: str = Field(max_length=10)
    words: str = Field("", max_length=200)


class ReasonIn(Given):
    reason: str = Field("", max_length=200)


class ArrivalIn(Given):
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    code: str = Field("", max_length=80)


class WorkIn(Given):
    left_at: datetime | None = None
    break_minutes: int | None = Field(None, ge=0, le=480)
    pieces: int | None = Field(None, ge=0, le=1_000_000)


class PaymentIn(Given):
    amount_fen: int = Field(ge=1, le=100_000_000)
    way: str = Field(max_length=8)
    reference: str = Field("", max_length=60)


class RatingIn(Given):
    side: str = Field(pattern="^(worker|employer)$")
    stars: int = Field(ge=1, le=5)
    words: str = Field("", max_length=300)
    as_advertised: bool | None = None


class DisputeIn(Given):
    words: str = Field("", max_length=300)


class Identified(Schema):
    id: UUID
    state: str = ""
