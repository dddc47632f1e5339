"""Too dark for too long, by share of the film."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.dark.judging import judge
from tests.media.rules.checks import looks

pytestmark = pytest.mark.rules

DARK = {"luma": 30, "bright": 60}


@pytest.mark.parametrize(
    ("end", "changes", "code"),
    [
        (8, {}, "much"),
        (5, {}, "ok"),
        (8, {"luma": 46, "bright": 56}, "much"),  # an even, dim sky
        (8, {"luma": 46}, "ok"),
        (8, {"bright": 140}, "ok"),  # a face in the light
        (8, {"black": 1.0}, "ok"),  # black is another matter
    ],
)
def test_dark_stretches_add_up(end: float, changes: dict[str, float], code: str) -> None:
    said = judge(looks.film(20, (1, end, DARK | changes)), FilmChecks())
    assert said is not None
    assert said.code == f"dark.{code}"


def test_blinks_do_not_count() -> None:
    parts = [(start, start + 1, DARK) for start in range(0, 20, 2)]
    said = judge(looks.film(20, *parts), FilmChecks())
    assert said is not None
    assert (said.code, said.value) == ("dark.ok", "0")
