"""Vote tokens and passes: small signed strings that a browser keeps for us.

A pass says whom a provider vouched for; a token is good for one ballot: it binds the voter, the
period, and the ballot's key, and holds what detection wants to know of the time before. Both are
`base64url(payload).base64url(mac)`, the mac being the first 16 bytes of HMAC-SHA256 over the kind
of thing, the call's slug and the payload.
"""

import base64
import hmac
import struct
from binascii import a2b_base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from paike.voting.rules.secrets import Key, keyed, milliseconds

MAC = 16
MIN_AGE = timedelta(seconds=3)  # no hand is quicker; a script that waits is slow enough
MAX_AGE = timedelta(minutes=10)
PASS_AGE = timedelta(hours=12)
# Who made the pass may be another machine, whose clock is a little ahead of this one's: a pass that
# came from the future would send its holder round in circles.
SKEW = timedelta(minutes=1)

_PASS = struct.Struct(">B16sqqB")  # version, voter, first seen, issued, length of the provider
_TOKEN = struct.Struct(
    ">B16s16sqq8sBB"
)  # version, voter, key, issued, first seen, network, lengths
_VERSION = 1


class NotOurs(ValueError):
    """Not made here, not for this call, or damaged."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Whom `provider` vouched for, at `issued_at`; `first_seen`: of the vote page by this browser."""

    voter: bytes
    provider: str
    first_seen: datetime
    issued_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        return self.issued_at - SKEW <= now < self.issued_at + PASS_AGE


class Token(NamedTuple):
    """Good for the one ballot with this `key`, a UUID's 16 bytes. Times in milliseconds since 1970, as they are
    compared for every ballot. A named tuple is made three times as fast as a frozen dataclass."""

    voter: bytes
    key: bytes
    period: str
    issued: int
    first_seen: int
    network: bytes
    provider: str


def sign_pass(given: Pass, *, slug: str, key: Key) -> str:
    """The text of a pass; `key` is secrets.pass_key."""
    provider = given.provider.encode()
    packed = _PASS.pack(
        _VERSION,
        given.voter,
        milliseconds(given.first_seen),
        milliseconds(given.issued_at),
        len(provider),
    )
    return _signed(packed + provider, b"pass|" + slug.encode(), key)


def read_pass(text: str, *, slug: str, key: Key) -> Pass:
    """Raises NotOurs. Whether it is still fresh is for the reader to ask."""
    payload = _payload(text, b"pass|" + slug.encode(), key)
    try:
        version, voter, seen, issued, length = _PASS.unpack_from(payload)
        provider = payload[_PASS.size :].decode()
    except (struct.error, UnicodeDecodeError) as fault:
        raise NotOurs(text) from fault
    if version != _VERSION or len(provider) != length:
        raise NotOurs(text)
    return Pass(voter, provider, _moment(seen), _moment(issued))


def sign_token(given: Token, *, slug: bytes, key: Key) -> str:
    """The text of a token; `key` is secrets.token_key."""
    provider, period = given.provider.encode(), given.period.encode()
    packed = _TOKEN.pack(
        _VERSION,
        given.voter,
        given.key,
        given.issued,
        given.first_seen,
        given.network,
        len(provider),
        len(period),
    )
    return _signed(packed + provider + period, b"token|" + slug, key)


def read_token(text: str, *, slug: bytes, key: Key) -> Token:
    """Raises NotOurs. Its age is for the reader to ask."""
    payload = _payload(text, b"token|" + slug, key)
    try:
        version, voter, ballot, issued, seen, network, of_provider, of_period = _TOKEN.unpack_from(
            payload
        )
        split = _TOKEN.size + of_provider
        provider, period = payload[_TOKEN.size : split].decode(), payload[split:].decode()
    except (struct.error, UnicodeDecodeError) as fault:
        raise NotOurs(text) from fault
    if version != _VERSION or len(payload) != split + of_period:
        raise NotOurs(text)
    return Token(voter, ballot, period, issued, seen, network, provider)


def _signed(payload: bytes, context: bytes, key: Key) -> str:
    mac = keyed(key, context + b"|" + payload)[:MAC]
    return f"{_base64(payload)}.{_base64(mac)}"


def _payload(text: str, context: bytes, key: Key) -> bytes:
    """The payload of a string that we signed. This is on the way of every ballot."""
    try:
        body, _, tail = text.encode("ascii").translate(_TO_PLAIN).partition(b".")
        payload = a2b_base64(body + _PADDING[len(body) & 3], strict_mode=True)
        mac = a2b_base64(tail + b"==", strict_mode=True)
    except ValueError as fault:  # binascii.Error and UnicodeEncodeError are such
        raise NotOurs(text) from fault
    if not hmac.compare_digest(mac, keyed(key, context + b"|" + payload)[:MAC]):
        raise NotOurs(text)
    return payload


_TO_PLAIN = bytes.maketrans(b"-_+/", b"+/!!")
_PADDING = (b"", b"=", b"==", b"=")


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _moment(thousandths: int) -> datetime:
    try:
        return datetime.fromtimestamp(thousandths / 1000, tz=UTC)
    except (OverflowError, ValueError, OSError) as fault:
        raise NotOurs(str(thousandths)) from fault
