"""What a conversion makes of a picture, by example and by property."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.media.rules import conforming
from paike.media.rules.conforming import Picture
from tests.factories import media

pytestmark = pytest.mark.rules
NOTICE = media.film_rules()
ONE = Fraction(1)


def _picture(width: int, height: int, *, rotation: int = 0, rate: float = 25) -> Picture:
    return Picture(width, height, ONE, rotation, Fraction(rate))


@pytest.mark.parametrize(
    ("picture", "inner"),
    [
        (_picture(1920, 1080), (720, 432)),  # bars above and below
        (_picture(1920, 1080, rotation=90), (304, 576)),  # upright by its flag: bars beside
        (_picture(1080, 1920), (304, 576)),
        (_picture(1440, 1080), (720, 576)),  # 4:3 fills the frame
    ],
)
def test_the_whole_picture_in_a_true_four_to_three(
    picture: Picture, inner: tuple[int, int]
) -> None:
    made = conforming.target(picture, NOTICE)
    assert (made.width, made.height, made.aspect) == (720, 576, Fraction(16, 15))
    assert made.inner == inner
    assert made.letterboxed == (inner != (720, 576))


def test_a_call_for_every_size_keeps_the_films_own() -> None:
    made = conforming.target(_picture(1080, 1920), media.film_rules(frame_sizes=()))
    assert (made.width, made.height, made.inner, made.aspect) == (1080, 1920, (1080, 1920), ONE)


def test_of_several_frames_the_one_that_shows_most() -> None:
    limits = media.film_rules(frame_sizes=("1920x1080", "1080x1920"), pixel_aspects=("1:1",))
    made = conforming.target(_picture(2160, 3840), limits)
    assert (made.width, made.height) == (1080, 1920)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("60", "30"),
        ("60000/1001", "30000/1001"),
        ("50", "25"),
        ("120", "30"),
        ("240", "30"),
        ("25", "25"),
        ("24000/1001", "24000/1001"),
        ("29.4", "30000/1001"),
        ("15", "24000/1001"),
    ],
)
def test_the_rate_is_a_usual_one(before: str, after: str) -> None:
    assert conforming.steady(Fraction(before)) == Fraction(after)


SIDES = st.integers(16, 4096)


@given(SIDES, SIDES, st.sampled_from([0, 90, 180, 270]), st.sampled_from(["1", "16/15", "64/45"]))
def test_nothing_is_cut_off_or_stretched(width: int, height: int, rotation: int, a: str) -> None:
    picture = Picture(width, height, Fraction(a), rotation, Fraction(30))
    made = conforming.target(picture, NOTICE)
    assert made.inner[0] <= made.width
    assert made.inner[1] <= made.height
    assert made.inner[0] == made.width or made.inner[1] == made.height
    assert [side % 2 for side in made.inner] == [0, 0]
    shown = Fraction(made.inner[0]) * made.aspect / made.inner[1]
    wanted = picture.shown[0] / picture.shown[1]
    near = 3 / min(made.inner)  # even numbers of pixels
    assert abs(shown / wanted - 1) <= near


@given(st.integers(100_000, 10**9), st.floats(1, 600))
def test_the_bits_keep_the_limit(size: int, seconds: float) -> None:
    bits = conforming.bits(media.film_rules(size_max=size), seconds, sound=True)
    if bits > 100_000:
        assert (bits + conforming.SOUND_BITS) * seconds / 8 <= size
