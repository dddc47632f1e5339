"""Speech with and without words."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.subtitles.judging import judge
from paike.media.rules.measured import Line, Measured, Stretch, Words

pytestmark = pytest.mark.rules

SPEECH = (Stretch(1, 3), Stretch(4, 6), Stretch(7, 9), Stretch(10, 12))


def film(*shown: Stretch, speech: tuple[Stretch, ...] = SPEECH) -> Measured:
    lines = tuple(Line(one.start, one.end, "字", 0.9) for one in shown)
    return Measured(seconds=14, speech=speech, words=Words(subtitles=lines))


@pytest.mark.parametrize(("count", "code"), [(4, "ok"), (3, "some"), (1, "few"), (0, "few")])
def test_the_share_of_the_speech_counts(count: int, code: str) -> None:
    said = judge(film(*SPEECH[:count]), FilmChecks())
    assert said is not None
    assert said.code == f"subtitles.{code}"
    assert len(said.spans) == 4 - count


def test_long_speech_is_looked_at_in_parts() -> None:
    said = judge(film(Stretch(0, 6), speech=(Stretch(0, 12),)), FilmChecks())
    assert said is not None
    assert said.code == "subtitles.some"
    assert said.spans[0].end == 12_000


def test_without_speech_nothing_is_missing() -> None:
    said = judge(film(speech=()), FilmChecks())
    assert said is not None
    assert said.code == "subtitles.none-needed"
    assert judge(Measured(seconds=3), FilmChecks()) is None
