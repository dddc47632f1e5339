"""What is read in a picture and is no subtitle."""

from dataclasses import replace

import pytest

from paike.media.rules.checks.subtitles import strays
from paike.media.rules.measured import Line, Words

pytestmark = pytest.mark.rules
SPOKEN = Line(4.0, 6.5, "老师傅每天第一个到岗", 0.96, x=0.5, y=0.9, height=0.07)


def test_a_subtitle_stays() -> None:
    assert not strays.is_stray(SPOKEN)
    assert not strays.is_stray(replace(SPOKEN, text="好"))
    assert not strays.is_stray(replace(SPOKEN, text="抖音上看到的"))


@pytest.mark.parametrize(
    "changes",
    [
        {"end": 4.0},  # seen once
        {"sure": 0.71},
        {"height": 0.18},  # a wall, read as a letter
        {"text": "T"},
        {"text": "——"},
        {"text": "抖音号：laowang88"},
        {"text": "@快手"},
        {"text": "老王的抖音", "x": 0.9},
    ],
)
def test_noise_goes(changes: dict[str, object]) -> None:
    assert strays.is_stray(replace(SPOKEN, **changes))  # type: ignore[arg-type] # fields of Line


def test_a_mark_that_stands_aside_long_before_goes_and_a_line_said_twice_stays() -> None:
    logo = Line(30.0, 32.0, "江城电视台", 0.97, x=0.85, y=0.9, height=0.05)
    early = replace(logo, start=2.0, end=2.0)
    words = Words(subtitles=(SPOKEN, logo), standing=(early, replace(SPOKEN, start=40, end=40)))
    assert strays.without(words) == (SPOKEN,)
    assert strays.without(replace(words, standing=(replace(logo, start=31.0),))) == (
        SPOKEN,
        logo,
    )
