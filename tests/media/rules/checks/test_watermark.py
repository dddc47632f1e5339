"""A platform's name, small and at an edge."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.watermark.judging import judge
from paike.media.rules.measured import Line, Measured, Words

pytestmark = pytest.mark.rules


def film(text: str, **place: float) -> Measured:
    where = {"x": 0.85, "y": 0.07, "height": 0.05} | place
    return Measured(seconds=9, words=Words(standing=(Line(1, 1, text, 0.9, **where),)))


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("抖音号：8812345", {}, "found"),
        ("TikTok", {"x": 0.1, "y": 0.9}, "found"),
        ("快手", {"x": 0.5, "y": 0.5}, "ok"),  # somebody's words in the middle
        ("抖音", {"height": 0.2}, "ok"),  # a title
        ("车间里的灯", {}, "ok"),
    ],
)
def test_cases(text: str, place: dict[str, float], code: str) -> None:
    said = judge(film(text, **place), FilmChecks())
    assert said is not None
    assert said.code == f"watermark.{code}"


def test_nobody_read_no_verdict() -> None:
    assert judge(Measured(seconds=9), FilmChecks()) is None
