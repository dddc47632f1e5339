"""The sound of made-up films, somebody who talks over a room or a tune, and what people do to a sound
that is not theirs. Speech is espeak-ng's; the room is the real sound of Big Buck Bunny."""

import functools
import random
from collections.abc import Callable

import av
import numpy

from tests.corpus import footage, sounding
from tests.corpus.sounding import RATE, Samples

WORDS = [
    "工友",
    "车间",
    "师傅",
    "清晨",
    "老人",
    "学校",
    "山村",
    "孩子",
    "医院",
    "奶奶",
    "青年",
    "厂房",
    "火车",
    "城市",
    "故事",
    "党员",
    "夜班",
    "钢水",
    "稻田",
    "码头",
    "讲述",
    "记得",
    "传给",
    "走进",
    "修好",
    "点亮",
    "守着",
    "带来",
    "写下",
    "唱起",
    "挑起",
    "望着",
    "学会",
    "教会",
    "送到",
    "那一年",
    "每一天",
    "从前",
    "后来",
    "第一次",
    "三十年",
    "一盏灯",
    "一封信",
    "一条路",
    "一双手",
    "一颗心",
]


def talk(seed: int, seconds: float, *, under: str = "") -> Samples:
    """Lines of speech with pauses; `under` them nothing, "room" or "music"."""
    chance = random.Random(seed)
    length = round(seconds * RATE)
    found = numpy.zeros(length, numpy.float32)
    at = round(chance.uniform(0, 1) * RATE)
    while at < length:
        line = sounding.spoken("".join(chance.choices(WORDS, k=chance.randint(2, 5))))
        part = line[: length - at] * 0.6
        found[at : at + part.size] += part
        at += line.size + round(chance.uniform(0.2, 0.9) * RATE)
    if under == "room":
        found += numpy.roll(numpy.resize(room(), length), chance.randrange(length)) * 0.4
    elif under == "music":
        found += sounding.music(length, seed=seed) * 0.1
    return found


@functools.cache
def room() -> Samples:
    """The sound that Big Buck Bunny comes with, in mono."""
    parts = []
    with av.open(str(footage.path("bunny"))) as source:
        plain = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        for frame in source.decode(audio=0):
            parts += [one.to_ndarray()[0] for one in plain.resample(frame)]
    return numpy.concatenate(parts).astype(numpy.float32)


def faster(samples: Samples, speed: float) -> Samples:
    """Played at another speed, and so higher or lower."""
    places = numpy.arange(0, samples.size - 1, speed)
    found: Samples = numpy.interp(places, numpy.arange(samples.size), samples).astype(numpy.float32)
    return found


def muffled(samples: Samples) -> Samples:
    """Without its heights, as through a wall."""
    found: Samples = numpy.convolve(samples, numpy.full(12, 1 / 12), "same").astype(numpy.float32)
    return found


def _seconds(samples: Samples, start: float, end: float) -> Samples:
    return samples[round(start * RATE) : round(end * RATE)]


# Name -> (the sound, that of some other film) -> the sound that resembles it. All are encoded again.
CHANGES: dict[str, Callable[[Samples, Samples], Samples]] = {
    "AAC 32 kbit/s": lambda sound, other: sound,
    "quieter": lambda sound, other: sound * 0.15,
    "too loud": lambda sound, other: numpy.clip(sound * 4, -0.95, 0.95),
    "muffled": lambda sound, other: muffled(sound),
    "begins 0.06 s later": lambda sound, other: numpy.roll(sound, round(0.0625 * RATE)),
    "somebody talks over it": lambda sound, other: sound + other[: sound.size] * 0.4,
    "speed 1.03": lambda sound, other: faster(sound, 1.03),
    "speed 1.07": lambda sound, other: faster(sound, 1.07),
    "speed 1.15": lambda sound, other: faster(sound, 1.15),
    "excerpt of 20 s": lambda sound, other: numpy.concatenate(
        [_seconds(other, 0, 17), _seconds(sound, 11, 31), _seconds(other, 17, 40)]
    ),
}
