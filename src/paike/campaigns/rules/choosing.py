"""The part of a rulebook about how works are chosen: ballots, jury, and what each counts."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, Strict

from paike.campaigns.rules.parts import Count, Instant, Key, Number, Part, Share, Words


class RankPoints(Part):
    """Points for the works from one rank to another, both included."""

    first: Count
    last: Count
    points: Number


class VoteEffect(Part):
    """What the votes do to the result."""

    kind: Literal[
        "share", "filter", "straight-through", "popularity-prize", "rank-points", "none"
    ] = "share"
    top: Count | None = None  # filter, straight-through: so many by votes
    rank_points: tuple[RankPoints, ...] = ()


class OutsideFigure(Part):
    """A figure from another platform, captured at a stated time, that counts here."""

    key: Key
    name: Words
    channel: Key
    figure: Literal["likes", "views", "shares", "comments"]
    captured_at: Instant
    stands_for: Literal["votes", "prize"]


class Sanction(Part):
    """What happens when votes are stuffed: at the first time, the second, ..."""

    offence: Count
    act: Literal["void-ballots", "pause-work", "zero-votes", "disqualify"]
    minutes: Count | None = None  # pause-work: how long


class Detection(Part):
    """When a ballot looks stuffed. docs/detection/ explains every figure and where it comes from."""

    families: Annotated[int, Strict(), Field(ge=2, le=4)] = 2  # of signals, for quarantine
    burst_tail: Annotated[Share, Field(gt=0)] = Decimal("0.000001")
    burst_ratio: Annotated[Number, Field(gt=1)] = Decimal(3)
    set_ratio: Annotated[Number, Field(gt=1)] = Decimal(10)
    lockstep_minutes: Count = 10
    lockstep_days: Count = 3
    lockstep_overlap: Share = Decimal("0.5")
    lockstep_accounts: Count = 12
    fresh_seconds: Count = 60
    excess_share: Share = Decimal("0.6")  # of a surge that must be hasty, or choose oddly
    referral_ratio: Annotated[Number, Field(gt=1)] = Decimal(5)
    network_ratio: Annotated[Number, Field(gt=1)] = Decimal(5)
    regular_spread: Share = Decimal("0.3")
    regular_ballots: Count = 50
    gap_votes: Count = 10
    gap_jury: Count = 70
    answer_hours: Count = 48  # for the entrant to explain


class BallotRule(Part):
    """Who may vote for how many works, how often, and what is shown meanwhile."""

    identity: Literal["account", "phone", "email", "wechat", "app", "ip", "device"]
    period: Literal["once", "day", "minutes"]
    period_minutes: Count | None = None
    ballots_per_period: Count = 1
    works_min: Count  # votes on one ballot, repeats counted
    works_max: Count
    per_work_max: Count = 1  # votes of one voter for one work in one period
    opens: Instant
    closes: Instant
    counts: Literal["live", "every-10-minutes", "frozen-last-day", "hidden", "never"]
    effect: VoteEffect = VoteEffect()
    outside: tuple[OutsideFigure, ...] = ()
    sanctions: tuple[Sanction, ...] = (Sanction(offence=1, act="void-ballots"),)
    detection: Detection = Detection()


class Criterion(Part):
    """A line of the score sheet; `points` is its highest mark."""

    key: Key
    name: Words
    hint: Words
    points: Count


class ExpertPrize(Part):
    """A prize for which experts mark the same works once more."""

    key: Key
    name: Words
    count: Count
    criteria: tuple[Key, ...] = ()


class JuryRule(Part):
    """How the experts mark, and how their marks become one figure per work."""

    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    step: Annotated[Number, Field(gt=0)]
    total: Literal["mean", "trimmed-mean", "rank-points"]
    trim: tuple[tuple[int, int], ...]  # (from this many sheets on, drop this many at each end)
    quorum: Count  # sheets a work needs
    assignment: Literal["all-mark-all", "k-per-work"] = "all-mark-all"
    sheets_per_work: Count | None = None  # k-per-work
    rank_points: tuple[RankPoints, ...] = ()
    prizes: tuple[ExpertPrize, ...] = ()


class Blend(Part):
    """How votes and jury become one score."""

    formula: Literal["percentile-rank", "share-of-maximum", "votes-only", "jury-only"]
    votes: Share
    jury: Share
