"""Picture too dark to see: `docs/checks/dark.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import stretches
from paike.media.rules.checks import check
from paike.media.rules.measured import Look, Measured
from paike.media.rules.report import Verdict

MEAN = 40.0  # luma, where video black is 16
BRIGHTEST = 80.0  # luma that the brightest 2 % of a dark picture do not reach
DIM = 60.0  # luma; where even the brightest stay below this, it is dark whatever the mean
BLACK = 0.98
LEAST = 2.0  # seconds: shorter dark stretches are cuts and blinks


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where the dark stretches together stay below the limit's share of the film."""
    if not measured.looks or not measured.seconds:
        return None
    dark = stretches.where(
        ((look.at, _is_dark(look)) for look in measured.looks), end=measured.seconds
    )
    long = stretches.longer(dark, than=LEAST)
    share = stretches.total(long) / measured.seconds
    warns = share > float(limits.dark.share)
    return check.verdict(
        "dark.much" if warns else "dark.ok",
        value=f"{share * 100:.0f}",
        unit="%",
        spans=long if warns else (),
        share=f"{share * 100:.0f}",
        limit=f"{float(limits.dark.share) * 100:.0f}",
        where=stretches.listed(long),
    )


def _is_dark(look: Look) -> bool:
    dark = look.bright < DIM or (look.luma < MEAN and look.bright < BRIGHTEST)
    return dark and look.black < BLACK
