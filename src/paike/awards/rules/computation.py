"""The published computation: inputs, rules and every step as one canonical JSON value.

`write` makes it, `recompute` does it again from its inputs alone. The format is described in
`docs/spec/result-bundle.md`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any, cast

from paike.awards.rules import blending, ladder, organisation_prizes, ranking
from paike.awards.rules.race import Blend, Rules, Rung, Work
from paike.jury.rules import scoring

FORMAT = "paike-result/1"


@dataclass(frozen=True)
class Inputs:
    """All that goes into a result. `recommended`: code of a body -> its works; `committee`: the
    recorded ballots, in the order they were recorded."""

    works: tuple[Work, ...]
    recommended: Mapping[str, tuple[str, ...]]
    committee: tuple[tuple[str, ...], ...] = ()
    organisation_prizes: int = 0


@dataclass(frozen=True)
class Outcome:
    """Who gets what."""

    places: tuple[ranking.Place, ...]
    scores: Mapping[str, blending.Score]
    levels: Mapping[str, str]
    tallies: tuple[organisation_prizes.Tally, ...]
    prizes: tuple[organisation_prizes.Prize, ...]


def compute(inputs: Inputs, *, rules: Rules) -> Outcome:
    """The result of `inputs` under `rules`."""
    scores = blending.blend(inputs.works, rules=rules)
    places = ranking.rank(inputs.works, scores=scores, ties=rules.ties, committee=inputs.committee)
    levels = ladder.allot([place.id for place in places], rungs=rules.ladder)
    tallies = organisation_prizes.tally(inputs.recommended, levels=levels, rungs=rules.ladder)
    prizes = organisation_prizes.allot(tallies, count=inputs.organisation_prizes)
    return Outcome(tuple(places), scores, levels, tuple(tallies), tuple(prizes))


def write(inputs: Inputs, *, rules: Rules, about: Mapping[str, Any]) -> dict[str, Any]:
    """The computation as canonical JSON holds it: exact fractions as “a/b”, no floats."""
    outcome = compute(inputs, rules=rules)
    by_votes, by_jury = blending.realised_weight(outcome.scores, rules=rules)
    return {
        "format": FORMAT,
        "about": dict(about),
        "rules": _write_rules(rules, prizes=inputs.organisation_prizes),
        "inputs": {
            "works": [
                {
                    "id": work.id,
                    "votes": work.votes,
                    "sheets": {juror: list(marks) for juror, marks in work.sheets.items()},
                }
                for work in sorted(inputs.works, key=lambda work: work.id)
            ],
            "recommended": {code: list(works) for code, works in inputs.recommended.items()},
            "committee": [list(order) for order in inputs.committee],
        },
        "steps": [_write_step(place, outcome) for place in outcome.places],
        "realised_weight": {"votes": _exact(by_votes), "jury": _exact(by_jury)},
        "organisations": _write_organisations(outcome),
    }


def recompute(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps (rank, level and every figure of each work), made anew from inputs and rules."""
    inputs, rules = read(value)
    outcome = compute(inputs, rules=rules)
    return [_write_step(place, outcome) for place in outcome.places]


def recompute_organisations(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The bodies' points and prizes, made anew from inputs and rules."""
    inputs, rules = read(value)
    return _write_organisations(compute(inputs, rules=rules))


def read(value: Mapping[str, Any]) -> tuple[Inputs, Rules]:
    """Inputs and rules of a published computation. Raises ValueError for another format."""
    if value.get("format") != FORMAT:
        raise ValueError(f"This is not a {FORMAT} computation.")
    given = value["inputs"]
    works = tuple(
        Work(
            work["id"],
            work["votes"],
            {juror: tuple(marks) for juror, marks in work["sheets"].items()},
        )
        for work in given["works"]
    )
    inputs = Inputs(
        works=works,
        recommended={code: tuple(ids) for code, ids in given["recommended"].items()},
        committee=tuple(tuple(order) for order in given["committee"]),
        organisation_prizes=value["rules"]["organisation_prizes"],
    )
    return inputs, _read_rules(value["rules"])


def _write_rules(rules: Rules, *, prizes: int) -> dict[str, Any]:
    return {
        "blend": {
            "formula": rules.blend.formula,
            "votes": _exact(rules.blend.votes),
            "jury": _exact(rules.blend.jury),
        },
        "jury": {
            "total": rules.scheme.total,
            "trim": [list(pair) for pair in rules.scheme.trim],
            "full_marks": rules.full_marks,
            "quorum": rules.quorum,
        },
        "ties": list(rules.ties),
        "ladder": [{"key": rung.key, "count": rung.count} for rung in rules.ladder],
        "organisation_prizes": prizes,
    }


def _read_rules(value: Mapping[str, Any]) -> Rules:
    blend, jury = value["blend"], value["jury"]
    return Rules(
        blend=Blend(blend["formula"], Fraction(blend["votes"]), Fraction(blend["jury"])),
        scheme=scoring.Scheme(
            jury["total"], tuple(cast("tuple[int, int]", tuple(pair)) for pair in jury["trim"])
        ),
        full_marks=jury["full_marks"],
        quorum=jury["quorum"],
        ties=tuple(value["ties"]),
        ladder=tuple(Rung(rung["key"], rung["count"]) for rung in value["ladder"]),
    )


def _write_step(place: ranking.Place, outcome: Outcome) -> dict[str, Any]:
    score = outcome.scores[place.id]
    jury = score.jury
    return {
        "id": place.id,
        "rank": place.rank,
        "level": outcome.levels.get(place.id, ""),
        "set_apart_by": place.by or "",
        "tied_with": list(place.tied_with),
        "votes": score.votes,
        "vote_points": _exact(score.vote_points),
        "sheets": jury.sheets if jury else 0,
        "dropped_each_end": jury.dropped if jury else 0,
        "jury_score": _exact(jury.score) if jury else "",
        "jury_median": _exact(jury.median) if jury else "",
        "first_criterion": _exact(jury.first_criterion) if jury else "",
        "jury_points": _exact(score.jury_points),
        "total": _exact(score.total),
    }


def _write_organisations(outcome: Outcome) -> list[dict[str, Any]]:
    ranks = {prize.code: prize.rank for prize in outcome.prizes}
    return [
        {
            "code": tally.code,
            "recommended": tally.recommended,
            "awarded": dict(tally.awarded),
            "points": tally.points,
            "prize": ranks.get(tally.code, 0),
        }
        for tally in outcome.tallies
    ]


def _exact(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def order(steps: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """The works of a published computation by rank, best first, an unbroken tie together: the
    order in which places are refilled."""
    by_rank = groupby(steps, key=lambda step: int(step["rank"]))
    return [[step["id"] for step in tied] for _, tied in by_rank]
