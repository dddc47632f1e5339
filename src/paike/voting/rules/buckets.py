"""Token buckets: so many at once, then so many a second."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, `per_second` on the average."""

    burst: float
    per_second: float


@dataclass(slots=True)
class Bucket:
    """What was left at a moment (seconds)."""

    left: float
    at: float


def take(bucket: Bucket, rate: Rate, *, at: float) -> float:
    """Take one; 0.0: it was there, else the seconds until one is. A clock that goes back fills
    nothing."""
    bucket.left = min(rate.burst, bucket.left + max(at - bucket.at, 0.0) * rate.per_second)
    bucket.at = max(at, bucket.at)
    if bucket.left >= 1.0:
        bucket.left -= 1.0
        return 0.0
    return (1.0 - bucket.left) / rate.per_second
