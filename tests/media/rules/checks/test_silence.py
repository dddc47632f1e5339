"""Long silence, in both sides."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.silence.judging import judge
from tests.media.rules.checks import sounds

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("start", "end", "code"), [(0, 4, "long"), (3, 7, "long"), (6, 10, "long"), (3, 5, "ok")]
)
def test_it_counts_wherever_it_is(start: float, end: float, code: str) -> None:
    said = judge(sounds.film(levels=sounds.levels(10, (start, end, -90, -90))), FilmChecks())
    assert said is not None
    assert said.code == f"silence.{code}"
    assert len(said.spans) == (code == "long")


def test_one_side_that_sounds_is_enough() -> None:
    said = judge(sounds.film(levels=sounds.levels(10, (0, 10, -90, -30))), FilmChecks())
    assert said is not None
    assert said.code == "silence.ok"
