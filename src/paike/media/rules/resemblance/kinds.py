"""What two films have to do with each other, from the stretches they share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy
from numpy.typing import NDArray

from paike.media.rules.resemblance import alignment
from paike.media.rules.resemblance.alignment import Shared
from paike.media.rules.resemblance.signature import Signature

MOST_OF_IT = 0.8
LEAST_SOUND = 10.0  # seconds, however short the films
EXCERPT = 15.0  # seconds; an excerpt of 20 loses some at its ends and in flat pictures


class Kind(StrEnum):
    """How much of the films is the same."""

    WHOLE = "whole"  # both are the same film
    INSIDE = "inside"  # all of one is a part of the other
    EXCERPT = "excerpt"  # a piece of one is in the other
    SOUND = "sound"  # the sound of a piece, or of all, under other pictures


@dataclass(frozen=True)
class Resemblance:
    """What two films share. `share` and `other_share`: of each film, 0 to 1."""

    kind: Kind
    stretches: tuple[Shared, ...]
    share: float
    other_share: float

    @property
    def seconds(self) -> float:
        """How long the shared stretches are in this film."""
        return sum(one.seconds for one in self.stretches)


def between(
    film: Signature,
    other: Signature,
    *,
    common: NDArray[numpy.bool_] | None = None,
    common_sound: NDArray[numpy.bool_] | None = None,
) -> Resemblance | None:
    """What two films have to do with each other. `common` and `common_sound`: which pictures and
    sounds of `film` are in many films and say nothing."""
    shown = of(alignment.shared(film, other, common=common), film.seconds, other.seconds)
    if shown is not None:
        return shown
    return of_sound(alignment.heard(film, other, common=common_sound), film.seconds, other.seconds)


def of(stretches: Sequence[Shared], seconds: float, other_seconds: float) -> Resemblance | None:
    """The kind of likeness of two films of these lengths; None where it is too little to speak of:
    a shot that both took from somewhere, the campaign's leader."""
    covered = _covered([(one.start, one.end) for one in stretches])
    other_covered = _covered([(one.other_start, one.other_end) for one in stretches])
    share = covered / seconds if seconds > 0 else 0.0
    other_share = other_covered / other_seconds if other_seconds > 0 else 0.0
    if share >= MOST_OF_IT and other_share >= MOST_OF_IT:
        kind = Kind.WHOLE
    elif share >= MOST_OF_IT or other_share >= MOST_OF_IT:
        kind = Kind.INSIDE
    elif covered >= EXCERPT:
        kind = Kind.EXCERPT
    else:
        return None
    return Resemblance(
        kind,
        tuple(sorted(stretches, key=lambda one: one.start)),
        round(min(share, 1.0), 3),
        round(min(other_share, 1.0), 3),
    )


def of_sound(
    stretches: Sequence[Shared], seconds: float, other_seconds: float
) -> Resemblance | None:
    """The likeness of two films whose pictures differ; None where too little of the sound is shared:
    a jingle, a beat that both took from the same library."""
    found = of(stretches, seconds, other_seconds)
    if found is None or found.seconds < LEAST_SOUND:
        return None
    return replace(found, kind=Kind.SOUND)


def _covered(parts: list[tuple[float, float]]) -> float:
    total, reached = 0.0, 0.0
    for start, end in sorted(parts):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total
