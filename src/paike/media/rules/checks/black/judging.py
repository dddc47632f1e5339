"""Black picture that lasts: `docs/checks/black.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import stretches
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured
from paike.media.rules.report import Verdict

BLACK = 0.98  # share of the picture at video black


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where no black stretch outlasts the limit."""
    if not measured.looks:
        return None
    black = stretches.where(
        ((look.at, look.black >= BLACK) for look in measured.looks),
        end=measured.seconds,
        skipped=measured.skipped,
    )
    long = stretches.longer(black, than=float(limits.black.longest))
    longest = max(map(stretches.length, black), default=0.0)
    return check.verdict(
        "black.long" if long else "black.ok",
        value=f"{longest:.1f}",
        unit="s",
        spans=long,
        seconds=f"{longest:.1f}",
        limit=str(limits.black.longest),
        where=stretches.listed(long),
    )
