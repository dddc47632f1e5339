"""The inspection report: a verdict per rule. Its JSON form is `docs/spec/inspection-report.md`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from paike.kernel.text import Text

SCHEMA = 1


class Outcome(StrEnum):
    """How a rule was met; a report's outcome is the worst of its verdicts."""

    PASS = "pass"  # noqa: S105 - a verdict
    WARN = "warn"
    REFUSE = "refuse"


SEVERITY = {Outcome.PASS: 0, Outcome.WARN: 1, Outcome.REFUSE: 2}


class UnknownSchema(ValueError):
    """The JSON is of a report version that this program does not know."""


@dataclass(frozen=True)
class Verdict:
    """What one rule says. `code` names the case (`duration.too-long`); `measured` and `limit` are
    for people, `value` and `unit` for programs (`92.4`, `s`)."""

    rule: str
    code: str
    outcome: Outcome
    name: Text
    measured: Text
    limit: Text
    advice: Text  # empty when the rule is met
    value: str = ""
    unit: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
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
        )


@dataclass(frozen=True)
class Report:
    """All verdicts on one film, in the order in which people read them, and what was measured
    (`facts`: codec, coded size, duration in ms ...; whole numbers and strings only)."""

    verdicts: tuple[Verdict, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        worst = max((SEVERITY[verdict.outcome] for verdict in self.verdicts), default=0)
        return next(outcome for outcome, rank in SEVERITY.items() if rank == worst)

    def of(self, outcome: Outcome) -> tuple[Verdict, ...]:
        """The verdicts with this outcome."""
        return tuple(verdict for verdict in self.verdicts if verdict.outcome is outcome)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "outcome": self.outcome.value,
            "verdicts": [verdict.to_json() for verdict in self.verdicts],
            "facts": dict(self.facts),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Report":
        """Raises UnknownSchema."""
        if data.get("schema") != SCHEMA:
            raise UnknownSchema(f"inspection report schema {data.get('schema')!r}")
        return cls(
            verdicts=tuple(Verdict.from_json(verdict) for verdict in data["verdicts"]),
            facts=data["facts"],
        )


def _pair(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
