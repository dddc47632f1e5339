"""Films as phones record them, made on the spot: upright by a flag only, HEVC, sixty pictures a second,
an uneven rate, high dynamic range, and full of who, where and with what."""

import functools
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy
from numpy.typing import NDArray

from tests.corpus import footage
from tests.factories.media import PHONE, _tone

QUIET = "log-level=none:pools=none:frame-threads=1"
UPRIGHT = {  # the matrix of a track's header: how a player turns the picture, clockwise
    90: (0, 1, -1, 0),
    180: (-1, 0, 0, -1),
    270: (0, -1, 1, 0),
}
BT2020, HLG, PQ = 9, 18, 16


@functools.cache
def film(
    *,
    width: int = 1920,
    height: int = 1080,
    rate: int = 60,
    seconds: float = 2.0,
    rotation: int = 90,
    codec: str = "libx265",
    container: str = "mp4",
    transfer: int = 0,
    uneven: bool = False,
    clip: str = "phone",
) -> bytes:
    """Real pictures with a mark in the corner that is the upper left one once the film is turned.
    `width` and `height` as coded. `transfer`: PQ or HLG, in ten bits."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"film.{container}"
        options = {"preset": "ultrafast", "crf": "26"}
        if codec == "libx265":
            options["x265-params"] = QUIET
        flags = {"movflags": "+faststart+use_metadata_tags"}
        target: Any  # what PyAV opens depends on its mode and on the codec, which types can't say
        with av.open(path, "w", format=container, options=flags) as target:
            target.metadata.update(PHONE)
            video: Any = target.add_stream(codec, rate=rate, options=options)
            video.width, video.height = width, height
            video.pix_fmt = "yuv420p10le" if transfer else "yuv420p"
            video.codec_context.time_base = video.time_base = Fraction(1, 90_000)
            if transfer:
                context = video.codec_context
                context.colorspace = context.color_primaries = BT2020
                context.color_trc = transfer
            sound = target.add_stream("aac", rate=44100, layout="mono")
            shown = footage.over_and_over(clip)
            image = next(shown)
            for number, moment in enumerate(_moments(rate, seconds, uneven=uneven)):
                image = next(shown) if number % 2 else image
                target.mux(video.encode(_frame(image, moment, video, rotation, transfer)))
            target.mux(video.encode())
            for block in _tone(seconds, pitch=330):
                target.mux(sound.encode(block))
            target.mux(sound.encode())
        return turned(path.read_bytes(), rotation)


def turned(content: bytes, rotation: int) -> bytes:
    """The film with the flag that tells players to turn it."""
    if not rotation:
        return content
    at = content.index(b"tkhd") + 4 + 40  # version 0: the matrix is behind 40 bytes
    values = bytearray(content)
    for place, value in zip((0, 4, 12, 16), UPRIGHT[rotation], strict=True):
        values[at + place : at + place + 4] = (value << 16).to_bytes(4, "big", signed=True)
    return bytes(values)


def _moments(rate: int, seconds: float, *, uneven: bool) -> list[float]:
    even = [number / rate for number in range(round(seconds * rate))]
    if not uneven:
        return even
    return [moment for number, moment in enumerate(even) if number % 7 not in (3, 4)]


def _frame(
    image: NDArray[numpy.uint8],
    moment: float,
    video: av.VideoStream,
    rotation: int,
    transfer: int,
) -> av.VideoFrame:
    across, down = video.width, video.height
    upright = (down, across) if rotation % 180 else (across, down)
    plain = av.VideoFrame.from_ndarray(image, "rgb24").reformat(*upright, "rgb24").to_ndarray()
    picture = plain.copy()
    side = min(upright) // 8
    picture[:side, :side] = (255, 0, 0)  # red is up and left
    picture[-side:, : side * 2] = (0, 0, 255)
    stored = numpy.ascontiguousarray(numpy.rot90(picture, rotation // 90)).astype(numpy.uint8)
    frame = av.VideoFrame.from_ndarray(stored, "rgb24")
    frame = frame.reformat(format="yuv420p10le" if transfer else "yuv420p")
    if transfer:
        frame.colorspace = frame.color_primaries = BT2020
        frame.color_trc = transfer
    frame.pts, frame.time_base = round(moment * 90_000), Fraction(1, 90_000)
    return frame
