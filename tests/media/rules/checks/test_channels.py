"""Dead and inverted sides."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.channels.judging import judge
from tests.media.rules.checks import sounds

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("left", "right", "likeness", "channels", "code"),
    [
        (-20, -20, 0.9, 2, "ok"),
        (-90, -20, 0.0, 2, "left"),
        (-20, -90, 0.0, 2, "right"),
        (-20, -20, -0.99, 2, "inverted"),
        (-20, -20, 0.0, 1, "mono"),
        (-90, -90, 0.0, 2, "ok"),  # silence is another matter
    ],
)
def test_cases(left: float, right: float, likeness: float, channels: int, code: str) -> None:
    film = sounds.film(
        levels=sounds.levels(10, (0, 10, left, right)), likeness=likeness, channels=channels
    )
    said = judge(film, FilmChecks())
    assert said is not None
    assert said.code == f"channels.{code}"
