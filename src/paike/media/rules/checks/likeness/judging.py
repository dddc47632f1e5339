"""Likeness to an earlier film: `docs/checks/likeness.md`. The comparison runs when all films that came
before are signed, after the full inspection; so the verdict is made when the report is read."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured, Resembling, Stretch
from paike.media.rules.report import Confidence, Verdict
from paike.media.rules.resemblance.kinds import Resemblance

SURE = 0.8  # of the pictures of the shared stretches must match


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where the film was compared and no earlier one shares enough to speak of."""
    return compare(measured.resembling)


def resembling(found: Resemblance) -> Resembling:
    """What the check needs to know of a comparison."""
    length = found.seconds or 1.0
    return Resembling(
        kind=found.kind.value,
        stretches=tuple(Stretch(one.start, one.end) for one in found.stretches),
        share=found.share,
        matching=sum(one.share * one.seconds for one in found.stretches) / length,
    )


def compare(found: tuple[Resembling, ...] | None) -> Verdict | None:
    """The verdict on what was found; None where the film has not been compared yet. It tells of the
    film with which most is shared, of one that nobody has judged before one that was let stay."""
    if found is None:
        return None
    if not found:
        return check.verdict("likeness.ok", value="0", unit="s", sights=())
    worst = max(found, key=lambda one: (not one.judged, one.kind != "sound", one.seconds))
    sure = worst.kind != "sound" and worst.matching >= SURE
    return check.verdict(
        f"likeness.{'judged' if worst.judged else worst.kind}",
        value=f"{worst.seconds:.0f}",
        unit="s",
        confidence=Confidence.LIKELY if sure else Confidence.UNSURE,
        spans=sorted(worst.stretches, key=lambda one: one.start - one.end),
        sights=(),
        seconds=f"{worst.seconds:.0f}",
        percent=f"{100 * worst.share:.0f}",
    )
