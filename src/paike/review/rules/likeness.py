"""Whether two works that were looked at together and both stayed must be looked at again: only where
their films now share what nobody has seen. A corrected title is no news; another passage is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

NEWS = 3.0  # seconds: the least length of a stretch that counts as shared
SLACK = 1.0  # seconds by which a stretch may begin earlier or end later than it was found before

Part = tuple[float, float]


@dataclass(frozen=True)
class Evidence:
    """What two films share: of each film, by its id, the stretches in seconds."""

    parts: dict[UUID, tuple[Part, ...]]


def brings_news(found: Evidence, judged: Iterable[Evidence]) -> bool:
    """Whether `found` shows something that none of the `judged` did. They are compared on a film that
    is in both; where both works have another film by now, there is nothing to compare it with."""
    for one in judged:
        for film in found.parts.keys() & one.parts.keys():
            if _uncovered(found.parts[film], one.parts[film]) < NEWS:
                return False
    return True


def _uncovered(parts: Sequence[Part], known: Sequence[Part]) -> float:
    """Seconds of `parts` that lie outside the `known` ones."""
    total = 0.0
    for start, end in parts:
        at = start
        for first, last in sorted(known):
            total += max(0.0, min(end, first - SLACK) - at)
            at = max(at, last + SLACK)
        total += max(0.0, end - at)
    return total
