"""A film graded for high dynamic range: patches of known light, coded in ten bits and HEVC by nobody
but this file, so that what is made of them can be held against what they are."""

import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy
from numpy.typing import NDArray

from tests.factories.media import _tone
from tests.factories.phone import BT2020, PQ, QUIET

ACROSS, DOWN = 6, 4
WIDTH, HEIGHT = 1440, 1080
# BT.709 light in BT.2020's primaries (BT.2087).
FROM_709 = numpy.array(
    [[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]]
)
GREYS = (0, 1, 5, 10, 20, 50, 100, 203, 300, 500, 700, 1000)
COLOURS = (  # as BT.709 light in cd/m2
    (120, 80, 62), (60, 38, 28), (203, 150, 120), (100, 12, 10), (12, 90, 14), (10, 14, 100),
    (180, 150, 8), (8, 140, 150), (150, 10, 130), (40, 60, 30), (30, 70, 160), (400, 300, 150),
)  # fmt: skip


def patches() -> NDArray[numpy.float64]:
    """Light of each patch in cd/m2, BT.2020 red, green, blue; shape (24, 3)."""
    greys = numpy.repeat(numpy.array(GREYS, dtype=float)[:, None], 3, axis=1)
    return numpy.concatenate([greys, numpy.array(COLOURS, dtype=float) @ FROM_709.T])


def film(transfer: int, *, seconds: float = 1.0) -> bytes:
    """The patches, row by row, 6 across and 4 down."""
    coded = _pq(patches()) if transfer == PQ else _hlg(patches())
    luma = coded @ (0.2627, 0.6780, 0.0593)
    blue, red = (coded[:, 2] - luma) / 1.8814, (coded[:, 0] - luma) / 1.4746
    planes = [_grid(64 + 876 * luma, 1), _grid(512 + 896 * blue, 2), _grid(512 + 896 * red, 2)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        target: Any  # what PyAV opens depends on its mode and on the codec, which types can't say
        with av.open(path, "w", options={"movflags": "+faststart"}) as target:
            options = {"preset": "ultrafast", "crf": "4", "x265-params": QUIET}
            video: Any = target.add_stream("libx265", rate=30, options=options)
            video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p10le"
            context = video.codec_context
            context.colorspace = context.color_primaries = BT2020
            context.color_trc, context.color_range = transfer, 1
            sound = target.add_stream("aac", rate=44100, layout="mono")
            for number in range(round(seconds * 30)):
                target.mux(video.encode(_frame(planes, number, transfer)))
            target.mux(video.encode())
            for block in _tone(seconds, pitch=330):
                target.mux(sound.encode(block))
            target.mux(sound.encode())
        return path.read_bytes()


def _grid(values: NDArray[numpy.float64], halved: int) -> NDArray[numpy.uint16]:
    cells = numpy.rint(values).astype(numpy.uint16).reshape(DOWN, ACROSS)
    high, wide = HEIGHT // DOWN // halved, WIDTH // ACROSS // halved
    return cells.repeat(high, axis=0).repeat(wide, axis=1)


def _frame(planes: list[NDArray[numpy.uint16]], number: int, transfer: int) -> av.VideoFrame:
    frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p10le")
    for plane, values in zip(frame.planes, planes, strict=True):
        rows = numpy.zeros((values.shape[0], plane.line_size // 2), dtype=numpy.uint16)
        rows[:, : values.shape[1]] = values
        plane.update(rows.tobytes())
    frame.colorspace = frame.color_primaries = BT2020
    frame.color_trc, frame.color_range = transfer, 1
    frame.pts, frame.time_base = number, Fraction(1, 30)
    return frame


def _pq(light: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    """The inverse of SMPTE ST 2084."""
    power = (light / 10_000) ** (2610 / 16384)
    found: NDArray[numpy.float64] = (
        (3424 / 4096 + 2413 / 128 * power) / (1 + 2392 / 128 * power)
    ) ** (2523 / 32)
    return found


def _hlg(light: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    """BT.2100: from what a screen of 1000 cd/m2 shows back to the scene, and coded."""
    shown = light / 1000
    luminance = (shown @ (0.2627, 0.6780, 0.0593))[:, None]
    scene = shown * numpy.where(luminance > 0, luminance, 1) ** (1 / 1.2 - 1)
    logarithm = 0.17883277 * numpy.log(numpy.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    return numpy.where(scene <= 1 / 12, numpy.sqrt(3 * scene), logarithm)
