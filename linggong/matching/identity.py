"""Ids as 16 bytes each, and a table that finds the row of an id, both plain arrays that compiled code can read.

A UUID in its usual form is its own 128 bits. An ASCII id of up to 14 characters is packed as it is; of any other the
bits are a digest, and the text is kept aside. Where a UUID has its version, which is never 0, the others have 0.
"""

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from linggong.matching.compiled import also_compiled, compiled
from linggong.matching.pairs import Ints, Longs

Key = tuple[int, int]
"""The 128 bits of an id, in two halves."""

Keys = NDArray[np.uint64]
"""The two halves of many ids, one row for each."""

HALF = 0xFFFFFFFFFFFFFFFF
VERSION_SHIFT, VERSION = 12, 15
PACKED, DIGEST = 1, 2
LONGEST_PACKED = 14
TEXT = 36
"""Characters of a UUID."""

EMPTY = -1


def key_of(identifier: str) -> Key:
    """The key of an id."""
    if len(identifier) == TEXT and (key := uuid_key(identifier)):
        return key
    raw = identifier.encode()
    if 0 < len(raw) <= LONGEST_PACKED and identifier.isascii() and "\0" not in identifier:
        padded = raw.ljust(LONGEST_PACKED, b"\0")
        return int.from_bytes(padded[:6], "big") << 16 | PACKED, int.from_bytes(padded[6:], "big")
    digest = hashlib.blake2b(raw, digest_size=LONGEST_PACKED).digest()
    return int.from_bytes(digest[:6], "big") << 16 | DIGEST, int.from_bytes(digest[6:], "big")


def uuid_key(identifier: str) -> Key | None:
    """The bits of a UUID, None for other text."""
    try:
        bits = int(identifier.replace("-", ""), 16)
    except ValueError:
        return None
    key = bits >> 64, bits & HALF
    return key if (key[0] >> VERSION_SHIFT) & VERSION and text_of(key) == identifier else None


def text_of(key: Key) -> str:
    """The id of a key that is not a digest."""
    high, low = key
    if (high >> VERSION_SHIFT) & VERSION:
        text = f"{high:016x}{low:016x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
    return ((high >> 16).to_bytes(6, "big") + low.to_bytes(8, "big")).rstrip(b"\0").decode()


def mixed(high: int, low: int) -> int:
    """64 bits in which each bit of a key counts (the finaliser of SplitMix64, twice)."""
    bits = high
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & HALF
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & HALF
    bits = bits ^ (bits >> 31) ^ low
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & HALF
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & HALF
    return bits ^ (bits >> 31)


also_compiled(mixed)


@compiled
def row_of(keys: Keys, slots: Ints, high: np.uint64, low: np.uint64) -> int:
    """The row of a key; EMPTY if there is none. The number of slots is a power of two."""
    last = np.uint64(len(slots) - 1)
    at = mixed(high, low) & last  # type: ignore[arg-type]
    while slots[at] != EMPTY:
        row = slots[at]
        if keys[row, 0] == high and keys[row, 1] == low:
            return int(row)
        at = (at + np.uint64(1)) & last
    return EMPTY


@compiled
def enter_key(keys: Keys, slots: Ints, row: int) -> None:
    """Lets the key of a row be found; it must not be there yet, and there must be an empty slot."""
    last = np.uint64(len(slots) - 1)
    at = mixed(keys[row, 0], keys[row, 1]) & last
    while slots[at] != EMPTY:
        at = (at + np.uint64(1)) & last
    slots[at] = row


@compiled
def drop_key(keys: Keys, slots: Ints, row: int) -> None:
    """Lets the key of a row be found no more; those behind it move up, so that no gap hides them."""
    last, one = np.uint64(len(slots) - 1), np.uint64(1)
    at = mixed(keys[row, 0], keys[row, 1]) & last
    while slots[at] != row:
        at = (at + one) & last
    ahead = (at + one) & last
    while slots[ahead] != EMPTY:
        home = mixed(keys[slots[ahead], 0], keys[slots[ahead], 1]) & last
        if ((ahead - home) & last) >= ((ahead - at) & last):
            slots[at] = slots[ahead]
            at = ahead
        ahead = (ahead + one) & last
    slots[at] = EMPTY


