"""How unlikely a count is. Tails are summed from their first term, which is exact enough far out,
where it matters: there the series falls geometrically."""

import math
from collections.abc import Callable

TINY = 1e-300


def poisson(count: int, mean: float) -> float:
    """P(X >= count) for a Poisson variable."""
    if count <= mean or count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    first = math.exp(max(count * math.log(mean) - mean - math.lgamma(count + 1), -690))
    return _sum(first, lambda step: mean / (count + step))


def negative_binomial(count: int, mean: float, spread: float) -> float:
    """P(X >= count) where the variance is mean + spread * mean². `spread` 0 is Poisson."""
    if spread <= 1e-9:
        return poisson(count, mean)
    if count <= mean or count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    size = 1 / spread
    hit = mean / (size + mean)
    log = (
        math.lgamma(count + size)
        - math.lgamma(count + 1)
        - math.lgamma(size)
        + size * math.log1p(-hit)
        + count * math.log(hit)
    )
    first = math.exp(max(min(log, 0.0), -690))
    return _sum(first, lambda step: (count + step - 1 + size) / (count + step) * hit)


def _sum(first: float, ratio: Callable[[int], float]) -> float:
    total, term, step = first, first, 1
    while term > total * 1e-12 and term > TINY and step < 100_000:
        term *= ratio(step)
        total += term
        step += 1
    return min(total, 1.0)
