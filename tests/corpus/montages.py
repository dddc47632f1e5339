"""Films made of shots that pan over parts of the real clips, and what people do to a film that is not
theirs. Small (480 x 270, 12.5 pictures a second): likeness is looked for in small copies anyway."""

import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy
from numpy.typing import NDArray

from tests.corpus import footage, making, sounding

Image = NDArray[numpy.uint8]
WIDTH, HEIGHT = 480, 270
RATE = Fraction(25, 2)
CLIPS = (*footage.TUNING, *footage.TEST)


def shots(seed: int, seconds: float, *, clips: Sequence[str] = CLIPS) -> list[Image]:
    """A film of shots of 2 to 6 seconds. Other seeds give other parts of the same clips."""
    chance = random.Random(seed)
    found: list[Image] = []
    while len(found) < seconds * RATE:
        found += _shot(chance, clips, round(chance.uniform(2, 6) * RATE))
    return found[: round(seconds * RATE)]


def _shot(chance: random.Random, clips: Sequence[str], count: int) -> list[Image]:
    clip = footage.pictures(chance.choice(clips))
    first = chance.randrange(len(clip))
    wide = chance.uniform(0.35, 0.7)
    size = round(clip[0].shape[1] * wide), round(clip[0].shape[1] * wide * HEIGHT / WIDTH)
    ends = [
        (
            chance.uniform(0, clip[0].shape[1] - size[0]),
            chance.uniform(0, clip[0].shape[0] - size[1]),
        )
        for _ in range(2)
    ]
    light = chance.uniform(0.7, 1.1)
    turned = chance.random() < 0.3
    made = []
    for step in range(count):
        part = step / max(1, count - 1) * 0.5
        x, y = (round(a + (b - a) * part) for a, b in zip(*ends, strict=True))
        picture = clip[(first + 2 * step) % len(clip)][y : y + size[1], x : x + size[0]]
        picture = picture[:, ::-1] if turned else picture
        made.append(scaled(numpy.clip(picture * light, 0, 255).astype(numpy.uint8), WIDTH, HEIGHT))
    return made


def scaled(image: Image, width: int, height: int) -> Image:
    """The picture in another size."""
    frame = av.VideoFrame.from_ndarray(numpy.ascontiguousarray(image), format="rgb24")
    found: Image = frame.reformat(width, height, "rgb24").to_ndarray().astype(numpy.uint8)
    return found


def written(
    images: Sequence[Image] | Iterator[Image],
    path: Path,
    *,
    crf: int = 26,
    sound: sounding.Samples | None = None,
    bit_rate: int = 64_000,
) -> Path:
    """The pictures, and the sound (mono), as a film."""
    with av.open(str(path), "w", format="mp4") as container:
        options = {"preset": "ultrafast", "crf": str(crf), "threads": "1"}
        stream = container.add_stream("libx264", rate=RATE, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.pix_fmt = "yuv420p"
        if sound is not None:
            heard = container.add_stream("aac", rate=sounding.RATE, layout="mono")
            heard.bit_rate = bit_rate
        for place, image in enumerate(images):
            if not place:
                stream.height, stream.width = (side // 2 * 2 for side in image.shape[:2])
            even = numpy.ascontiguousarray(image[: stream.height, : stream.width])
            frame = av.VideoFrame.from_ndarray(even, format="rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = place, 1 / RATE
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if sound is not None:
            for block in making.blocks(sound.reshape(1, -1)):
                container.mux(heard.encode(block))
            container.mux(heard.encode())
    return path


def cropped(image: Image, share: float = 0.05) -> Image:
    down, across = (round(side * share) for side in image.shape[:2])
    return scaled(image[down:-down, across:-across], WIDTH, HEIGHT)


def with_logo(image: Image) -> Image:
    found = image.copy()
    found[16:56, -120:-16] = (230, 40, 30)
    found[26:46, -104:-32] = 250
    return found


def letterboxed(image: Image) -> Image:
    found = numpy.zeros_like(image)
    inner = scaled(image, WIDTH, HEIGHT - 68)
    found[34 : 34 + inner.shape[0]] = inner
    return found


def pillarboxed(image: Image) -> Image:
    found = numpy.zeros_like(image)
    inner = scaled(image, WIDTH - 120, HEIGHT)
    found[:, 60 : 60 + inner.shape[1]] = inner
    return found


def rotated(image: Image, degrees: float = 3.0) -> Image:
    """Turned about the middle, the corners cut off so that no black shows."""
    turn = numpy.deg2rad(degrees)
    down, across = numpy.mgrid[0:HEIGHT, 0:WIDTH].astype(numpy.float32)
    down, across = (down - HEIGHT / 2) * 0.9, (across - WIDTH / 2) * 0.9
    rows = numpy.cos(turn) * down - numpy.sin(turn) * across + HEIGHT / 2
    columns = numpy.sin(turn) * down + numpy.cos(turn) * across + WIDTH / 2
    found: Image = image[
        numpy.clip(numpy.round(rows).astype(int), 0, HEIGHT - 1),
        numpy.clip(numpy.round(columns).astype(int), 0, WIDTH - 1),
    ]
    return found


def brighter(image: Image) -> Image:
    found: Image = numpy.clip(image * 1.25 + 20, 0, 255).astype(numpy.uint8)
    return found


def faster(images: Sequence[Image], speed: float) -> list[Image]:
    """Played at another speed, pictures left out or shown twice."""
    count = int(len(images) / speed)
    return [images[min(len(images) - 1, int(place * speed))] for place in range(count)]


def each(
    change: Callable[[Image], Image],
) -> Callable[[Sequence[Image], Sequence[Image]], list[Image]]:
    return lambda film, other: [change(image) for image in film]


def _seconds(images: Sequence[Image], start: float, end: float) -> list[Image]:
    return list(images[round(start * RATE) : round(end * RATE)])


# Name -> (the film, some other film) -> the film that resembles it.
CHANGES: dict[str, Callable[[Sequence[Image], Sequence[Image]], list[Image]]] = {
    "encoded again": lambda film, other: list(film),
    "crop 5 %": each(cropped),
    "mirror": each(lambda image: image[:, ::-1]),
    "logo": each(with_logo),
    "letterbox": each(letterboxed),
    "pillarbox": each(pillarboxed),
    "rotation 3 degrees": each(rotated),
    "brightness": each(brighter),
    "speed 0.9": lambda film, other: faster(film, 0.9),
    "speed 1.07": lambda film, other: faster(film, 1.07),
    "speed 1.15": lambda film, other: faster(film, 1.15),
    "excerpt of 20 s": lambda film, other: [
        *_seconds(other, 0, 17),
        *_seconds(film, 11, 31),
        *_seconds(other, 17, 40),
    ],
    "film inside a film": lambda film, other: [
        *_seconds(other, 0, 13),
        *film,
        *_seconds(other, 13, 25),
    ],
    "mirror, crop, logo, speed 1.07": lambda film, other: [
        with_logo(cropped(image[:, ::-1])) for image in faster(film, 1.07)
    ],
}
