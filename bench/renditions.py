"""How fast copies are made, how large they become and how near they are to the film: seconds of film
per second, all copies in one pass; megabytes; PSNR of the larger copy's luma in decibels, and bytes
per second of film for each of them.

    python -m bench.renditions [--json] [--seconds 10] [--films 4] [--at-once 2]

Each preset renders the same generated films (moving picture with grain, so that the encoder has
work to do), `--at-once` of them at a time, each in a jailed process with one thread.
"""

import argparse
import json
import math
import os
import time
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy

from paike.media.adapters.sandbox.client import Sandbox
from paike.media.adapters.sandbox.jail import Limits

LIMITS = Limits(seconds=1200, cpu_seconds=900, memory_mb=3072, output_mb=400)
PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "medium")
RATE = 25


def film(path: Path, seconds: int) -> None:
    """A film of 720x576 with moving shapes, grain and a tone, about 2 Mbit/s."""
    random = numpy.random.default_rng(1)
    grain = random.integers(0, 12, (576, 720), dtype=numpy.uint8)
    across = numpy.arange(720)
    with av.open(path, "w") as target:
        video = target.add_stream(
            "libx264", rate=RATE, options={"preset": "veryfast", "b": "2000k"}
        )
        video.width, video.height, video.pix_fmt = 720, 576, "yuv420p"
        video.sample_aspect_ratio = Fraction(16, 15)
        audio = target.add_stream("aac", rate=44100, layout="stereo")
        for number in range(seconds * RATE):
            wave = (100 + 60 * numpy.sin((across + number * 5) / 37)).astype(numpy.uint8)
            luma = wave[None, :] + numpy.roll(grain, (number * 7, number * 13), (0, 1))
            planes = numpy.vstack([luma, numpy.full((288, 720), 128, dtype=numpy.uint8)])
            target.mux(video.encode(av.VideoFrame.from_ndarray(planes, "yuv420p")))
        target.mux(video.encode())
        tone = numpy.sin(numpy.arange(seconds * 44100) / 16).astype("f4") * 0.1
        for start in range(0, len(tone), 1024):
            part = numpy.vstack([tone[start : start + 1024]] * 2)
            frame = av.AudioFrame.from_ndarray(part, "fltp", "stereo")
            frame.sample_rate, frame.pts, frame.time_base = 44100, start, Fraction(1, 44100)
            target.mux(audio.encode(frame))
        target.mux(audio.encode())


def render(sandbox: Sandbox, path: Path, preset: str) -> tuple[int, float]:
    """Make all copies; returns the bytes of both films and the larger one's PSNR."""
    outputs = [os.memfd_create(f"copy-{number}") for number in range(8)]
    try:
        with path.open("rb") as source:
            sandbox.run(
                "render",
                film=source.fileno(),
                outputs=outputs,
                arguments={"preset": preset},
                limits=LIMITS,
            )
        size = sum(os.fstat(output).st_size for output in outputs[:2])
        return size, likeness(path, outputs[0])
    finally:
        for output in outputs:
            os.close(output)


def likeness(path: Path, copy: int) -> float:
    """PSNR of the luma, in dB, between a copy and the film in square pixels; every fifth picture."""
    wrong, count = 0.0, 0
    with av.open(path) as source, os.fdopen(os.dup(copy), "rb") as content:
        content.seek(0)
        with av.open(content, "r") as made:
            pairs = zip(source.decode(video=0), made.decode(video=0), strict=False)
            for number, (one, other) in enumerate(pairs):
                if number % 5:
                    continue
                scaled = one.reformat(other.width, other.height, "gray").to_ndarray()
                difference = scaled.astype("f4") - other.reformat(format="gray").to_ndarray()
                wrong, count = wrong + float((difference**2).mean()), count + 1
    return 10 * math.log10(255**2 / (wrong / count))


def measure(
    seconds: int, films: int, at_once: int, real: Path | None = None
) -> dict[str, dict[str, float]]:
    """Per preset: films per minute, seconds of film per second, megabytes per film."""
    sandbox = Sandbox()
    sandbox.check()
    found = {}
    with TemporaryDirectory() as folder, ThreadPoolExecutor(at_once) as workers:
        path = real or Path(folder) / "film.mp4"
        if real is None:
            film(path, seconds)
        for preset in PRESETS:
            start = time.perf_counter()
            made = list(workers.map(lambda _: render(sandbox, path, preset), range(films)))  # noqa: B023
            took = time.perf_counter() - start
            found[preset] = {
                "films_per_minute": round(films / took * 60, 1),
                "realtime_factor": round(films * seconds / took, 2),
                "megabytes": round(sum(size for size, _ in made) / films / 1e6, 2),
                "psnr": round(sum(psnr for _, psnr in made) / films, 2),
            }
    sandbox.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--films", type=int, default=4)
    parser.add_argument("--of", type=Path, help="a film to take instead of the generated one")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    figures = measure(arguments.seconds, arguments.films, arguments.at_once, arguments.of)
    if arguments.json:
        print(json.dumps(figures))
        return
    for preset, values in figures.items():
        print(f"{preset:10} {values}")


if __name__ == "__main__":
    main()
