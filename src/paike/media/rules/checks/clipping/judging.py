"""Sound cut off at full scale: `docs/checks/clipping.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import stretches
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured, Stretch
from paike.media.rules.report import Verdict

AROUND = 0.3  # seconds
GAP = 1.0


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where few samples are part of a flat top."""
    if measured.sound is None:
        return None
    share = measured.sound.clipped
    much = share > float(limits.clipping.share)
    moments = [Stretch(max(0.0, at - AROUND), at + AROUND) for at in measured.sound.clips]
    where = stretches.longer(stretches.joined(moments, gap=GAP), than=0) if much else []
    return check.verdict(
        "clipping.much" if much else "clipping.ok",
        value=f"{share * 100:.2f}",
        unit="%",
        spans=where,
        sights=(),
        share=f"{share * 100:.2f}",
        limit=f"{float(limits.clipping.share) * 100:g}",
        where=stretches.listed(where),
    )
