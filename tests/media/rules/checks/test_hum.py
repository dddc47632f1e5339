"""Stands out, and can be heard."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.hum.judging import judge
from tests.media.rules.checks import sounds

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("hum", "level", "code"), [(5, -40, "ok"), (30, -80, "ok"), (30, -45, "heard")]
)
def test_cases(hum: float, level: float, code: str) -> None:
    said = judge(sounds.film(hum=hum, hum_level=level), FilmChecks())
    assert said is not None
    assert said.code == f"hum.{code}"
