"""The inspection report: a verdict per rule. Its JSON form is `docs/spec/inspection-report.md`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from paike.kernel.text import Text

SCHEMA = 2
READABLE = (1, 2)  # 1 had neither confidence, spans, sights nor readings


class Outcome(StrEnum):
    """How a rule was met; a report's outcome is the worst of its verdicts."""

    PASS = "pass"  # noqa: S105 - a verdict
    WARN = "warn"
    REFUSE = "refuse"


SEVERITY = {Outcome.PASS: 0, Outcome.WARN: 1, Outcome.REFUSE: 2}


class Confidence(StrEnum):
    """How far a verdict can be trusted: arithmetic is certain; a threshold is likely right where
    the test films show few errors, and unsure where they show many."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


class UnknownSchema(ValueError):
    """The JSON is of a report version that this program does not know."""


@dataclass(frozen=True)
class Span:
    """A stretch of the film in milliseconds, half-open."""

    start: int
    end: int


@dataclass(frozen=True)
class Sight:
    """A picture that shows what is meant: its moment in milliseconds, and the key of the stored
    picture; the key is empty where none was taken."""

    at: int
    picture: str = ""


@dataclass(frozen=True)
class Verdict:
    """What one rule says. `code` names the case (`duration.too-long`); `measured` and `limit` are
    for people, `value` and `unit` for programs (`92.4`, `s`). `spans`: where in the film."""

    rule: str
    code: str
    outcome: Outcome
    name: Text
    measured: Text
    limit: Text
    advice: Text  # empty when the rule is met
    value: str = ""
    unit: str = ""
    confidence: Confidence = Confidence.CERTAIN
    spans: tuple[Span, ...] = ()
    sights: tuple[Sight, ...] = ()

    def to_json(self) -> dict[str, Any]:
        written: dict[str, Any] = {
            "rule": self.rule,
            "code": self.code,
            "outcome": self.outcome.value,
            "name": _pair(self.name),
            "measured": _pair(self.measured),
            "limit": _pair(self.limit),
            "advice": _pair(self.advice),
            "value": self.value,
            "unit": self.unit,
        }
        if self.confidence is not Confidence.CERTAIN:
            written["confidence"] = self.confidence.value
        if self.spans:
            written["spans"] = [{"start": one.start, "end": one.end} for one in self.spans]
        if self.sights:
            written["sights"] = [{"at": one.at, "picture": one.picture} for one in self.sights]
        return written

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Verdict":
        return cls(
            rule=data["rule"],
            code=data["code"],
            outcome=Outcome(data["outcome"]),
            name=Text(**data["name"]),
            measured=Text(**data["measured"]),
            limit=Text(**data["limit"]),
            advice=Text(**data["advice"]),
            value=data["value"],
            unit=data["unit"],
            confidence=Confidence(data.get("confidence", "certain")),
            spans=tuple(Span(**one) for one in data.get("spans", ())),
            sights=tuple(Sight(**one) for one in data.get("sights", ())),
        )


@dataclass(frozen=True)
class Report:
    """All verdicts on one film, in the order in which people read them, and what was measured
    (`facts`: codec, coded size, duration in ms ...; whole numbers and strings only). `readings`:
    the words seen and heard, with their times, where somebody looked for them."""

    verdicts: tuple[Verdict, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    readings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        worst = max((SEVERITY[verdict.outcome] for verdict in self.verdicts), default=0)
        return next(outcome for outcome, rank in SEVERITY.items() if rank == worst)

    def of(self, outcome: Outcome) -> tuple[Verdict, ...]:
        """The verdicts with this outcome."""
        return tuple(verdict for verdict in self.verdicts if verdict.outcome is outcome)

    def to_json(self) -> dict[str, Any]:
        written: dict[str, Any] = {
            "schema": SCHEMA,
            "outcome": self.outcome.value,
            "verdicts": [verdict.to_json() for verdict in self.verdicts],
            "facts": dict(self.facts),
        }
        if self.readings:
            written["readings"] = dict(self.readings)
        return written

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Report":
        """Raises UnknownSchema."""
        if data.get("schema") not in READABLE:
            raise UnknownSchema(f"inspection report schema {data.get('schema')!r}")
        return cls(
            verdicts=tuple(Verdict.from_json(verdict) for verdict in data["verdicts"]),
            facts=data["facts"],
            readings=data.get("readings", {}),
        )


def _pair(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def together(gate: Report, found: Mapping[str, Any], pictures: Mapping[int, str]) -> Report:
    """The gate's report with what the full inspection found (`verdicts`, `facts`, `readings` as
    JSON). `pictures`: the stored picture of each moment in milliseconds."""
    verdicts = [Verdict.from_json(one) for one in found["verdicts"]]
    shown = [
        replace(one, sights=tuple(Sight(s.at, pictures.get(s.at, "")) for s in one.sights))
        for one in verdicts
    ]
    return Report((*gate.verdicts, *shown), {**gate.facts, **found["facts"]}, found["readings"])
