"""From score sheets to a work's jury score. A recused or missing sheet is absent, never zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from paike.jury.rules import ranks

Tenths = tuple[int, ...]  # one mark per criterion, in the order of the scheme, in tenths of a point
Sheets = Mapping[str, Mapping[str, Tenths]]  # work -> juror -> complete sheet


@dataclass(frozen=True)
class Scheme:
    """How sheets become a score: the rulebook's jury part, as far as arithmetic needs it."""

    total: Literal["mean", "trimmed-mean", "rank-points"]
    trim: tuple[tuple[int, int], ...] = ()  # (from this many sheets on, drop this many at each end)


@dataclass(frozen=True)
class Standing:
    """What the jury says about a work."""

    score: Fraction
    median: Fraction
    first_criterion: Fraction  # mean over the sheets
    sheets: int
    dropped: int  # at each end


def sheet_total(marks: Tenths) -> Fraction:
    """Points of one sheet. A criterion's weight is its number of points, so the marks just add."""
    return Fraction(sum(marks), 10)


def dropped(count: int, *, trim: Sequence[tuple[int, int]]) -> int:
    """How many totals are left out at each end when a work has `count` sheets."""
    fitting = [drop for least, drop in trim if count >= least]
    drop = max(fitting, default=0)
    return drop if count > 2 * drop else 0


def trimmed_mean(values: Sequence[Fraction], *, drop: int) -> Fraction:
    """The mean without the `drop` lowest and highest values."""
    kept = sorted(values)[drop : len(values) - drop]
    return sum(kept, Fraction(0)) / len(kept)


def median(values: Sequence[Fraction]) -> Fraction:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def standings(sheets: Sheets, *, scheme: Scheme) -> dict[str, Standing]:
    """The standing of every work that has at least one complete sheet."""
    points = _rank_points(sheets) if scheme.total == "rank-points" else None
    return {
        work: _standing(marks, scheme=scheme, points=points[work] if points else None)
        for work, marks in sheets.items()
        if marks
    }


def _standing(
    marks: Mapping[str, Tenths], *, scheme: Scheme, points: Mapping[str, Fraction] | None
) -> Standing:
    totals = [sheet_total(sheet) for sheet in marks.values()]
    counted = list(points.values()) if points else totals
    drop = dropped(len(counted), trim=scheme.trim) if scheme.total == "trimmed-mean" else 0
    return Standing(
        score=trimmed_mean(counted, drop=drop),
        median=median(totals),
        first_criterion=Fraction(sum(sheet[0] for sheet in marks.values()), 10 * len(marks)),
        sheets=len(marks),
        dropped=drop,
    )


def _rank_points(sheets: Sheets) -> dict[str, dict[str, Fraction]]:
    """Each juror's works as percentile-rank points of that juror's own ranking."""
    by_juror: dict[str, dict[str, Fraction]] = {}
    for work, marks in sheets.items():
        for juror, sheet in marks.items():
            by_juror.setdefault(juror, {})[work] = sheet_total(sheet)
    found: dict[str, dict[str, Fraction]] = {work: {} for work in sheets}
    for juror, totals in by_juror.items():
        for work, points in ranks.percentile_points(totals).items():
            found[work][juror] = points
    return found


def short_of_quorum(sheets: Sheets, *, quorum: int) -> dict[str, int]:
    """Works with fewer complete sheets than the quorum, and how many they have."""
    return {work: len(marks) for work, marks in sheets.items() if len(marks) < quorum}


def preferences(left: Mapping[str, Tenths], right: Mapping[str, Tenths]) -> int:
    """Head to head: jurors who gave `left` more than `right`, minus those who gave it less. Only
    jurors who marked both count."""
    both = left.keys() & right.keys()
    differences = [sum(left[juror]) - sum(right[juror]) for juror in both]
    return sum(1 for difference in differences if difference > 0) - sum(
        1 for difference in differences if difference < 0
    )
