"""Black borders that are part of the picture: `docs/checks/letterbox.md`."""

from statistics import median_low

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks import check
from paike.media.rules.measured import Measured
from paike.media.rules.report import Verdict

BLACK = 0.9  # darker pictures say nothing about borders
LEAST = 4  # looks
BOTH = 0.02  # share: a border on one side only is something in the picture


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where borders on both sides, in most of the pictures, stay below the limit."""
    bars = [look.bars for look in measured.looks if look.black < BLACK]
    if len(bars) < LEAST:
        return None
    above, below, left, right = (median_low(sorted(side)) for side in zip(*bars, strict=True))
    down = above + below if min(above, below) > BOTH else 0.0
    across = left + right if min(left, right) > BOTH else 0.0
    share = max(down, across)
    middle = next(look.at for look in measured.looks[len(measured.looks) // 2 :])
    if share <= float(limits.letterbox.share):
        case = "letterbox.ok"
    else:
        case = "letterbox.above" if down >= across else "letterbox.beside"
    return check.verdict(
        case,
        value=f"{share * 100:.0f}",
        unit="%",
        sights=() if case == "letterbox.ok" else (middle,),
        share=f"{share * 100:.0f}",
        limit=f"{float(limits.letterbox.share) * 100:.0f}",
    )
