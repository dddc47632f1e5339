"""Between the limits, outside, or nothing at all."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.loudness.judging import judge
from tests.media.rules.checks import sounds

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("level", "code"), [(-23, "ok"), (-30, "ok"), (-30.1, "quiet"), (-9.9, "loud"), (-90, "mute")]
)
def test_cases(level: float, code: str) -> None:
    said = judge(sounds.film(loudness=level), FilmChecks())
    assert said is not None
    assert (said.code, said.unit) == (f"loudness.{code}", "LUFS")


def test_no_sound_no_verdict() -> None:
    assert judge(sounds.silent_film(), FilmChecks()) is None
