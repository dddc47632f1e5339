"""Without sharp edges, by share of the film."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.blurred.judging import judge
from tests.media.rules.checks import looks

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("detail", "end", "code"), [(0.4, 9, "much"), (0.4, 5, "ok"), (0.8, 20, "ok")]
)
def test_soft_stretches_add_up(detail: float, end: float, code: str) -> None:
    said = judge(looks.film(20, (1, end, {"detail": detail})), FilmChecks())
    assert said is not None
    assert said.code == f"blurred.{code}"
