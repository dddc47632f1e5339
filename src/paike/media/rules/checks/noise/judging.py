"""Speech that hardly stands out from what is around it: `docs/checks/noise.md`."""

import math
from collections.abc import Sequence

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import stretches
from paike.media.rules.checks import check
from paike.media.rules.measured import Level, Measured, Stretch
from paike.media.rules.report import Confidence, Verdict

LEAST_SPEECH = 2.0  # seconds; less says nothing
LEAST_REST = 1.0
EVENTS = 0.2  # of the rest, the loudest: a door, a clap, a signal; noise goes on


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where speech is so much louder than the rest. None without enough of both."""
    if measured.sound is None or not measured.speech:
        return None
    speech = [one for one in measured.speech if stretches.length(one) >= 0.5]
    within = [one for one in measured.sound.levels if _inside(one, speech)]
    rest = [one for one in measured.sound.levels if not _near(one, measured.speech)]
    if len(within) < LEAST_SPEECH * 10 or len(rest) < LEAST_REST * 10:
        return None
    around = _power(_steady(rest))
    distance = 10 * math.log10(max(_power(within) - around, 1e-12) / max(around, 1e-12))
    shown = min(60.0, max(0.0, distance))
    low = distance < float(limits.noise.least)
    return check.verdict(
        "noise.low" if low else "noise.ok",
        value=f"{shown:.0f}",
        unit="dB",
        confidence=Confidence.UNSURE,
        sights=(),
        distance=f"{shown:.0f}",
        limit=str(limits.noise.least),
    )


def _inside(level: Level, speech: Sequence[Stretch]) -> bool:
    return any(one.start <= level.at < one.end for one in speech)


def _near(level: Level, speech: Sequence[Stretch]) -> bool:
    return any(one.start - 0.3 <= level.at < one.end + 0.3 for one in speech)


def _steady(levels: Sequence[Level]) -> Sequence[Level]:
    """Without the loudest, which come and go."""
    quiet_first = sorted(levels, key=lambda one: max(one.left, one.right))
    return quiet_first[: max(1, round(len(levels) * (1 - EVENTS)))]


def _power(levels: Sequence[Level]) -> float:
    return sum(10 ** (max(one.left, one.right) / 10) for one in levels) / len(levels)
