"""What a hash of sound keeps and what it forgets."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paike.media.rules.resemblance import alignment, kinds, signature, sound_hash
from paike.media.rules.resemblance.signature import Signature

pytestmark = pytest.mark.rules
SECONDS = 30


def _sound(seed: int, seconds: float = SECONDS) -> sound_hash.Samples:
    """Tones that change four times a second, over a little noise."""
    chance = numpy.random.default_rng(seed)
    count = round(seconds * sound_hash.RATE)
    time = numpy.arange(count) / sound_hash.RATE
    part = (time * 4).astype(int)
    found = chance.normal(0, 0.01, count)
    for _ in range(4):
        hertz = chance.uniform(250, 3200, part[-1] + 1)[part]
        found += 0.2 * numpy.sin(2 * numpy.pi * hertz * time)
    return found.astype(numpy.float32)


def _signed(samples: sound_hash.Samples) -> Signature:
    return signature.of(len(samples) / sound_hash.RATE, [], sound_hash.of_sound(samples))


@settings(max_examples=15, deadline=None)
@given(st.floats(0.2, 4.0), st.integers(0, 50))
def test_louder_or_quieter_it_is_the_same(gain: float, seed: int) -> None:
    sound = _sound(seed, 6)
    one, other = sound_hash.of_sound(sound), sound_hash.of_sound(sound * numpy.float32(gain))
    assert len(one) == len(other) > 20
    assert max((a ^ b).bit_count() for (_, a), (_, b) in zip(one, other, strict=True)) <= 2


def test_quiet_and_short_sound_says_nothing() -> None:
    assert sound_hash.of_sound(_sound(1) * numpy.float32(0.001)) == []
    assert sound_hash.of_sound(_sound(1, 1.5)) == []
    assert sound_hash.of_sound(numpy.zeros(0, numpy.float32)) == []


def test_a_passage_is_found_where_it_lies_and_other_sound_is_not() -> None:
    told, another = _sound(1), _sound(2)
    taken = numpy.concatenate([another[: 8 * sound_hash.RATE], told[5 * sound_hash.RATE :]])
    film, other = _signed(taken), _signed(told)
    (stretch,) = alignment.heard(film, other)
    assert 7.9 < stretch.start < 9.1  # the first hash that is all of it has its middle at 9
    assert abs(stretch.other_start - stretch.start + 3) < 0.2
    found = kinds.between(film, other)
    assert found is not None
    assert found.kind is kinds.Kind.SOUND
    assert kinds.between(_signed(another), other) is None


def test_a_jingle_is_too_little() -> None:
    told, another = _sound(1), _sound(2)
    jingle = numpy.concatenate([told[: 6 * sound_hash.RATE], another])
    assert alignment.heard(_signed(jingle), _signed(told))
    assert kinds.between(_signed(jingle), _signed(told)) is None


def test_a_signature_with_sound_comes_back_from_its_bytes() -> None:
    film = _signed(_sound(1))
    again = Signature.from_bytes(film.to_bytes())
    assert (again.sounds == film.sounds).all()
    assert numpy.abs(again.sound_at - film.sound_at).max() < 0.002
    assert len(again.hashes) == 0
