"""Borders on both sides, in most pictures."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.letterbox.judging import judge
from tests.media.rules.checks import looks

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("bars", "code", "value"),
    [
        ((0.12, 0.12, 0, 0), "above", "24"),
        ((0, 0, 0.2, 0.2), "beside", "40"),
        ((0.04, 0.04, 0, 0), "ok", "8"),
        ((0.3, 0, 0, 0), "ok", "0"),  # a dark ceiling, no border
    ],
)
def test_both_sides_together(bars: tuple[float, ...], code: str, value: str) -> None:
    said = judge(looks.film(10, (0, 10, {"bars": bars})), FilmChecks())
    assert said is not None
    assert (said.code, said.value) == (f"letterbox.{code}", value)
    assert len(said.sights) == (code != "ok")


def test_a_few_pictures_with_borders_are_none() -> None:
    said = judge(looks.film(10, (2, 5, {"bars": (0.2, 0.2, 0, 0)})), FilmChecks())
    assert said is not None
    assert said.code == "letterbox.ok"


def test_a_black_film_has_no_borders() -> None:
    assert judge(looks.film(10, (0, 10, {"black": 1.0})), FilmChecks()) is None
