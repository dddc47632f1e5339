"""Which ends first, and by how much."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.lengths.judging import judge
from paike.media.rules.measured import Measured, Timing
from paike.media.rules.report import Span
from tests.media.rules.checks import sounds

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("picture", "sound", "code", "spans"),
    [
        (20.0, 20.4, "ok", ()),
        (20.0, 11.0, "sound-short", (Span(11_000, 20_000),)),
        (11.0, 20.0, "picture-short", (Span(11_000, 20_000),)),
    ],
)
def test_cases(picture: float, sound: float, code: str, spans: tuple[Span, ...]) -> None:
    timing = Timing(frames=9, picture_end=picture, sound_end=sound)
    said = judge(Measured(seconds=20, timing=timing, sound=sounds.sound()), FilmChecks())
    assert said is not None
    assert (said.code, said.spans) == (f"lengths.{code}", spans)


def test_a_silent_film_has_one_length() -> None:
    assert judge(Measured(seconds=20, timing=Timing(frames=9)), FilmChecks()) is None
