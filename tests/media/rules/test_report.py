"""The report's JSON: what is written can be read, and so can what was written before."""

import pytest

from paike.kernel.text import Text
from paike.media.rules import report as reports
from paike.media.rules.report import (
    Confidence,
    Outcome,
    Report,
    Sight,
    Span,
    UnknownSchema,
    Verdict,
)

pytestmark = pytest.mark.rules
ONE = Text(zh="一", en="one")
BLACK = Verdict(
    "black", "black.long", Outcome.WARN, ONE, ONE, ONE, ONE, "3.0", "s", Confidence.LIKELY,
    (Span(0, 3000),), (Sight(1500),),
)  # fmt: skip
PLAIN = Verdict("size", "size.ok", Outcome.PASS, ONE, ONE, ONE, ONE)


def test_it_comes_back_as_it_was() -> None:
    report = Report((PLAIN, BLACK), {"width": 720}, {"speech": [{"start": 1, "end": 2}]})
    assert Report.from_json(report.to_json()) == report


def test_what_is_certain_and_nowhere_is_not_written() -> None:
    assert {"confidence", "spans", "sights"} & set(PLAIN.to_json()) == set()


def test_version_1_is_still_read_and_version_3_is_not() -> None:
    old = Report((PLAIN,)).to_json() | {"schema": 1}
    assert Report.from_json(old).verdicts == (PLAIN,)
    with pytest.raises(UnknownSchema):
        Report.from_json(old | {"schema": 3})


def test_the_gate_and_the_full_inspection_together() -> None:
    found = {"verdicts": [BLACK.to_json()], "facts": {"frames": 9}, "readings": {}}
    report = reports.together(Report((PLAIN,), {"width": 720}), found, {1500: "evidence/x.jpg"})
    assert [one.rule for one in report.verdicts] == ["size", "black"]
    assert report.facts == {"width": 720, "frames": 9}
    assert report.verdicts[1].sights == (Sight(1500, "evidence/x.jpg"),)
    assert report.outcome is Outcome.WARN
