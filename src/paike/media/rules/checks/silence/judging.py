"""Sound that is missing for a while: `docs/checks/silence.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import stretches
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured
from paike.media.rules.report import Verdict

SILENT = -60.0  # dB of full scale, in the louder of the two sides


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where no silent stretch outlasts the limit. Sound that ends early is not counted
    here."""
    if measured.sound is None or not measured.sound.levels:
        return None
    levels = measured.sound.levels
    silent = stretches.where(
        ((one.at, max(one.left, one.right) < SILENT) for one in levels), end=levels[-1].at + 0.1
    )
    long = stretches.longer(silent, than=float(limits.silence.longest))
    longest = max(map(stretches.length, silent), default=0.0)
    return check.verdict(
        "silence.long" if long else "silence.ok",
        value=f"{longest:.1f}",
        unit="s",
        spans=long,
        sights=(),
        seconds=f"{longest:.1f}",
        limit=str(limits.silence.longest),
        where=stretches.listed(long),
    )
