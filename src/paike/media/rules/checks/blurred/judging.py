"""Picture without sharp edges: `docs/checks/blurred.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import stretches
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured
from paike.media.rules.report import Confidence, Verdict

SOFT = 0.56  # share of the variation that a low pass takes away, from the tuning films
LEAST = 2.0  # seconds: focus may hunt for a moment


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where the blurred stretches together stay below the limit's share of the film."""
    if not measured.looks or not measured.seconds:
        return None
    soft = stretches.where(
        ((look.at, look.detail < SOFT) for look in measured.looks), end=measured.seconds
    )
    long = stretches.longer(soft, than=LEAST)
    share = stretches.total(long) / measured.seconds
    warns = share > float(limits.blurred.share)
    return check.verdict(
        "blurred.much" if warns else "blurred.ok",
        value=f"{share * 100:.0f}",
        unit="%",
        confidence=Confidence.UNSURE,
        spans=long if warns else (),
        share=f"{share * 100:.0f}",
        limit=f"{float(limits.blurred.share) * 100:.0f}",
        where=stretches.listed(long),
    )
