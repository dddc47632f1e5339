"""Opening titles compared with the form: `docs/checks/titles.md`."""

from dataclasses import replace

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules import text_likeness
from paike.media.rules.checks import check
from paike.media.rules.measured import Declared, Line, Measured
from paike.media.rules.report import Confidence, Report, Verdict

SHOWN = 40  # characters
WITHIN = 12  # seconds, where a report does not say


def judge(measured: Measured, limits: FilmChecks) -> Verdict | None:
    """Passes where the title and an author or the unit stand in the opening; where nothing is
    declared yet, where anything does."""
    if measured.words is None:
        return None
    within = float(limits.titles.within)
    return compare(measured.words.opening, measured.declared, within=within)


def compare(opening: tuple[Line, ...], declared: Declared, *, within: float) -> Verdict:
    """What the words of the opening say to what is declared."""
    lines = sorted(opening, key=lambda line: -line.height)  # the title is the largest
    found = " ".join(line.text for line in lines)
    if not opening:
        case = "none"
    else:
        case = (
            text_likeness.opening_says([one.text for one in lines], declared)
            if declared.title
            else "read"
        )
    moments = sorted({round(line.start, 2) for line in lines[:3]}) or [1.0]
    return check.verdict(
        f"titles.{case}",
        value=found,
        confidence=Confidence.LIKELY if case in ("ok", "read") else Confidence.UNSURE,
        sights=moments[:2],
        found=found if len(found) <= SHOWN else found[:SHOWN] + "…",
        title=declared.title,
        within=f"{within:g}",
    )


def compared(report: Report, declared: Declared) -> tuple[Verdict, ...]:
    """The verdicts of a report with its opening compared to what is declared now: the form may have
    changed since. The pictures stay those that were taken."""
    if "opening" not in report.readings:
        return report.verdicts
    opening = tuple(
        Line(one["start"] / 1000, one["end"] / 1000, one["text"], one["sure"] / 100)
        for one in report.readings["opening"]
    )
    verdicts = []
    for verdict in report.verdicts:
        if verdict.rule != "titles":
            verdicts.append(verdict)
            continue
        anew = compare(opening, declared, within=report.facts.get("opening_s", WITHIN))
        verdicts.append(replace(anew, sights=verdict.sights))
    return tuple(verdicts)
