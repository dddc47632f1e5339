"""Writes a test film, once: built films are kept between runs under a name made of their recipe."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

import av
import numpy

from tests.corpus import drawing, sounding
from tests.corpus.footage import HEIGHT, WIDTH
from tests.corpus.recipe import Recipe

FOLDER = Path(os.environ.get("PAIKE_CORPUS", Path(tempfile.gettempdir()) / "paike-corpus"))
VERSION = 2  # to be raised when the making changes
CLOCK = 90_000
QUICK = {"preset": "ultrafast", "crf": "24", "bf": "2", "threads": "1"}


def film(recipe: Recipe) -> Path:
    """The film of a recipe."""
    wanted = {key: value for key, value in asdict(recipe).items() if key not in ("half", "note")}
    text = f"{VERSION}{sorted(wanted.items())}"
    path = FOLDER / f"{recipe.name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.mp4"
    if not path.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        half_made = path.with_suffix(f".{os.getpid()}")
        _write(recipe, half_made)
        half_made.rename(path)
    return path


def _write(recipe: Recipe, path: Path) -> None:
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        options = (QUICK if recipe.codec.startswith("libx26") else {}) | dict(recipe.encoder)
        if "b" in options:  # a bit rate is wanted: no constant quality
            options.pop("crf")
        if recipe.interlaced:
            options |= {"flags": "+ildct+ilme", "x264-params": "tff=1"}
        picture = container.add_stream(recipe.codec, rate=recipe.rate, options=options)
        assert isinstance(picture, av.VideoStream)
        picture.width, picture.height = WIDTH, HEIGHT
        picture.pix_fmt = "yuv420p"
        picture.time_base = picture.codec_context.time_base = Fraction(1, CLOCK)
        samples = sounding.sound(recipe)
        sound = None
        if samples is not None:
            layout = "mono" if samples.shape[0] == 1 else "stereo"
            sound = container.add_stream("aac", rate=sounding.RATE, layout=layout)
            sound.bit_rate = 128_000
        moments = [n / recipe.rate for n in range(round(recipe.seconds * recipe.rate))]
        if recipe.variable:
            moments = drawing.uneven(moments)
        for at, (_, image) in zip(moments, drawing.pictures(recipe), strict=True):
            frame = av.VideoFrame.from_ndarray(numpy.ascontiguousarray(image), format="rgb24")
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = round(at * CLOCK), Fraction(1, CLOCK)
            container.mux(picture.encode(frame))
        container.mux(picture.encode())
        if sound is not None and samples is not None:
            for block in blocks(samples):
                container.mux(sound.encode(block))
            container.mux(sound.encode())


def blocks(samples: sounding.Samples) -> Iterator[av.AudioFrame]:
    layout = "mono" if samples.shape[0] == 1 else "stereo"
    for place in range(0, samples.shape[1], 1024):
        part = numpy.ascontiguousarray(samples[:, place : place + 1024])
        block = av.AudioFrame.from_ndarray(part, format="fltp", layout=layout)
        block.sample_rate, block.pts = sounding.RATE, place
        block.time_base = Fraction(1, sounding.RATE)
        yield block
