"""Flashing that can harm people with photosensitive epilepsy: `docs/checks/flash.md`."""

from collections.abc import Sequence

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import stretches
from paike.media.rules.checks import check
from paike.media.rules.measured import Flash, Measured, Stretch
from paike.media.rules.report import Verdict

WINDOW = 1.0  # seconds


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where no second has more flashes than allowed. A flash is a turn of brightness and the
    opposite turn after it."""
    if not measured.looks:
        return None
    moments = pairs(measured.flashes)
    counts = [sum(at <= one < at + WINDOW for one in moments) for at in moments]
    most = max(counts, default=0)
    allowed = limits.flash.a_second
    risky = stretches.joined(
        [
            Stretch(at, at + WINDOW)
            for at, count in zip(moments, counts, strict=True)
            if count > allowed
        ],
        gap=0.5,
    )
    return check.verdict(
        "flash.risky" if risky else "flash.ok",
        value=str(most),
        unit="/s",
        spans=risky,
        count=most,
        limit=allowed,
        where=stretches.listed(risky),
    )


def pairs(turns: Sequence[Flash]) -> list[float]:
    """When each flash begins: every turn that is followed by its opposite within a second."""
    found: list[float] = []
    open_: Flash | None = None
    for turn in turns:
        if open_ is not None and turn.area * open_.area < 0 and turn.at - open_.at <= WINDOW:
            found.append(open_.at)
            open_ = None
        else:
            open_ = turn
    return found
