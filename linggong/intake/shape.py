"""What a message is read into: the dataclasses, and the exchange form of `docs/intake.md`."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from linggong.intake.kinds import Kind
from linggong.intake.signs import Span

T_co = TypeVar("T_co", covariant=True)


# Neither a field nor an item is changed once it has been read; making them frozen would cost more than filling them.
@dataclass(slots=True)
class Field(Generic[T_co]):
    """A value, the parts of the original text that say it, and how sure it is (0 to 1)."""

    value: T_co
    spans: tuple[Span, ...]
    sure: float


@dataclass(slots=True)
class Item:
    """One kind of work; None where the text does not say. Pay is in yuan per `pay_unit`, clock times are "HH:MM"."""

    trade: Field[str] | None = None
    headcount: Field[int] | None = None
    pay_min: Field[float] | None = None
    pay_max: Field[float] | None = None
    pay_unit: Field[str] | None = None
    settlement: Field[str] | None = None
    start_date: Field[date] | None = None
    start_time: Field[str] | None = None
    end_time: Field[str] | None = None
    days: Field[int] | None = None
    place: Field[str] | None = None
    phone: tuple[Field[str], ...] = ()
    meals: Field[bool] | None = None
    lodging: Field[bool] | None = None
    transport: Field[bool] | None = None
    gender: Field[str] | None = None
    age_min: Field[int] | None = None
    age_max: Field[int] | None = None
    certificates: tuple[Field[str], ...] = ()
    flags: tuple[Field[str], ...] = ()

    def as_schema(self) -> dict[str, Any]:
        """The bare values, in the exchange form."""
        return {name: _bare(getattr(self, name)) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message says. `job` has an item for each kind of work, `seeker` one, `other` none."""

    kind: Kind
    sure: float
    items: tuple[Item, ...] = ()

    def as_schema(self) -> dict[str, Any]:
        """`{"kind": ..., "items": [...]}`, ready for JSON."""
        return {"kind": self.kind, "items": [item.as_schema() for item in self.items]}


def _bare(field: Any) -> Any:
    if field is None:
        return None
    if isinstance(field, tuple):
        return [each.value for each in field]
    if isinstance(field.value, date):
        return field.value.isoformat()
    if isinstance(field.value, float) and field.value.is_integer():
        return int(field.value)
    return field.value
