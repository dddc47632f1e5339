"""Sound for tests: ordinary unless said otherwise."""

from dataclasses import replace
from typing import Any

from paike.media.rules.measured import Level, Measured, Sound, Stretch

PLAIN = Sound(
    channels=2, levels=(), loudness=-23, peak=-6, peak_at=1, clipped=0, clips=(), likeness=0.9,
    hum=2, hum_level=-90, hum_at=50,
)  # fmt: skip


def levels(seconds: float, *parts: tuple[float, float, float, float]) -> tuple[Level, ...]:
    """Tenths of a second at -20 dB, but left and right as told between start and end."""
    found = []
    for number in range(int(seconds * 10)):
        at, left, right = number / 10, -20.0, -20.0
        for start, end, one, other in parts:
            if start <= at < end:
                left, right = one, other
        found.append(Level(at, left, right))
    return tuple(found)


def sound(**changes: Any) -> Sound:
    return replace(PLAIN, **({"levels": levels(10)} | changes))


def film(*, speech: tuple[Stretch, ...] | None = None, **changes: Any) -> Measured:
    return Measured(seconds=10, sound=sound(**changes), speech=speech)


def silent_film() -> Measured:
    return Measured(seconds=10)
