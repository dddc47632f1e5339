"""Hum of the mains: `docs/checks/hum.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured
from paike.media.rules.report import Confidence, Verdict

STANDS_OUT = 15.0  # dB above what is beside it, for each of three multiples of the mains
HEARD = -60.0  # dB of full scale


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where the multiples of 50 (or 60) Hz do not stand out, or can't be heard."""
    if measured.sound is None:
        return None
    sound = measured.sound
    hums = sound.hum > STANDS_OUT and sound.hum_level > HEARD
    return check.verdict(
        "hum.heard" if hums else "hum.ok",
        value=f"{sound.hum:.0f}",
        unit="dB",
        confidence=Confidence.UNSURE,
        sights=(),
        strength=f"{sound.hum:.0f}",
        hertz=sound.hum_at,
        limit=f"{STANDS_OUT:.0f}",
    )
