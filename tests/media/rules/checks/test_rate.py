"""Even or not, and fast enough to show movement."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.rate.judging import judge
from paike.media.rules.measured import Measured, Timing

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("timing", "code"),
    [
        (Timing(frames=100, step=0.04, odd=0.0), "ok"),
        (Timing(frames=100, step=0.04, odd=0.01), "ok"),
        (Timing(frames=100, step=0.04, odd=0.2), "uneven"),
        (Timing(frames=100, step=0.125), "slow"),
    ],
)
def test_cases(timing: Timing, code: str) -> None:
    said = judge(Measured(seconds=4, timing=timing), FilmChecks())
    assert said is not None
    assert said.code == f"rate.{code}"


def test_two_pictures_have_no_rate() -> None:
    assert judge(Measured(seconds=1, timing=Timing(frames=2, step=0.5)), FilmChecks()) is None
