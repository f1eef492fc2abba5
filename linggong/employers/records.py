"""What comes in about an employer, as typed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NewEmployer:
    """`register_number` is the credit code of the licence; a household gives its head's identity number."""

    kind: str
    name: str
    register_number: str
    contact_name: str
    telephone: str
    division: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
