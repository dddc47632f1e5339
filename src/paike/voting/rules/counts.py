"""What the public sees of the counts while the vote runs, by the rulebook."""

from datetime import datetime, timedelta

from paike.campaigns.rules.rulebook import BallotRule

STEP = timedelta(minutes=10)
LAST_DAY = timedelta(days=1)


def as_of(rule: BallotRule, *, now: datetime) -> datetime | None:
    """Ballots cast before this moment are in the figures shown; None: no figures are shown.

    `frozen-last-day` goes on in steps of ten minutes and stands still for the last 24 hours;
    `hidden` shows nothing until the close; `never` shows nothing on the vote page at all.
    """
    if rule.counts == "never" or now < rule.opens:
        return None
    if now >= rule.closes:
        return rule.closes
    if rule.counts == "hidden":
        return None
    if rule.counts == "live":
        return now
    stepped = step_before(now, opens=rule.opens)
    if rule.counts == "frozen-last-day":
        return max(rule.opens, min(stepped, rule.closes - LAST_DAY))
    return stepped


def are_open(rule: BallotRule, *, now: datetime) -> bool:
    """Whether the figures of this very moment are anybody's, and so the organiser's too: after the
    close, or where the rulebook shows them live."""
    return now >= rule.closes or (rule.counts == "live" and now >= rule.opens)


def step_before(now: datetime, *, opens: datetime) -> datetime:
    """The last of the ten-minute steps from the opening on, at which figures are kept."""
    return opens + ((now - opens) // STEP) * STEP
