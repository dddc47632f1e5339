"""Speech without words in the picture: `docs/checks/subtitles.md`."""

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import speaking, stretches
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured, Stretch
from paike.media.rules.report import Confidence, Verdict

COVERED = 0.4  # share of a piece of speech during which words must stand
FEW = 0.3


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where enough of the speech, by time, has words in the picture, or nobody speaks."""
    if measured.speech is None or measured.words is None:
        return None
    speech = speaking.pieces(measured.speech)
    shown = stretches.joined([Stretch(o.start, o.end) for o in measured.words.subtitles], gap=0.3)
    bare = [o for o in speech if stretches.overlap(o, shown) < COVERED * stretches.length(o)]
    whole = stretches.total(speech)
    share = 1 - stretches.total(bare) / whole if whole else 1.0
    least = float(limits.subtitles.share)
    case = "ok" if speech else "none-needed"
    if share < least:
        case = "few" if share < FEW else "some"
    warns = case in ("some", "few")
    return check.verdict(
        f"subtitles.{case}",
        value=f"{share * 100:.0f}",
        unit="%",
        confidence=Confidence.LIKELY,
        spans=stretches.joined(bare, gap=0.1) if warns else (),
        share=f"{share * 100:.0f}",
        limit=f"{least * 100:.0f}",
        where=stretches.listed(stretches.joined(bare, gap=0.1)),
    )
