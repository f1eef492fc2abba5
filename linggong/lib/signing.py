"""Signing what goes over the wire between two parties that share a key."""

import hashlib
import hmac


def signature(key: str, stamp: str, body: bytes) -> str:
    """Hexadecimal HMAC-SHA256 of "stamp.body"; `stamp` is the second of sending, so that old messages are told."""
    return hmac.new(key.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
