"""Pictures stored as two fields: `docs/checks/interlace.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured
from paike.media.rules.report import Confidence, Verdict

SHARE = 0.1


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where the pictures are stored as whole ones."""
    if not measured.timing.frames:
        return None
    share = measured.timing.interlaced
    return check.verdict(
        "interlace.fields" if share > SHARE else "interlace.ok",
        value=f"{share * 100:.0f}",
        unit="%",
        confidence=Confidence.CERTAIN,
        share=f"{share * 100:.0f}",
    )
