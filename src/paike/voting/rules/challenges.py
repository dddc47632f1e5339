"""Proof of work: a puzzle that costs a phone a fraction of a second, and a thousand votes a thousand
times that. Only a throttle under load or risk: bought human votes cost more than any puzzle.

The form is ALTCHA's first (`altcha` in any language solves and checks it): find the number with
SHA-256(salt + number) = challenge. Here the salt also names the ballot, so that a solution is good
for one voter's one ballot; and each is accepted once (`models/challenges.py`), as the form itself
knows no replay (CVE-2025-68113).
"""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs
from uuid import UUID

LIFE = timedelta(minutes=10)
MOST = 100_000  # tries: at most half a second on a cheap phone, half of it on average
ALGORITHM = "SHA-256"
_BINDING = 8  # bytes
_LONGEST = 1024


class NotSolved(ValueError):
    """Not one of our puzzles, not this ballot's, wrong, or too old."""


@dataclass(frozen=True)
class Solved:
    """A puzzle that was solved: `nonce` (32 bytes) is remembered until `expires_at`."""

    nonce: bytes
    expires_at: int


def make(
    *, voter: bytes, ballot: UUID, number: int, random: bytes, key: bytes, now: datetime
) -> dict[str, str | int]:
    """A puzzle for `voter`'s ballot with the key `ballot`. `number` (0 to MOST) is what is to be
    found, `random` (12 bytes) makes every puzzle another, `key` is secrets.challenge_key."""
    expires = int((now + LIFE).timestamp())
    salt = f"{random.hex()}?expires={expires}&for={_binding(voter, ballot, key)}&"
    challenge = hashlib.sha256(f"{salt}{number}".encode()).hexdigest()
    return {
        "algorithm": ALGORITHM,
        "challenge": challenge,
        "maxnumber": MOST,
        "salt": salt,
        "signature": _signature(challenge, key),
    }


def check(payload: object, *, voter: bytes, ballot: UUID, key: bytes, now: datetime) -> Solved:
    """Whether `payload` (base64 of JSON, as ALTCHA's widget sends it) solves a puzzle made for this
    ballot. Raises NotSolved."""
    told = _read(payload)
    challenge, salt, number = told.get("challenge"), told.get("salt"), told.get("number")
    signature = told.get("signature")
    if type(number) is not int or not all(map(_is_plain, (challenge, salt, signature))):
        raise NotSolved("incomplete")
    challenge, salt, signature = str(challenge), str(salt), str(signature)
    asked = {name: values[0] for name, values in parse_qs(salt.partition("?")[2]).items()}
    expires = asked.get("expires", "")
    checks = (
        told.get("algorithm") == ALGORITHM,
        hmac.compare_digest(signature, _signature(challenge, key)),
        hmac.compare_digest(asked.get("for", "").encode(), _binding(voter, ballot, key).encode()),
        expires.isdecimal() and len(expires) < 12 and int(expires) > now.timestamp(),
        hashlib.sha256(f"{salt}{number}".encode()).hexdigest() == challenge,
    )
    if not all(checks):
        raise NotSolved("wrong")
    return Solved(bytes.fromhex(challenge), int(expires))


def _read(payload: object) -> dict[str, object]:
    if not isinstance(payload, str) or len(payload) > _LONGEST:
        raise NotSolved("no payload")
    try:
        told = json.loads(base64.b64decode(payload, validate=True))
    except (binascii.Error, ValueError, RecursionError) as fault:
        raise NotSolved("no payload") from fault
    if not isinstance(told, dict):
        raise NotSolved("no payload")
    return told


def _is_plain(value: object) -> bool:
    return isinstance(value, str) and value.isascii()


def _signature(challenge: str, key: bytes) -> str:
    return hmac.digest(key, challenge.encode(), "sha256").hex()


def _binding(voter: bytes, ballot: UUID, key: bytes) -> str:
    return hmac.digest(key, b"for|" + voter + ballot.bytes, "sha256")[:_BINDING].hex()
