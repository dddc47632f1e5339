"""From moments to stretches of time."""

import math
from collections.abc import Iterable, Sequence

from paike.media.rules.measured import Stretch


def where(
    moments: Iterable[tuple[float, bool]], *, end: float, skipped: Sequence[Stretch] = ()
) -> list[Stretch]:
    """The stretches in which something holds. Each begins at a moment where it does and lasts to
    the next where it does not, to where it does not by the way it was `skipped`, or to the `end` of
    the film: what lasts to the end has an end."""
    found: list[Stretch] = []
    start: float | None = None
    known = [*moments, *((gap.start + 1e-3, False) for gap in skipped)]
    for at, holds in sorted(known):
        if holds and start is None:
            start = at
        elif not holds and start is not None:
            found.append(Stretch(start, at))
            start = None
    if start is not None and end > start:
        found.append(Stretch(start, end))
    return found


def joined(stretches: Sequence[Stretch], *, gap: float) -> list[Stretch]:
    """Stretches that follow each other within `gap` seconds become one."""
    found: list[Stretch] = []
    for one in sorted(stretches, key=lambda stretch: stretch.start):
        if found and one.start - found[-1].end <= gap:
            found[-1] = Stretch(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return found


def longer(stretches: Iterable[Stretch], *, than: float) -> list[Stretch]:
    """Those that last longer, the longest first."""
    long = [one for one in stretches if length(one) > than]
    return sorted(long, key=length, reverse=True)


def length(one: Stretch) -> float:
    return one.end - one.start


def total(stretches: Iterable[Stretch]) -> float:
    """Seconds of all of them."""
    return sum(map(length, stretches))


def pieces(stretches: Iterable[Stretch], *, longest: float) -> list[Stretch]:
    """The stretches cut into equal parts of at most this length."""
    found = []
    for one in stretches:
        count = max(1, math.ceil(length(one) / longest))
        step = length(one) / count
        found += [
            Stretch(one.start + number * step, one.start + (number + 1) * step)
            for number in range(count)
        ]
    return found


def overlap(one: Stretch, others: Iterable[Stretch]) -> float:
    """Seconds of `one` that the others cover; they must not overlap each other."""
    return sum(max(0.0, min(one.end, o.end) - max(one.start, o.start)) for o in others)


def clock(seconds: float) -> str:
    """As people read it: `1:05`."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def listed(stretches: Sequence[Stretch], *, most: int = 3) -> str:
    """`0:05–0:08, 1:02–1:04`, in their order in the film."""
    chosen = sorted(stretches[:most], key=lambda one: one.start)
    more = " …" if len(stretches) > most else ""
    return ", ".join(f"{clock(one.start)}–{clock(one.end)}" for one in chosen) + more
