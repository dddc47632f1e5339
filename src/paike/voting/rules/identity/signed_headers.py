"""An app that has its own login in front vouches by a signed header. docs/operate/voter-identity.md.

    Paike-Voter: subject=u-20210702-88; time=1625198400; mac=<64 hexadecimal digits>

The mac is HMAC-SHA256 with the shared secret over `paike-voter-1`, the call's slug, the subject and
the time, joined by line feeds: whoever can't sign can't vote, and a header that leaked is of no use
a minute later or for another call.
"""

import hmac
import re
from datetime import datetime, timedelta

from paike.voting.rules.identity import Voucher

NAME = "Paike-Voter"
PROVIDER = "app"
LIFE = timedelta(seconds=60)  # how far the clocks of both sides may be apart, transport included
SHORTEST_SECRET = 32

_HEADER = re.compile(
    r"subject=(?P<subject>[A-Za-z0-9._~-]{1,128}); ?time=(?P<time>[0-9]{1,12}); ?"
    r"mac=(?P<mac>[0-9a-f]{64})"
)


class NotSigned(ValueError):
    """No header, not in the form, not signed with our secret, for another call, or too old."""


def sign(*, subject: str, slug: str, secret: str, now: datetime) -> str:
    """The header as the app's server writes it."""
    time = int(now.timestamp())
    mac = _mac(subject, slug=slug, time=time, secret=secret)
    return f"subject={subject}; time={time}; mac={mac}"


def read(header: str, *, slug: str, secret: str, now: datetime) -> Voucher:
    """Whom the header vouches for. Raises NotSigned."""
    found = _HEADER.fullmatch(header.strip())
    if found is None or len(secret) < SHORTEST_SECRET:
        raise NotSigned(header[:40])
    time = int(found["time"])
    wanted = _mac(found["subject"], slug=slug, time=time, secret=secret)
    is_fresh = abs(now.timestamp() - time) <= LIFE.total_seconds()
    if not hmac.compare_digest(found["mac"], wanted) or not is_fresh:
        raise NotSigned(header[:40])
    return Voucher(PROVIDER, found["subject"])


def _mac(subject: str, *, slug: str, time: int, secret: str) -> str:
    message = f"paike-voter-1\n{slug}\n{subject}\n{time}"
    return hmac.digest(secret.encode(), message.encode(), "sha256").hex()
