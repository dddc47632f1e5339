"""What may be done when. Stages are half-open; the ballot's own opening hours decide voting."""

from datetime import datetime, timedelta

from paike.campaigns.rules.collecting import Deed, Stage
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel.period import Period


def period_of(stage: Stage) -> Period:
    """The stage's half-open window."""
    return Period(stage.start, stage.end)


def at(rulebook: Rulebook, now: datetime) -> Stage | None:
    """The stage the call is in; the later one where an extension lets two overlap."""
    running = [stage for stage in rulebook.stages if now in period_of(stage)]
    return running[-1] if running else None


def following(rulebook: Rulebook, now: datetime) -> Stage | None:
    """The next stage that has not begun."""
    return next((stage for stage in rulebook.stages if now < stage.start), None)


def allows(rulebook: Rulebook, deed: Deed, now: datetime) -> bool:
    """Whether `deed` may be done at `now`."""
    if deed == "vote" and not rulebook.ballot.opens <= now < rulebook.ballot.closes:
        return False
    return any(deed in stage.deeds and now in period_of(stage) for stage in rulebook.stages)


def window(rulebook: Rulebook, deed: Deed) -> Period | None:
    """From the first to the last moment of the stages that allow `deed`; None if none does."""
    if deed == "vote":
        allowed = any("vote" in stage.deeds for stage in rulebook.stages)
        return Period(rulebook.ballot.opens, rulebook.ballot.closes) if allowed else None
    with_it = [stage for stage in rulebook.stages if deed in stage.deeds]
    if not with_it:
        return None
    return Period(min(stage.start for stage in with_it), max(stage.end for stage in with_it))


def last_day(period: Period) -> datetime:
    """The last moment people count to a half-open window: 6月30日 for one that ends 7月1日 00:00."""
    return period.end - timedelta(microseconds=1)
