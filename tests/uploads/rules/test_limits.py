import pytest

from paike.uploads.rules import limits

pytestmark = pytest.mark.rules
MB = 1024**2
ROOM = 10**12


def code(*, size: int = MB, unfinished: int = 0, arrived: int = 0, free: int = ROOM) -> str:
    why = limits.refusal(
        size=size, size_max=50 * MB, unfinished=unfinished, arrived=arrived, free=free
    )
    return why.code if why else ""


def test_what_may_be_begun() -> None:
    assert code(size=50 * MB, unfinished=limits.UNFINISHED_MAX - 1) == ""


def test_what_is_refused_before_the_first_byte() -> None:
    assert code(size=0) == "empty"
    assert code(size=50 * MB + 1) == "too-large"
    assert code(unfinished=limits.UNFINISHED_MAX) == "too-many"
    assert code(arrived=limits.FILMS_A_DAY) == "too-often"
    assert code(free=limits.COPIES * MB + limits.RESERVE - 1) == "no-room"
