"""Votes and jury on one scale, then weighted. Every figure is an exact fraction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from paike.awards.rules.race import Rules, Work
from paike.jury.rules import ranks, scoring


@dataclass(frozen=True)
class Score:
    """A work's figures on the way to its total. `jury` is None where no juror has marked it."""

    id: str
    votes: int
    jury: scoring.Standing | None
    vote_points: Fraction
    jury_points: Fraction
    total: Fraction


def blend(works: Sequence[Work], *, rules: Rules) -> dict[str, Score]:
    """The scores of all works, by id. Works without a sheet get no jury points; whether they may
    stay without is for the caller to decide (`quorum`)."""
    standings = scoring.standings({work.id: work.sheets for work in works}, scheme=rules.scheme)
    vote_side = _vote_points({work.id: work.votes for work in works}, rules=rules)
    jury_side = _jury_points({key: each.score for key, each in standings.items()}, rules=rules)
    vote_weight, jury_weight = weights(rules)
    found = {}
    for work in works:
        vote_points = vote_side[work.id]
        jury_points = jury_side.get(work.id, Fraction(0))
        found[work.id] = Score(
            id=work.id,
            votes=work.votes,
            jury=standings.get(work.id),
            vote_points=vote_points,
            jury_points=jury_points,
            total=vote_weight * vote_points + jury_weight * jury_points,
        )
    return found


def weights(rules: Rules) -> tuple[Fraction, Fraction]:
    """The weights of votes and jury that the formula uses."""
    if rules.blend.formula == "votes-only":
        return Fraction(1), Fraction(0)
    if rules.blend.formula == "jury-only":
        return Fraction(0), Fraction(1)
    return rules.blend.votes, rules.blend.jury


def _vote_points(votes: Mapping[str, int], *, rules: Rules) -> dict[str, Fraction]:
    """Points for votes, 0 to 100: by rank, or as a share of the highest number."""
    if rules.blend.formula in ("percentile-rank", "votes-only"):
        return ranks.percentile_points(votes)
    highest = max(votes.values(), default=0)
    return {
        key: Fraction(100 * count, highest) if highest else Fraction(0)
        for key, count in votes.items()
    }


def _jury_points(scores: Mapping[str, Fraction], *, rules: Rules) -> dict[str, Fraction]:
    """Points of the jury, 0 to 100: by rank, or as a share of full marks (`rank-points` scores are
    out of 100 already)."""
    if rules.blend.formula == "percentile-rank":
        return ranks.percentile_points(scores)
    full = 100 if rules.scheme.total == "rank-points" else rules.full_marks
    return {key: 100 * score / full for key, score in scores.items()}


def realised_weight(scores: Mapping[str, Score], *, rules: Rules) -> tuple[Fraction, Fraction]:
    """How much of the spread of the totals votes and jury really make: the share of each side's
    covariance with the total. The two add up to 1 (0 and 0 when all totals are equal)."""
    vote_weight, jury_weight = weights(rules)
    totals = [score.total for score in scores.values()]
    by_votes = _covariance([vote_weight * score.vote_points for score in scores.values()], totals)
    by_jury = _covariance([jury_weight * score.jury_points for score in scores.values()], totals)
    spread = by_votes + by_jury
    return (by_votes / spread, by_jury / spread) if spread else (Fraction(0), Fraction(0))


def _covariance(left: Sequence[Fraction], right: Sequence[Fraction]) -> Fraction:
    """Times the number of values, which cancels where it is used."""
    if not left:
        return Fraction(0)
    left_mean = sum(left, Fraction(0)) / len(left)
    right_mean = sum(right, Fraction(0)) / len(right)
    products = ((a - left_mean) * (b - right_mean) for a, b in zip(left, right, strict=True))
    return sum(products, Fraction(0))