@compiled
def spell(keys: Keys, rows: Ints, text: NDArray[np.uint32]) -> int:
    """Writes the ids of rows as characters, one id in each line of 36; how many are digests (left blank)."""
    digests = 0
    for line in range(len(rows)):
        high, low = keys[rows[line], 0], keys[rows[line], 1]
        for column in range(TEXT):
            text[line, column] = 0
        if (high >> np.uint64(VERSION_SHIFT)) & np.uint64(VERSION):
            spell_uuid(high, low, text[line])
        elif high & np.uint64(HALF >> 48) == PACKED:
            for column in range(6):
                text[line, column] = (high >> np.uint64(56 - 8 * column)) & np.uint64(255)
            for column in range(8):
                text[line, 6 + column] = (low >> np.uint64(56 - 8 * column)) & np.uint64(255)
        else:
            digests += 1
    return digests


@compiled
def spell_uuid(high: int, low: int, line: NDArray[np.uint32]) -> None:
    """Writes a UUID into a line of 36."""
    column = 0
    for nibble in range(32):
        if nibble == 8 or nibble == 12 or nibble == 16 or nibble == 20:
            line[column] = 45
            column += 1
        half = high if nibble < 16 else low
        digit = (half >> np.uint64(60 - 4 * (nibble & 15))) & np.uint64(15)
        line[column] = digit + (48 if digit < 10 else 87)
        column += 1


@compiled
def lot_of(keys: Keys, row: int) -> int:
    """The lot of a row, see `fit.lot`."""
    return mixed(keys[row, 0], keys[row, 1])


@compiled
def lots_of(keys: Keys) -> NDArray[np.uint64]:
    """The lots of all rows."""
    lots = np.empty(len(keys), np.uint64)
    for row in range(len(keys)):
        lots[row] = lot_of(keys, row)
    return lots


class Names:
    """The ids of rows, given back as text. Who keeps the rows numbers them, and says how many are `used`."""

    def __init__(self) -> None:
        self.keys: Keys = np.empty((0, 2), np.uint64)
        self.digests: dict[Key, str] = {}
        self.used = 0

    def __len__(self) -> int:
        return self.used

    def key(self, identifier: str) -> Key:
        """The key of an id that is to be entered; its text is kept if the key does not tell it."""
        key = key_of(identifier)
        if key[0] & 0xFFFF == DIGEST:
            self.digests[key] = identifier
        return key

    def columns(self, identifiers: Iterable[str]) -> Keys:
        """The keys of many ids to be entered."""
        return np.array([self.key(one) for one in identifiers], np.uint64).reshape(-1, 2)

    def __getitem__(self, row: int) -> str:
        high, low = self.keys[row].tolist()
        kept = self.digests.get((high, low))
        return text_of((high, low)) if kept is None else kept

    def of(self, rows: Ints) -> list[str]:
        """The ids of many rows."""
        text = np.empty((len(rows), TEXT), np.uint32)
        if spell(self.keys, rows, text):
            return [self[row] for row in rows.tolist()]
        found: list[str] = text.view(f"U{TEXT}").ravel().tolist()
        return found


def slots_for(rows: int) -> Ints:
    """An empty table with slots enough for so many rows to be three quarters full at most."""
    size = 1024
    while 3 * size < 4 * rows:
        size *= 2
    return np.full(size, EMPTY, np.int32)


@compiled
def enter_keys(keys: Keys, slots: Ints, rows: Longs) -> None:
    """Lets the keys of many rows be found."""
    for row in rows:
        enter_key(keys, slots, row)
