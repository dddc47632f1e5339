"""Ranks with shared places, and points by rank, as exact fractions."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby
from typing import TypeVar

Key = TypeVar("Key")
Value = int | Fraction


def shared(values: Mapping[Key, Value]) -> dict[Key, Fraction]:
    """Ranks from 1 (highest value); equal values share the mean of the places they take."""
    ordered = sorted(values.items(), key=lambda item: item[1], reverse=True)
    ranks: dict[Key, Fraction] = {}
    taken = 0
    for _, group in groupby(ordered, key=lambda item: item[1]):
        keys = [key for key, _ in group]
        mean = Fraction(2 * taken + len(keys) + 1, 2)
        ranks.update(dict.fromkeys(keys, mean))
        taken += len(keys)
    return ranks


def percentile_points(values: Mapping[Key, Value]) -> dict[Key, Fraction]:
    """100 (N - rank + 1/2) / N for each of N values: between 0 and 100, 50 on average, whatever the
    spread of the values was."""
    total = len(values)
    return {
        key: Fraction(100) * (total - rank + Fraction(1, 2)) / total
        for key, rank in shared(values).items()
    }
