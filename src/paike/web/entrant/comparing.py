"""A converted film beside the original: what changed, line by line."""

from dataclasses import dataclass
from typing import Any

from paike.campaigns.rules.rulebook import FilmRules
from paike.kernel.text import Text
from paike.media.models import Conversion, Inspection
from paike.media.queries import conversions, examinations, inspections
from paike.media.rules import conforming
from paike.media.rules.report import Outcome, Report
from paike.web.shared import media_links
from paike.web.shared.cards import Player, Source

BEFORE = Text("原片", "Original")
AFTER = Text("转换后", "Converted")


@dataclass(frozen=True)
class Line:
    """One rule: what was measured before and after. `mended`: it was wrong and is right now."""

    name: Text
    before: Text
    after: Text
    mended: bool


def is_offered(inspection: Inspection | None) -> bool:
    """Whether a conversion would mend what the report says."""
    report = _before(inspection) if inspection is not None else None
    if inspection is None or report is None:
        return False
    return bool(conforming.mended(report, FilmRules.model_validate(inspection.limits)))


def page(conversion: Conversion, *, title: str) -> dict[str, Any]:
    """The context of the comparison."""
    before, after = _before(conversion.inspection), conversions.report_of(conversion)
    facts = conversion.facts
    return {
        "conversion": conversion,
        "lines": _lines(before, after) if before and after else [],
        "before": _player(conversion.before_key, title),
        "after": _player(conversion.key, title),
        "letterboxed": facts.get("letterboxed", False),
        "hdr": facts.get("hdr", False),
        "rates": _rates(facts),
    }


def _before(inspection: Inspection) -> Report | None:
    seen = examinations.report_of(examinations.of(inspection.pk))
    return seen or inspections.report_of(inspection)


def _lines(before: Report, after: Report) -> list[Line]:
    """Every rule whose figure changed, those that were mended first; and the length, which did not."""
    made = {verdict.rule: verdict for verdict in after.verdicts}
    found = [
        Line(
            name=was.name,
            before=was.measured,
            after=made[was.rule].measured,
            mended=was.outcome is not Outcome.PASS and made[was.rule].outcome is Outcome.PASS,
        )
        for was in before.verdicts
        if was.rule in made
        and (was.measured != made[was.rule].measured or was.rule == "duration")
        and was.rule != "faststart"
    ]
    return sorted(found, key=lambda line: not line.mended)


def _rates(facts: dict[str, Any]) -> Text | None:
    """How many pictures a second before and after, where that changed."""
    if "rate" not in facts:
        return None
    above, below = str(facts["rate"]).split("/")
    after, before = round(int(above) / int(below), 2), round(float(facts["rate_before"]), 2)
    if abs(after - before) < 0.05:
        return None
    return Text(
        f"每秒 {before:g} 帧，变为每秒 {after:g} 帧",
        f"from {before:g} to {after:g} pictures a second",
    )


def _player(key: str, title: str) -> Player:
    address = media_links.converted(key)
    sources = [Source(url=address, height=0, size=0)] if address else []
    return Player(title=title, sources=sources, poster="")
