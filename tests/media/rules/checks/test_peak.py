"""Over full scale between samples."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.peak.judging import judge
from tests.media.rules.checks import sounds

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(("peak", "code"), [(-6, "ok"), (0.4, "ok"), (0.6, "high")])
def test_cases(peak: float, code: str) -> None:
    said = judge(sounds.film(peak=peak, peak_at=5.0), FilmChecks())
    assert said is not None
    assert said.code == f"peak.{code}"
    assert len(said.spans) == (code == "high")
