"""Sound and picture of different length: `docs/checks/lengths.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured, Stretch
from paike.media.rules.report import Confidence, Verdict


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where sound and picture end together."""
    picture, sound = measured.timing.picture_end, measured.timing.sound_end
    if measured.sound is None or not picture or not sound:
        return None
    difference = abs(picture - sound)
    case = "lengths.ok"
    if difference > float(limits.lengths.difference):
        case = "lengths.sound-short" if sound < picture else "lengths.picture-short"
    told = case != "lengths.ok"
    return check.verdict(
        case,
        value=f"{sound - picture:.1f}",
        unit="s",
        confidence=Confidence.CERTAIN,
        spans=(Stretch(min(picture, sound), max(picture, sound)),) if told else (),
        sights=(),
        difference=f"{difference:.1f}",
        picture=f"{picture:.1f}",
        sound=f"{sound:.1f}",
        limit=str(limits.lengths.difference),
    )
