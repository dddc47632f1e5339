"""The sound of a test film: speech at its times, music that goes on, and what spoils it."""

import math

import numpy

from tests.corpus import voice
from tests.corpus.recipe import Recipe

RATE = 48_000
NOTES = (0, 2, 4, 7, 9, 12, 14, 16)
SIGNAL_AT = 1.2  # seconds, before anybody speaks
SIGNAL = 0.15  # seconds
Samples = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float32]]


def sound(recipe: Recipe) -> Samples | None:
    """Rows per channel at 48 kHz; None for a film without sound."""
    if recipe.no_sound:
        return None
    mono = _spoilt(recipe, _mixed(recipe))
    if recipe.channels == "mono":
        return mono[None]
    other = {"stereo": 0.92 * mono, "dead": mono * 0, "inverted": -mono}[recipe.channels]
    return numpy.stack([mono, other.astype(numpy.float32)])


def _mixed(recipe: Recipe) -> Samples:
    length = round((recipe.sound_seconds or recipe.seconds) * RATE)
    mono = music(length, seed=len(recipe.name)) * recipe.music
    for start, text in recipe.spoken:
        said = spoken(text) * recipe.voice
        place = round(start * RATE)
        end = min(length, place + said.size)
        mono[place:end] += said[: end - place]
    return mono


def _spoilt(recipe: Recipe, mono: Samples) -> Samples:
    length = mono.size
    time = numpy.arange(length) / RATE
    chance = numpy.random.default_rng(7)
    if recipe.noise:
        mono += chance.normal(size=length) * recipe.noise
    for start, end in recipe.silent:
        mono[round(start * RATE) : round(end * RATE)] = 0
    if recipe.hum:
        for n in (1, 2, 3, 4):
            mono += recipe.hum / n * numpy.sin(2 * math.pi * 50 * n * time)
    mono *= recipe.gain
    if recipe.loud:
        mono = (0.9 * numpy.tanh(mono * 5)).astype(numpy.float32)
    if recipe.clipped:
        mono = numpy.clip(mono * 10, -1, 1)
    if recipe.between:
        place, count = round(SIGNAL_AT * RATE), round(SIGNAL * RATE)
        mono[place : place + count] = recipe.between * _quarter_tone(count)
    return numpy.clip(mono, -1, 1).astype(numpy.float32)


def _quarter_tone(count: int) -> Samples:
    """A tone of a quarter of the rate whose samples all lie at 0.71 of its tops, beginning and ending
    gently: no sample shows how high it goes."""
    gently = numpy.minimum(1, numpy.minimum(numpy.arange(count), numpy.arange(count)[::-1]) / 480)
    tone = numpy.sin(math.pi / 4 + math.pi / 2 * numpy.arange(count)) * gently
    found: Samples = tone.astype(numpy.float32)
    return found


def spoken_span(start: float, text: str) -> tuple[float, float]:
    """From when to when a line is heard."""
    loud = numpy.flatnonzero(numpy.abs(spoken(text)) > 0.02)
    return start + loud[0] / RATE, start + loud[-1] / RATE


def spoken(text: str) -> Samples:
    """A line of speech at 48 kHz."""
    samples, rate = voice.say(text)
    places = numpy.arange(int(samples.size * RATE / rate)) * rate / RATE
    found: Samples = numpy.interp(places, numpy.arange(samples.size), samples).astype(numpy.float32)
    return found


def music(length: int, *, seed: int) -> Samples:
    """Plucked notes of a pentatonic scale with their overtones, half a second each."""
    chance = numpy.random.default_rng(seed)
    found = numpy.zeros(length, dtype=numpy.float32)
    step = RATE // 2
    time = numpy.arange(RATE) / RATE
    for place in range(0, length, step):
        hertz = 220 * 2 ** (NOTES[int(chance.integers(len(NOTES)))] / 12)
        note = sum(numpy.sin(2 * math.pi * hertz * n * time) / n for n in (1, 2, 3))
        note = (note * numpy.exp(-3 * time)).astype(numpy.float32)
        end = min(length, place + note.size)
        found[place:end] += note[: end - place]
    return found
