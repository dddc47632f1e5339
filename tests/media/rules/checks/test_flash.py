"""More than three in a second."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.flash.judging import judge
from paike.media.rules.measured import Flash
from tests.media.rules.checks import looks

pytestmark = pytest.mark.rules


def turns(a_second: float, count: int) -> tuple[Flash, ...]:
    """Turns of brightness, up and down."""
    return tuple(Flash(5 + n / a_second / 2, 0.5 if n % 2 == 0 else -0.5) for n in range(count))


@pytest.mark.parametrize(("a_second", "code"), [(5, "risky"), (4, "risky"), (2, "ok")])
def test_cases(a_second: float, code: str) -> None:
    from dataclasses import replace

    film = replace(looks.film(20), flashes=turns(a_second, 24))
    said = judge(film, FilmChecks())
    assert said is not None
    assert said.code == f"flash.{code}"


def test_turns_of_one_kind_are_no_flash() -> None:
    from dataclasses import replace

    cuts = tuple(Flash(5 + n / 10, 0.5) for n in range(20))
    said = judge(replace(looks.film(20), flashes=cuts), FilmChecks())
    assert said is not None
    assert (said.code, said.value) == ("flash.ok", "0")
