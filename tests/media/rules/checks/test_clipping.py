"""A share of flat tops."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.clipping.judging import judge
from tests.media.rules.checks import sounds

pytestmark = pytest.mark.rules


def test_few_are_none() -> None:
    said = judge(sounds.film(clipped=0.0005, clips=(1.0,)), FilmChecks())
    assert said is not None
    assert (said.code, said.spans) == ("clipping.ok", ())


def test_moments_that_follow_each_other_are_one_place() -> None:
    said = judge(sounds.film(clipped=0.01, clips=(1.0, 1.5, 9.0)), FilmChecks())
    assert said is not None
    assert said.code == "clipping.much"
    assert [(one.start, one.end) for one in said.spans] == [(700, 1800), (8700, 9300)]
