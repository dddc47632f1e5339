"""The sound's figures against the cases of the standards, and what is known of made sound."""

import math

import numpy
import pytest

from paike.media.adapters.sandbox.probes import peaks
from paike.media.adapters.sandbox.probes.sound import Listener
from paike.media.rules.measured import Sound
from tests.corpus import sounding

RATE = 48_000


def heard(samples: sounding.Samples) -> Sound:
    listener = Listener(RATE, samples.shape[0])
    for start in range(0, samples.shape[1], 7000):
        listener.hear(samples[:, start : start + 7000])
    found = listener.sound()
    assert found is not None
    return found


def tone(hertz: float, level: float, seconds: float = 5) -> sounding.Samples:
    time = numpy.arange(round(seconds * RATE)) / RATE
    wave = level * numpy.sin(2 * math.pi * hertz * time)
    return numpy.stack([wave, wave]).astype(numpy.float32)


def test_a_tone_of_the_standard() -> None:
    """EBU Tech 3341, case 1: a stereo sine of 1 kHz at -23 dBFS reads -23 LUFS."""
    assert heard(tone(1000, 10 ** (-23 / 20), 20)).loudness == pytest.approx(-23, abs=0.1)
    assert heard(tone(1000, 10 ** (-33 / 20), 20)).loudness == pytest.approx(-33, abs=0.1)


def test_silence_between_does_not_count() -> None:
    """Tech 3341, case 3: quiet parts are gated out."""
    quiet, loud = tone(1000, 10 ** (-36 / 20), 10), tone(1000, 10 ** (-23 / 20), 60)
    mixed = numpy.concatenate([quiet, loud, quiet], axis=1)
    assert heard(mixed).loudness == pytest.approx(-23, abs=0.1)


def test_the_true_peak_lies_between_samples() -> None:
    """A sine at a quarter of the rate, caught 45° off its tops, is 3 dB higher than its samples."""
    time = numpy.arange(RATE)
    wave = (0.5 * numpy.sin(math.pi / 2 * time + math.pi / 4)).astype(numpy.float32)
    assert float(numpy.abs(wave).max()) == pytest.approx(0.3536, abs=0.001)
    peak, _ = peaks.highest(wave)
    assert peak == pytest.approx(0.5, rel=0.03)


def test_flat_tops_are_counted_and_high_music_is_not() -> None:
    cut = numpy.clip(tone(440, 1.6), -1, 1)
    assert heard(cut).clipped > 0.3
    assert heard(tone(440, 0.97)).clipped == 0


def test_hum_stands_out_under_music_and_music_alone_does_not() -> None:
    music = sounding.music(RATE * 8, seed=3) * 0.1
    time = numpy.arange(RATE * 8) / RATE
    hum = sum(numpy.sin(2 * math.pi * 50 * n * time) for n in (1, 2, 3, 4)) * 0.01
    assert heard(numpy.stack([music, music])).hum < 10
    found = heard(numpy.stack([music + hum] * 2).astype(numpy.float32))
    assert found.hum > 20
    assert found.hum_at == 50


def test_the_sides_are_compared() -> None:
    one = sounding.music(RATE * 3, seed=1)
    assert heard(numpy.stack([one, -one])).likeness == pytest.approx(-1)
    assert heard(numpy.stack([one, 0.5 * one])).likeness == pytest.approx(1)
    other = sounding.music(RATE * 3, seed=2)
    assert abs(heard(numpy.stack([one, other])).likeness) < 0.6


def test_how_it_arrives_makes_no_difference() -> None:
    music = numpy.stack([sounding.music(RATE * 7, seed=5)] * 2) * 0.3
    whole = Listener(RATE, 2)
    whole.hear(music)
    assert whole.sound() == heard(music)
