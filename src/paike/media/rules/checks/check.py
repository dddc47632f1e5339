"""What every check is: a folder with `judging.py` (measured values in, a verdict out), `words.json`
(its name and its cases, in both languages), a page in `docs/checks`, a switch in the rulebook
(`film.checks.<name>`), and one line in `register.py`.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from paike.campaigns.rules.rulebook import FilmChecks
from paike.kernel.text import Text
from paike.media.rules import texts
from paike.media.rules.measured import Measured, Stretch
from paike.media.rules.report import Confidence, Outcome, Sight, Span, Verdict

HERE = Path(__file__).parent
MOST_SPANS = 20
MOST_SIGHTS = 3

Judge = Callable[[Measured, FilmChecks], Verdict | None]


@dataclass(frozen=True)
class Check:
    """One check. `judge` gives None where the film has nothing to judge (a silent film's sound)."""

    name: str
    judge: Judge


@cache
def words(name: str) -> dict[str, Any]:
    """The name and the cases of a check."""
    content: dict[str, Any] = json.loads((HERE / name / "words.json").read_text(encoding="utf-8"))
    return content


def verdict(
    code: str,
    *,
    value: str = "",
    unit: str = "",
    confidence: Confidence = Confidence.LIKELY,
    spans: Sequence[Stretch] = (),
    sights: Sequence[float] | None = None,
    **places: str | int,
) -> Verdict:
    """The verdict `<check>.<case>`. A picture is asked for at each of the `sights`; by default in
    the middle of the first spans. Raises KeyError for an unknown case."""
    name, case = code.split(".", maxsplit=1)
    book = words(name)
    said = texts.spoken(code, book["cases"][case], Text(**book["name"]), places)
    moments = [(one.start + one.end) / 2 for one in spans] if sights is None else list(sights)
    if said.outcome is Outcome.PASS and sights is None:
        moments = []
    return replace(
        said,
        value=value,
        unit=unit,
        confidence=confidence,
        spans=tuple(Span(_ms(one.start), _ms(one.end)) for one in spans[:MOST_SPANS]),
        sights=tuple(Sight(_ms(moment)) for moment in moments[:MOST_SIGHTS]),
    )


def _ms(seconds: float) -> int:
    return max(0, round(seconds * 1000))
