"""What follows from a log's secret: references, tags and keys. Nothing leads back from them.

Once the secret is destroyed, nobody can compute a voter's reference or tag again. The purposes are
kept apart by their first bytes.
"""

import hashlib
import hmac
from datetime import datetime

VOTER = 16  # bytes
TAG = 16
SALT = 16
TRACE = 8


class Mac:
    """HMAC-SHA256 under one key, prepared once. For what is computed for every ballot: OpenSSL sets
    up a key anew with every call, which costs more than the message."""

    __slots__ = ("_inner", "_outer")

    def __init__(self, key: bytes) -> None:
        block = hashlib.sha256(key).digest() if len(key) > _BLOCK else key
        block = block.ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(block.translate(_INNER)).copy
        self._outer = hashlib.sha256(block.translate(_OUTER)).copy

    def __call__(self, message: bytes) -> bytes:
        inner = self._inner()
        inner.update(message)
        outer = self._outer()
        outer.update(inner.digest())
        return outer.digest()


_BLOCK = 64  # bytes, SHA-256's
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))

Key = bytes | Mac


def keyed(key: Key, message: bytes) -> bytes:
    """HMAC-SHA256 of `message`, whichever way the key is at hand."""
    if isinstance(key, Mac):
        return key(message)
    return hmac.digest(key, message, "sha256")


def voter(secret: bytes, *, provider: str, subject: str) -> bytes:
    """The reference of the person whom `provider` knows as `subject` (16 bytes)."""
    return keyed(secret, f"voter|{provider}|{subject}".encode())[:VOTER]


def period_key(secret: bytes, period: str) -> bytes:
    """The key of one period's tags; it tells nothing of another period's."""
    return keyed(secret, b"tag|" + period.encode())


def tag(key: Key, voter: bytes) -> bytes:
    """What stands in the log for a voter in one period: equal for equal voters (16 bytes)."""
    return keyed(key, voter)[:TAG]


def salt(secret: Key, key: bytes) -> bytes:
    """The salt of the ballot with this key, so that it need not be stored (16 bytes)."""
    return keyed(secret, b"salt|" + key)[:SALT]


def commitment(salt: bytes, voter: bytes) -> bytes:
    """What binds a ballot to its voter and can be opened by whoever holds the receipt (32 bytes)."""
    return hashlib.sha256(salt + voter).digest()


def pass_key(secret: bytes) -> bytes:
    """Signs what a provider vouched for."""
    return keyed(secret, b"pass")


def token_key(secret: bytes) -> bytes:
    """Signs tokens: one token, one key, at most one ballot."""
    return keyed(secret, b"token")


def receipt_key(secret: bytes) -> bytes:
    """Makes receipt codes of ballots' numbers. It outlives the secret, and tells nothing of it."""
    return keyed(secret, b"receipt")


def network(secret: bytes, network: str) -> bytes:
    """The fingerprint of the network a ballot came from (8 bytes)."""
    return keyed(secret, b"network|" + network.encode())[:TRACE]


def referral(secret: Key, link: str) -> bytes:
    """The fingerprint of the link that led to the vote page (8 bytes)."""
    return keyed(secret, b"referral|" + link.encode())[:TRACE]


def milliseconds(moment: datetime) -> int:
    """A moment as passes and tokens write it: milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


def challenge_key(secret: bytes) -> bytes:
    """Signs the puzzles that slow machines down."""
    return keyed(secret, b"challenge")
