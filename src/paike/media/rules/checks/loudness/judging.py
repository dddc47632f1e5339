"""Loudness of the whole film: `docs/checks/loudness.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured
from paike.media.rules.report import Confidence, Verdict

MUTE = -70.0  # the absolute gate of BS.1770: below it nothing was loud enough to count


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes between the two limits."""
    if measured.sound is None:
        return None
    level = measured.sound.loudness
    case = "loudness.ok"
    if level < MUTE:
        case = "loudness.mute"
    elif level < float(limits.loudness.least):
        case = "loudness.quiet"
    elif level > float(limits.loudness.most):
        case = "loudness.loud"
    return check.verdict(
        case,
        value=f"{level:.1f}",
        unit="LUFS",
        confidence=Confidence.CERTAIN,
        level=f"{level:.1f}",
        least=str(limits.loudness.least),
        most=str(limits.loudness.most),
    )
