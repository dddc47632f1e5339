"""Fields or whole pictures."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.interlace.judging import judge
from paike.media.rules.measured import Measured, Timing

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(("share", "code"), [(0.0, "ok"), (0.05, "ok"), (0.5, "fields")])
def test_cases(share: float, code: str) -> None:
    said = judge(Measured(seconds=4, timing=Timing(frames=9, interlaced=share)), FilmChecks())
    assert said is not None
    assert said.code == f"interlace.{code}"


def test_nothing_decoded_no_verdict() -> None:
    assert judge(Measured(seconds=4), FilmChecks()) is None
