"""Speech against the rest."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.noise.judging import judge
from paike.media.rules.measured import Stretch
from tests.media.rules.checks import sounds

pytestmark = pytest.mark.rules

SPEECH = (Stretch(2, 6),)


@pytest.mark.parametrize(("rest", "code"), [(-50, "ok"), (-25, "low")])
def test_cases(rest: float, code: str) -> None:
    levels = sounds.levels(10, (0, 10, rest, rest), (2, 6, -20, -20))
    said = judge(sounds.film(levels=levels, speech=SPEECH), FilmChecks())
    assert said is not None
    assert said.code == f"noise.{code}"


def test_a_signal_or_a_door_is_no_noise() -> None:
    levels = sounds.levels(10, (0, 10, -50, -50), (2, 6, -20, -20), (7.5, 8, -3, -3))
    said = judge(sounds.film(levels=levels, speech=SPEECH), FilmChecks())
    assert said is not None
    assert said.code == "noise.ok"


def test_nothing_is_said_without_enough_of_both() -> None:
    levels = sounds.levels(10, (0, 10, -20, -20))
    for speech in ((), (Stretch(2, 3),), (Stretch(0, 10),)):
        assert judge(sounds.film(levels=levels, speech=speech), FilmChecks()) is None
