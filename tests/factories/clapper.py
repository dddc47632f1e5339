"""A film to measure by whether sound and picture are together: at known moments the black picture
turns white and a tone is heard. Its pictures come as unevenly as a phone's in the dark."""

import random
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy
from av.container import InputContainer
from numpy.typing import NDArray

CLAPS = (1.013, 2.711, 4.604, 7.322)  # seconds; between the pictures of any usual rate
LONG = 0.25  # of each, in seconds
SECONDS, RATE = 8.5, 44_100
WIDTH, HEIGHT = 640, 480
STEPS = (1 / 30, 1 / 30, 1 / 30, 1 / 30, 1 / 30, 1 / 24, 1 / 15, 1 / 60, 1 / 10)


def moments(seed: int = 1) -> list[float]:
    """When a picture begins; each clap and its end are among them."""
    drawn = random.Random(seed)
    edges = sorted([*CLAPS, *(clap + LONG for clap in CLAPS), SECONDS])
    found, now = [], 0.0
    for edge in edges:
        while now < edge - 1 / 120:
            found.append(now)
            now += drawn.choice(STEPS)
        now = edge
    return found


def film(*, late: float = 0.0, seed: int = 1) -> bytes:
    """`late`: the sound track begins so many seconds after the picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mov"
        target: Any  # what PyAV opens depends on its mode and on the codec, which types can't say
        with av.open(path, "w", format="mov") as target:
            video: Any = target.add_stream("libx264", rate=30, options={"preset": "ultrafast"})
            video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
            video.codec_context.time_base = video.time_base = Fraction(1, 90_000)
            sound = target.add_stream("aac", rate=RATE, layout="mono")
            for moment in moments(seed):
                target.mux(video.encode(_picture(moment)))
            target.mux(video.encode())
            heard = _sound()[round(late * RATE) :]
            for at in range(0, len(heard), 1024):
                block = numpy.ascontiguousarray(heard[None, at : at + 1024])
                frame = av.AudioFrame.from_ndarray(block, "fltp", "mono")
                frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
                frame.pts = at + round(late * RATE)
                target.mux(sound.encode(frame))
            target.mux(sound.encode())
        return path.read_bytes()


def _is_clap(moment: float) -> bool:
    return any(clap - 1e-4 <= moment < clap + LONG - 1e-4 for clap in CLAPS)


def _picture(moment: float) -> av.VideoFrame:
    image = numpy.full((HEIGHT, WIDTH, 3), 255 if _is_clap(moment) else 0, dtype=numpy.uint8)
    frame = av.VideoFrame.from_ndarray(image, "rgb24").reformat(format="yuv420p")
    frame.pts, frame.time_base = round(moment * 90_000), Fraction(1, 90_000)
    return frame


def _sound() -> NDArray[numpy.float32]:
    times = numpy.arange(round(SECONDS * RATE)) / RATE
    loud = numpy.zeros_like(times)
    for clap in CLAPS:
        loud[(times >= clap) & (times < clap + LONG)] = 0.5
    return (loud * numpy.sin(2 * numpy.pi * 1000 * times)).astype(numpy.float32)


def seen(film: InputContainer) -> list[float]:
    """When the pictures turn white."""
    found, lit = [], False
    for frame in film.decode(video=0):
        bright = frame.to_ndarray()[: frame.height].mean() > 128
        if bright and not lit:
            found.append(frame.time or 0.0)
        lit = bright
    return found


def heard(film: InputContainer) -> list[float]:
    """When the tones begin: where it is a quarter as loud as it gets."""
    found: list[float] = []
    last = 0.0
    for frame in film.decode(audio=0):
        samples = numpy.abs(frame.to_ndarray()[0])
        start = frame.time or 0.0
        for at in numpy.flatnonzero(samples > 0.125):
            moment = start + float(at) / frame.sample_rate
            if not found or moment - last > 0.1:
                found.append(moment)
            last = moment
    return found
