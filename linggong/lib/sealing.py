"""Personal data at rest: sealed so that only the holder of a key can read it, indexed so that it can still be found.

Sealed with SM4-GCM (GB/T 32907-2016) under a random nonce; found by HMAC-SM3 (GB/T 32905-2016). Each purpose
('telephone', 'identity_number' ...) has its own keys, derived by HKDF-SM3, so that a value sealed for one purpose
cannot be passed off as another and equal values of two purposes have different indexes.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

INDEX_KEY = "index"
"""The id of the key behind `blind_index`. It stays when the sealing keys are renewed, or nothing would be found."""

KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16


class SealBroken(Exception):
    """The value was not sealed by one of these keys for this purpose, or has been altered since."""


def generate_key() -> str:
    """A new master key as 64 hexadecimal digits; `bytes.fromhex` makes the bytes a `Keyring` takes."""
    return secrets.token_hex(KEY_BYTES)


class Keyring:
    """Master keys by id: `current` seals, every one opens what it has sealed, `INDEX_KEY` indexes.

    To renew the key, add one under a new id, make it current, and keep the old ones until all is sealed anew.
    Raises `ValueError` when a key is missing or does not have 32 bytes.
    """

    def __init__(self, keys: Mapping[str, bytes], current: str) -> None:
        if current == INDEX_KEY or not {current, INDEX_KEY} <= keys.keys():
            raise ValueError(f"the keyring needs its current key {current!r} and, beside it, one named {INDEX_KEY!r}")
        if any(len(key) != KEY_BYTES or not key_id.isidentifier() for key_id, key in keys.items()):
            raise ValueError(f"keys are named like k1 and have {KEY_BYTES} bytes")
        self._keys = dict(keys)
        self._current = current

    def seal(self, plain: str, *, purpose: str) -> str:
        """'k1:<base64>', different each time."""
        nonce = os.urandom(_NONCE_BYTES)
        sealing = Cipher(self._cipher(self._current, purpose), modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(purpose.encode())
        body = sealing.update(plain.encode()) + sealing.finalize()
        return f"{self._current}:{base64.b64encode(nonce + body + sealing.tag).decode()}"

    def open(self, sealed: str, *, purpose: str) -> str:
        """The text that was sealed. Raises `SealBroken`."""
        key_id, _, encoded = sealed.partition(":")
        if key_id not in self._keys or key_id == INDEX_KEY:
            raise SealBroken("no such key")
        try:
            raw = base64.b64decode(encoded, validate=True)
            return self._opened(raw, self._cipher(key_id, purpose), purpose)
        except (binascii.Error, ValueError, InvalidTag) as fault:
            raise SealBroken("the sealed value does not open") from fault

    def blind_index(self, text: str, *, purpose: str) -> str:
        """64 hexadecimal digits, equal for equal texts of one purpose, whichever key is current."""
        indexing = hmac.HMAC(self._derived(INDEX_KEY, "index", purpose, KEY_BYTES), hashes.SM3())
        indexing.update(text.encode())
        return indexing.finalize().hex()

    def _opened(self, raw: bytes, cipher: algorithms.SM4, purpose: str) -> str:
        nonce, body, tag = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:-_TAG_BYTES], raw[-_TAG_BYTES:]
        opening = Cipher(cipher, modes.GCM(nonce, tag)).decryptor()
        opening.authenticate_additional_data(purpose.encode())
        return (opening.update(body) + opening.finalize()).decode()

    def _cipher(self, key_id: str, purpose: str) -> algorithms.SM4:
        return algorithms.SM4(self._derived(key_id, "seal", purpose, 16))

    def _derived(self, key_id: str, use: str, purpose: str, length: int) -> bytes:
        derivation = HKDF(algorithm=hashes.SM3(), length=length, salt=None, info=f"{use}/{purpose}".encode())
        return derivation.derive(self._keys[key_id])
