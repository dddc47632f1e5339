"""True peak of the sound: `docs/checks/peak.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import stretches
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured, Stretch
from paike.media.rules.report import Confidence, Verdict

AROUND = 0.2  # seconds, so that a player has something to play
CODING = 0.5  # dB by which coding may lift a peak that was within the limit


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where the highest point between samples stays at the limit."""
    if measured.sound is None:
        return None
    sound = measured.sound
    high = sound.peak > float(limits.peak.most) + CODING
    return check.verdict(
        "peak.high" if high else "peak.ok",
        value=f"{sound.peak:.1f}",
        unit="dBTP",
        confidence=Confidence.CERTAIN,
        spans=(Stretch(max(0.0, sound.peak_at - AROUND), sound.peak_at + AROUND),) if high else (),
        sights=(),
        level=f"{sound.peak:.1f}",
        most=str(limits.peak.most),
        where=stretches.clock(sound.peak_at),
    )
