"""A picture that stands still: anywhere, to the end, but not black."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.frozen.judging import judge
from paike.media.rules.measured import Measured
from paike.media.rules.report import Span
from tests.media.rules.checks import looks

pytestmark = pytest.mark.rules

STILL = {"change": 0.1}


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [(0, 6, "long"), (5, 11, "long"), (14, 20, "long"), (5, 8, "ok"), (5, 5, "ok")],
)
def test_it_counts_wherever_it_is(start: float, end: float, code: str) -> None:
    said = judge(looks.film(20, (start, end, STILL)), FilmChecks())
    assert said is not None
    assert said.code == f"frozen.{code}"


def test_what_stands_to_the_end_has_an_end() -> None:
    said = judge(looks.film(20, (12, 20, STILL)), FilmChecks())
    assert said is not None
    assert said.spans == (Span(11_750, 20_000),)


def test_black_is_another_matter() -> None:
    said = judge(looks.film(20, (5, 15, STILL | {"black": 1.0})), FilmChecks())
    assert said is not None
    assert said.code == "frozen.ok"


def test_what_nobody_looked_at_does_not_stand() -> None:
    film = looks.skipped(looks.film(20, (2, 20, STILL)), 4, 19)
    said = judge(film, FilmChecks())
    assert said is not None
    assert said.code == "frozen.ok"


def test_no_picture_no_verdict() -> None:
    assert judge(Measured(seconds=3), FilmChecks()) is None
