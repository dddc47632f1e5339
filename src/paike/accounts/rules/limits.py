"""How often something may be tried. Figures: one-time codes and passwords as decided for Paike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from paike.kernel.text import Text


@dataclass(frozen=True)
class Limit:
    """At most `most` within any `span`."""

    most: int
    span: timedelta


RESEND = Limit(1, timedelta(seconds=60))
CODES_PER_CONTACT = (RESEND, Limit(5, timedelta(hours=1)), Limit(10, timedelta(days=1)))
# A whole factory signs in from one address, so a code that somebody typed does not count: what is
# limited is to have letters sent that nobody was waiting for. Our own figure.
UNUSED_CODES_PER_NETWORK = (Limit(100, timedelta(hours=1)),)
SIGN_INS_PER_ACCOUNT = (Limit(5, timedelta(minutes=15)),)
SIGN_INS_PER_NETWORK = (Limit(20, timedelta(hours=1)),)


def spoken(wait: timedelta) -> Text:
    """How long to wait, rounded up: 57 秒, 12 分钟, 3 小时."""
    seconds = max(1, -(-wait // timedelta(seconds=1)))
    if seconds < 120:
        return Text(f"{seconds} 秒", f"{seconds} second{'' if seconds == 1 else 's'}")
    minutes = -(-seconds // 60)
    if minutes < 120:
        return Text(f"{minutes} 分钟", f"{minutes} minutes")
    hours = -(-minutes // 60)
    return Text(f"{hours} 小时", f"{hours} hours")


def longest(limits: Sequence[Limit]) -> timedelta:
    """How far back one must look to judge these limits."""
    return max(limit.span for limit in limits)


def wait(past: Sequence[datetime], limits: Sequence[Limit], *, now: datetime) -> timedelta:
    """How long until one more is allowed; zero when it is allowed now. `past`: earlier times."""
    longest_wait = timedelta(0)
    for limit in limits:
        recent = sorted(at for at in past if at > now - limit.span)
        if len(recent) >= limit.most:
            longest_wait = max(longest_wait, recent[-limit.most] + limit.span - now)
    return longest_wait
