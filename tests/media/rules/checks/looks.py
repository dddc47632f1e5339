"""Looks for tests: an ordinary picture unless said otherwise, four a second."""

from dataclasses import replace
from typing import Any

from paike.media.rules.measured import Look, Measured, Stretch

STEP = 0.25
PLAIN = Look(at=0, luma=110, bright=220, black=0.02, change=9, detail=0.6)


def film(seconds: float, *parts: tuple[float, float, dict[str, Any]]) -> Measured:
    """A film whose looks are plain but between `start` and `end` of each part."""
    looks = []
    for number in range(int(seconds / STEP)):
        at = number * STEP
        changes: dict[str, Any] = {}
        for start, end, values in parts:
            if start <= at < end:
                changes |= values
        looks.append(replace(PLAIN, at=at, **changes))
    return Measured(seconds=seconds, looks=tuple(looks))


def skipped(film: Measured, start: float, end: float) -> Measured:
    """The film with nobody looking in between."""
    kept = tuple(look for look in film.looks if not start < look.at < end)
    return replace(film, looks=kept, skipped=(*film.skipped, Stretch(start, end)))
