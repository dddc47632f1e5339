"""The published JSON computed again from `docs/spec/result-bundle.md` alone: none of Paike's code."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from paike.awards.rules import computation
from paike.awards.rules.race import Work
from paike.kernel import canonical_json
from tests.awards.rules.races import races, rules

pytestmark = pytest.mark.rules

Sheets = dict[str, dict[str, list[int]]]  # work -> juror -> tenths
Ballots = list[list[str]]


def by_hand(value: dict[str, Any]) -> list[dict[str, str]]:
    """Steps 1 to 5 of the specification for `percentile-rank` and `trimmed-mean`."""
    book, given_ = value["rules"], value["inputs"]
    works = {work["id"]: work for work in given_["works"]}
    sheets = {key: work["sheets"] for key, work in works.items()}
    totals = {
        key: sorted(Fraction(sum(s), 10) for s in each.values()) for key, each in sheets.items()
    }
    jury = {key: trimmed(each, book["jury"]["trim"]) for key, each in totals.items() if each}
    votes = {key: Fraction(work["votes"]) for key, work in works.items()}
    vote_points, jury_points = points(votes), points(jury)
    weights = {side: Fraction(book["blend"][side]) for side in ("votes", "jury")}
    total = {
        key: weights["votes"] * vote_points[key]
        + weights["jury"] * jury_points.get(key, Fraction(0))
        for key in works
    }
    none = Fraction(-1)
    figures = {
        "total": total,
        "jury": {key: jury.get(key, none) for key in works},
        "jury-median": {key: median(each) if each else none for key, each in totals.items()},
        "first-criterion": {
            key: Fraction(sum(s[0] for s in each.values()), 10 * len(each)) if each else none
            for key, each in sheets.items()
        },
        "votes": votes,
    }
    groups = [sorted(works)]
    for tie in book["ties"]:
        groups = [
            part
            for group in groups
            for part in split(tie, group, figures, sheets, given_["committee"])
        ]
    levels = [rung["key"] for rung in book["ladder"] for _ in range(rung["count"])]
    order = [(key, group) for group in groups for key in group]
    return [
        {
            "id": key,
            "rank": str(1 + order.index((group[0], group))),
            "level": levels[place] if place < len(levels) else "",
            "total": f"{total[key].numerator}/{total[key].denominator}",
        }
        for place, (key, group) in enumerate(order)
    ]


def trimmed(ordered: list[Fraction], trim: list[list[int]]) -> Fraction:
    drop = max((drop for least, drop in trim if len(ordered) >= least), default=0)
    kept = ordered[drop : len(ordered) - drop]
    return sum(kept, Fraction(0)) / len(kept)


def median(ordered: list[Fraction]) -> Fraction:
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def points(values: dict[str, Fraction]) -> dict[str, Fraction]:
    """100 (N - rank + 1/2) / N; equal values share the mean of their ranks."""
    n, everything = len(values), list(values.values())
    above = {key: sum(other > value for other in everything) for key, value in values.items()}
    equal = {key: everything.count(value) for key, value in values.items()}
    rank = {key: above[key] + Fraction(equal[key] + 1, 2) for key in values}
    return {key: 100 * (n - rank[key] + Fraction(1, 2)) / n for key in values}


def split(
    tie: str,
    group: list[str],
    figures: dict[str, dict[str, Fraction]],
    sheets: Sheets,
    committee: Ballots,
) -> list[list[str]]:
    if tie == "committee":
        fitting = [order for order in committee if set(group) <= set(order)]
        return [[key] for key in fitting[-1] if key in group] if fitting else [group]
    figure = duels(group, sheets) if tie == "head-to-head" else figures[tie]
    found = sorted({figure[key] for key in group}, reverse=True)
    return [[key for key in group if figure[key] == value] for value in found]


def duels(group: list[str], sheets: Sheets) -> dict[str, Fraction]:
    def sign(number: int) -> int:
        return (number > 0) - (number < 0)

    def duel(one: str, other: str) -> int:
        both = sheets[one].keys() & sheets[other].keys()
        return sign(sum(sign(sum(sheets[one][j]) - sum(sheets[other][j])) for j in both))

    return {one: Fraction(sum(duel(one, other) for other in group)) for one in group}


@given(races())
def test_an_outsider_gets_the_same_result(works: list[Work]) -> None:
    inputs = computation.Inputs(works=tuple(works), recommended={}, committee=())
    value = computation.write(inputs, rules=rules(), about={})
    published = json.loads(canonical_json.dumps(value))
    assert by_hand(published) == [
        {key: str(step[key]) for key in ("id", "rank", "level", "total")}
        for step in published["steps"]
    ]
