"""Personal data at rest: sealed values, and the keyed index by which they are found."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from linggong.lib.sealing import Keyring


@cache
def keyring() -> Keyring:
    """The keys of this copy; they live outside the database."""
    found: Keyring = settings.KEYRING
    return found


@dataclass(frozen=True)
class Sealed:
    """An encrypted value. It prints as dots; `open()` is for operations that record the unmasking, or deliver."""

    text: str
    purpose: str

    def open(self) -> str:
        return keyring().open(self.text, purpose=self.purpose)

    def __str__(self) -> str:
        return "••••" if self.text else ""

    def __bool__(self) -> bool:
        return bool(self.text)


def seal(plain: str, purpose: str) -> Sealed:
    """Encrypt; the empty text stays empty."""
    return Sealed(keyring().seal(plain, purpose=purpose) if plain else "", purpose)


def index(plain: str, purpose: str) -> str:
    """A keyed fingerprint: equal for equal texts, useless without the key."""
    return keyring().blind_index(plain, purpose=purpose) if plain else ""
