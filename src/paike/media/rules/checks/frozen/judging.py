"""Picture that stands still: `docs/checks/frozen.md`."""

from itertools import pairwise

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import stretches
from paike.media.rules.checks import check
from paike.media.rules.measured import Look, Measured, Stretch
from paike.media.rules.report import Verdict

STILL = 0.6  # grey levels in the block that changed most, from the tuning films
BLACK = 0.98  # black picture is the business of its own check


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where no still stretch outlasts the limit."""
    if not measured.looks:
        return None
    still = stretches.where(_moments(measured), end=measured.seconds, skipped=measured.skipped)
    lit = [one for one in still if not _is_black(one, measured.looks)]
    long = stretches.longer(lit, than=float(limits.frozen.longest))
    longest = max(map(stretches.length, lit), default=0.0)
    return check.verdict(
        "frozen.long" if long else "frozen.ok",
        value=f"{longest:.1f}",
        unit="s",
        spans=long,
        seconds=f"{longest:.1f}",
        limit=str(limits.frozen.longest),
        where=stretches.listed(long),
    )


def _moments(measured: Measured) -> list[tuple[float, bool]]:
    """Whether the picture stands from each look to the next."""
    looks = measured.looks
    moments = [(one.at, after.change < STILL) for one, after in pairwise(looks)]
    return [*moments, (looks[-1].at, bool(moments) and moments[-1][1])]


def _is_black(stretch: Stretch, looks: tuple[Look, ...]) -> bool:
    inside = [look for look in looks if stretch.start <= look.at < stretch.end]
    return sum(look.black >= BLACK for look in inside) > len(inside) / 2
