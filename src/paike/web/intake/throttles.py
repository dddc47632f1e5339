"""Token buckets of this process: one per voter, one per network.

A voter's own bucket may refuse: nobody taps that often. A network's only says “busy”: behind one
address there may be a factory, which is why it never refuses.
"""

import ipaddress
from collections import OrderedDict
from typing import Generic, TypeVar

from paike.voting.rules import buckets
from paike.voting.rules.buckets import Bucket, Rate

# Nobody needs more: a tap asks for a token once, a lost answer is tried again with growing pauses.
VOTER = Rate(burst=20, per_second=0.5)
# A shift that ends: 200 people of one address in one moment go unnoticed, and 5 a second after.
NETWORK = Rate(burst=200, per_second=5.0)
MOST = 200_000  # buckets of a kind; the longest unused goes first, and would be full again by then

Key = TypeVar("Key", bytes, str)


class Throttle(Generic[Key]):
    """Buckets of one rate by key."""

    def __init__(self, rate: Rate, *, most: int = MOST) -> None:
        self._rate, self._most = rate, most
        self._buckets: OrderedDict[Key, Bucket] = OrderedDict()

    def take(self, key: Key, *, at: float) -> float:
        """Take one of `key`'s tokens at a moment (seconds); 0.0, or the seconds until there is one."""
        bucket = self._buckets.get(key)
        if bucket is None:
            self._buckets[key] = Bucket(self._rate.burst - 1.0, at)
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            return 0.0
        self._buckets.move_to_end(key)
        return buckets.take(bucket, self._rate, at=at)


def neighbourhood(network: str) -> str:
    """The /24 of an IPv4 address; an IPv6 /64 as it is."""
    try:
        return (
            str(ipaddress.ip_network(f"{network}/24", strict=False)) if "." in network else network
        )
    except ValueError:
        return network
