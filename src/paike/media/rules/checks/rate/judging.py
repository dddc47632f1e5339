"""Pictures at uneven intervals: `docs/checks/rate.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured
from paike.media.rules.report import Confidence, Verdict

ODD = 0.02  # share of steps: a cut or a dropped picture now and then is no variable rate
SLOWEST = 12.0  # pictures a second: below, movement is a row of stills


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes at an even rate that shows movement."""
    timing = measured.timing
    if timing.frames < 3 or timing.step <= 0:
        return None
    rate, share = 1 / timing.step, timing.odd * 100
    case = "rate.slow" if rate < SLOWEST else "rate.ok"
    if timing.odd > ODD:
        case = "rate.uneven"
    return check.verdict(
        case,
        value=f"{rate:.2f}",
        unit="/s",
        confidence=Confidence.CERTAIN,
        rate=f"{rate:.2f}".rstrip("0").rstrip("."),
        share=f"{share:.0f}",
    )
