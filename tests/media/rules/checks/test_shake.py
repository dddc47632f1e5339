"""Jolting that lasts."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.shake.judging import judge
from paike.media.rules.measured import Measured, Motion

pytestmark = pytest.mark.rules


def film(*shaky: tuple[float, float]) -> Measured:
    moments = [n / 8 for n in range(160)]
    jolts = [8.0 if any(a <= at < b for a, b in shaky) else 0.5 for at in moments]
    return Measured(
        seconds=20, motion=tuple(Motion(at, jolt) for at, jolt in zip(moments, jolts, strict=True))
    )


@pytest.mark.parametrize(
    ("shaky", "code"),
    [([(3, 6)], "long"), ([(3, 4.5)], "ok"), ([(3, 4.5), (5, 6.5)], "long"), ([], "ok")],
)
def test_cases(shaky: list[tuple[float, float]], code: str) -> None:
    said = judge(film(*shaky), FilmChecks())
    assert said is not None
    assert said.code == f"shake.{code}"


def test_a_cut_does_not_end_a_shaky_stretch() -> None:
    calm = film((3, 6))
    cut = Measured(
        seconds=20, motion=(*calm.motion[:36], Motion(4.49, 0.0, cut=True), *calm.motion[36:])
    )
    said = judge(cut, FilmChecks())
    assert said is not None
    assert said.code == "shake.long"


def test_nothing_measured_no_verdict() -> None:
    assert judge(Measured(seconds=20), FilmChecks()) is None
