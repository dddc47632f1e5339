"""A published result computed again, from its inputs alone, and what differs.

Written from docs/spec/result-bundle.md, not from Paike's code: two implementations that agree are
worth more than one that agrees with itself.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from paike_verify import forms
from paike_verify.counts import Votes
from paike_verify.differences import Difference, compare
from paike_verify.files import Unreadable
from paike_verify.findings import Report
from paike_verify.jury import Piles

Json = dict[str, Any]
FORMULAS = ("percentile-rank", "share-of-maximum", "votes-only", "jury-only")
TOTALS = ("mean", "trimmed-mean", "rank-points")
_WEIGHT = re.compile(r"[0-9]{1,9}(/[0-9]{1,9})?")
# What reading something else ends in: names that are not there, figures that are none.
_NOT_ONE = (
    forms.BadForm, ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
)  # fmt: skip


def check(
    content: bytes,
    report: Report,
    *,
    digests: dict[str, str],
    piles: Piles | None = None,
    votes: Votes | None = None,
) -> str:
    """The SHA-256 of a published computation; what does not follow from its inputs goes into the
    report, and so do inputs other than the `piles` that a log opened and the `votes` it counted.
    `digests`: where one was seen -> what it should be. Raises Unreadable."""
    digest = hashlib.sha256(content).hexdigest()
    for place, wanted in digests.items():
        if wanted != digest:
            report.fault(
                "digest",
                f"这份计算过程被改动过或已损坏：它的校验和不是 {place} 所述的 {wanted}。",
                f"This computation was changed or is damaged: its SHA-256 is not {wanted}, which "
                f"{place} states.",
            )
    if not digests:
        report.note(
            "没有给出公布的校验和（--sha256 或 --log），只核对了能重新算出的内容。",
            "No published SHA-256 was given (--sha256 or --log): only what can be computed again was "
            "checked.",
        )
    try:
        value = forms.load(content)
        _judge(value, content, report, piles, votes)
    except _NOT_ONE as fault:
        if report.clean:
            raise Unreadable(
                "这不是拍客公布的计算过程，或文件已损坏。",
                "This is no published computation of Paike, or the file is damaged.",
            ) from fault
        report.fault(
            "unreadable",
            "文件内容残缺，不能重新计算。",
            "What it holds is not whole: it can't be computed again.",
        )
    return digest


def _judge(
    value: Json, content: bytes, report: Report, piles: Piles | None, votes: Votes | None
) -> None:
    for each in differences(value):
        report.fault(
            "result", f"与重新计算的不同：{each.zh}。", f"Not what it should be: {each.en}."
        )
    for each in other_marks(value, piles) if piles is not None else ():
        report.fault(
            "sheets", f"评分与封存的不同：{each.zh}。", f"Other marks than sealed: {each.en}."
        )
    for each in other_votes(value, votes) if votes is not None else ():
        report.fault(
            "votes", f"票数与日志的计票不同：{each.zh}。", f"Other votes than counted: {each.en}."
        )
    if forms.canonical(value) != content:
        report.fault(
            "form",
            "文件的写法不是公布时的写法：有重复的项、多余的空白，或次序变了。",
            "It is not written as it is published: members are repeated or in another order, or there "
            "is white space.",
        )


def differences(value: Json) -> Iterator[Difference]:
    """What of the published steps, weights and organisations does not follow from the inputs."""
    if value["format"] != "paike-result/1":
        yield Difference("format", value["format"], "paike-result/1")
        return
    works = {work["id"]: work for work in value["inputs"]["works"]}
    if len(works) != len(value["inputs"]["works"]):
        yield Difference("inputs.works", len(value["inputs"]["works"]), len(works))
    scores = figures(works, value["rules"])
    steps = ranked(scores, works, value)
    yield from compare("steps", value["steps"], steps)
    yield from compare("realised_weight", value["realised_weight"], influence(scores))
    levels = {step["id"]: step["level"] for step in steps if step["level"]}
    yield from compare("organisations", value["organisations"], bodies(value, levels))


def other_marks(value: Json, piles: Piles) -> Iterator[Difference]:
    """Sheets of the computation that are not those the jurors had committed to."""
    for work in value["inputs"]["works"]:
        number = str(value["about"]["numbers"][work["id"]])
        sealed = {f"J{seat}": marks[number] for seat, marks in piles.items() if number in marks}
        for juror in sorted(sealed.keys() | work["sheets"].keys()):
            one, other = work["sheets"].get(juror), sealed.get(juror)
            if one != other:
                yield Difference(f"work {number}, {juror}", one, other)


def other_votes(value: Json, votes: Votes) -> Iterator[Difference]:
    """Votes of the computation that are not those the log counted; a work in the race must be there."""
    numbers = value["about"]["numbers"]
    published = {str(numbers[work["id"]]): work["votes"] for work in value["inputs"]["works"]}
    for number in sorted(published.keys() | votes.race, key=int):
        one, other = published.get(number), votes.counted.get(number)
        yield from compare(f"work {number}, votes", one, other)


def figures(works: dict[str, Json], rules: Json) -> dict[str, Json]:
    """Steps 1 to 3: jury, points, total."""
    jury, blend = rules["jury"], rules["blend"]
    if blend["formula"] not in FORMULAS or jury["total"] not in TOTALS:
        raise ValueError(f"{blend['formula']}, {jury['total']}")
    totals = {
        key: {juror: Fraction(sum(marks), 10) for juror, marks in work["sheets"].items()}
        for key, work in works.items()
    }
    counted = _ranks_of_each_juror(totals) if jury["total"] == "rank-points" else totals
    scores = {key: _score(works[key], totals[key], counted[key], jury) for key in works}
    votes, marked = {k: Fraction(w["votes"]) for k, w in works.items()}, {}
    for key, score in scores.items():
        if score["sheets"]:
            marked[key] = score["jury_score"]
    weights = {
        "votes-only": (Fraction(1), Fraction(0)),
        "jury-only": (Fraction(0), Fraction(1)),
    }.get(blend["formula"], (_weight(blend["votes"]), _weight(blend["jury"])))
    if blend["formula"] in ("percentile-rank", "votes-only"):
        vote_points = _percentiles(votes)
    else:
        most = max(votes.values(), default=Fraction(0))
        vote_points = {
            key: 100 * count / most if most else Fraction(0) for key, count in votes.items()
        }
    if blend["formula"] == "percentile-rank":
        jury_points = _percentiles(marked)
    else:
        full = 100 if jury["total"] == "rank-points" else jury["full_marks"]
        jury_points = {key: 100 * score / full for key, score in marked.items()}
    for key, score in scores.items():
        score["vote_points"], score["jury_points"] = (
            vote_points[key],
            jury_points.get(key, Fraction(0)),
        )
        score["parts"] = (weights[0] * score["vote_points"], weights[1] * score["jury_points"])
        score["total"] = sum(score["parts"])
    return scores


def _score(
    work: Json, totals: dict[str, Fraction], counted: dict[str, Fraction], jury: Json
) -> Json:
    if not totals:
        return {"votes": work["votes"], "sheets": 0, "dropped_each_end": 0}
    drop = 0
    if jury["total"] == "trimmed-mean":
        drop = max([out for least, out in jury["trim"] if len(totals) >= least], default=0)
    kept = sorted(counted.values())[drop : len(counted) - drop]
    middle = sorted(totals.values())
    half = len(middle) // 2
    return {
        "votes": work["votes"],
        "sheets": len(totals),
        "dropped_each_end": drop,
        "jury_score": sum(kept, Fraction(0)) / len(kept),
        "jury_median": middle[half] if len(middle) % 2 else (middle[half - 1] + middle[half]) / 2,
        "first_criterion": Fraction(
            sum(marks[0] for marks in work["sheets"].values()), 10 * len(totals)
        ),
    }


def _ranks_of_each_juror(totals: dict[str, dict[str, Fraction]]) -> dict[str, dict[str, Fraction]]:
    found: dict[str, dict[str, Fraction]] = {work: {} for work in totals}
    for juror in {juror for sheets in totals.values() for juror in sheets}:
        marked = {work: sheets[juror] for work, sheets in totals.items() if juror in sheets}
        for work, points in _percentiles(marked).items():
            found[work][juror] = points
    return found


def _percentiles(values: dict[str, Fraction]) -> dict[str, Fraction]:
    """100 (N - rank + 1/2) / N; equal values share the mean of their ranks."""
    n, found = len(values), {}
    for key, value in values.items():
        above = sum(1 for other in values.values() if other > value)
        equal = sum(1 for other in values.values() if other == value)
        found[key] = 100 * (n - (above + Fraction(equal + 1, 2)) + Fraction(1, 2)) / n
    return found


def ranked(scores: dict[str, Json], works: dict[str, Json], value: Json) -> list[Json]:
    """Steps 4 and 5: the order by the chain, and the levels."""
    groups: list[tuple[str, list[str]]] = [("", sorted(works))]
    for link in value["rules"]["ties"]:
        groups = [
            (link if place else by, part)
            for by, group in groups
            for place, part in enumerate(_split(link, group, scores, works, value))
        ]
    levels = [
        rung["key"]
        for rung in value["rules"]["ladder"]
        for _ in range(min(rung["count"], len(works)))
    ]
    steps: list[Json] = []
    for by, group in groups:
        rank = len(steps) + 1
        for place, key in enumerate(group):
            level = levels[len(steps)] if len(steps) < len(levels) else ""
            written = {
                "id": key, "rank": rank, "level": level, "set_apart_by": "" if place else by,
                "tied_with": [other for other in group if other != key],
            }  # fmt: skip
            steps.append(written | _written(scores[key]))
    return steps


def _split(
    link: str, group: list[str], scores: dict[str, Json], works: dict[str, Json], value: Json
) -> list[list[str]]:
    if link == "committee":
        for ballot in reversed(value["inputs"]["committee"]):
            if set(group) <= set(ballot):
                return [[key] for key in sorted(group, key=ballot.index)]
        return [group]
    measure: dict[str, Callable[[str], Any]] = {
        "total": lambda key: scores[key]["total"],
        "jury": lambda key: scores[key].get("jury_score", Fraction(-1)),
        "jury-median": lambda key: scores[key].get("jury_median", Fraction(-1)),
        "first-criterion": lambda key: scores[key].get("first_criterion", Fraction(-1)),
        "votes": lambda key: scores[key]["votes"],
        "head-to-head": lambda key: sum(_duel(works[key], works[other]) for other in group),
    }
    figure = {key: measure[link](key) for key in group}
    ordered = sorted(set(figure.values()), reverse=True)
    return [[key for key in group if figure[key] == one] for one in ordered]


def _duel(one: Json, other: Json) -> int:
    """1, 0 or -1: jurors who marked both and gave `one` more, against those who gave it less."""
    better = 0
    for juror in one["sheets"].keys() & other["sheets"].keys():
        mine, theirs = sum(one["sheets"][juror]), sum(other["sheets"][juror])
        better += (mine > theirs) - (mine < theirs)
    return (better > 0) - (better < 0)


def influence(scores: dict[str, Json]) -> Json:
    """Each side's share of the covariance with the totals."""
    totals = [score["total"] for score in scores.values()]
    mean = sum(totals, Fraction(0)) / len(totals) if totals else Fraction(0)
    shares = [
        sum(
            (score["parts"][side] * (score["total"] - mean) for score in scores.values()),
            Fraction(0),
        )
        for side in (0, 1)
    ]
    whole = sum(shares, Fraction(0))
    votes, jury = (share / whole if whole else Fraction(0) for share in shares)
    return {"votes": _exact(votes), "jury": _exact(jury)}


