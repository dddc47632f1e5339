"""Picture that shakes: `docs/checks/shake.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import stretches
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured
from paike.media.rules.report import Confidence, Verdict

SHAKY = 3.0  # thousandths of the width, from the tuning films
GAP = 0.8  # seconds of rest within one shaky stretch


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where no shaky stretch outlasts the limit. None where no movement was measured."""
    known = [one for one in measured.motion if not one.cut]
    if not known:
        return None
    shaky = stretches.where(((one.at, one.jolt >= SHAKY) for one in known), end=known[-1].at)
    together = stretches.joined(shaky, gap=GAP)
    long = stretches.longer(together, than=float(limits.shake.longest))
    longest = max(map(stretches.length, together), default=0.0)
    return check.verdict(
        "shake.long" if long else "shake.ok",
        value=f"{longest:.1f}",
        unit="s",
        confidence=Confidence.UNSURE,
        spans=long,
        seconds=f"{longest:.1f}",
        limit=str(limits.shake.longest),
        where=stretches.listed(long),
    )
