"""Black picture: at the start, in between, and to the very end."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.black.judging import judge
from paike.media.rules.measured import Measured
from paike.media.rules.report import Outcome, Span
from tests.media.rules.checks import looks

pytestmark = pytest.mark.rules
BLACK = {"black": 1.0}


@pytest.mark.parametrize(
    ("start", "end", "outcome"),
    [(0, 3, "warn"), (5, 8, "warn"), (17, 20, "warn"), (5, 7, "pass"), (5, 5, "pass")],
)
def test_black_counts_wherever_it_is(start: float, end: float, outcome: str) -> None:
    said = judge(looks.film(20, (start, end, BLACK)), FilmChecks())
    assert said is not None
    assert said.outcome is Outcome(outcome)
    expected = (Span(int(start * 1000), int(end * 1000)),) if outcome == "warn" else ()
    assert said.spans == expected
    assert [sight.at for sight in said.sights] == [(s.start + s.end) // 2 for s in expected]


def test_the_longest_stretch_is_told() -> None:
    said = judge(looks.film(30, (2, 5, BLACK), (10, 16, BLACK)), FilmChecks())
    assert said is not None
    assert (said.value, said.unit) == ("6.0", "s")
    assert said.spans[0] == Span(10_000, 16_000)
    assert "0:02–0:05, 0:10–0:16" in said.advice.zh


def test_no_picture_no_verdict() -> None:
    assert judge(Measured(seconds=3), FilmChecks()) is None