def bodies(value: Json, levels: dict[str, str]) -> list[Json]:
    """Step 6: the organisations."""
    keys = [rung["key"] for rung in value["rules"]["ladder"]]
    found = []
    for code, recommended in value["inputs"]["recommended"].items():
        won = [levels[work] for work in recommended if work in levels]
        points = len(recommended) + sum(len(keys) - keys.index(level) for level in won)
        merit = (-points, -len(won), -len(recommended))
        body = {
            "code": code, "recommended": len(recommended), "points": points,
            "awarded": {key: won.count(key) for key in keys if key in won},
        }  # fmt: skip
        if recommended:
            found.append((merit, code, body))
    found.sort(key=lambda one: one[:2])
    merits = [merit for merit, _, _ in found]
    count = value["rules"]["organisation_prizes"]
    last = merits[min(count, len(merits)) - 1] if count and merits else None
    return [
        body | {"prize": merits.index(merit) + 1 if last is not None and merit <= last else 0}
        for merit, _, body in found
    ]


def _written(score: Json) -> Json:
    names = ("jury_score", "jury_median", "first_criterion")
    exact = {name: _exact(score[name]) if name in score else "" for name in names}
    plain = {name: score[name] for name in ("votes", "sheets", "dropped_each_end")}
    points = {name: _exact(score[name]) for name in ("vote_points", "jury_points", "total")}
    return plain | exact | points


def _exact(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _weight(text: str) -> Fraction:
    """Raises ValueError."""
    if not _WEIGHT.fullmatch(text):
        raise ValueError(text)
    return Fraction(text)
