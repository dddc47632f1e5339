"""Pictures that show what a verdict means, decoded cleanly: nothing they refer to is left out."""

import io
import os
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import IO, Any

import av
from av.container import InputContainer
from PIL import Image

from paike.media.adapters.sandbox import decoding
from paike.media.adapters.sandbox.copies import Shape
from paike.media.adapters.sandbox.packets import Skip
from paike.media.adapters.sandbox.rendering import Upright
from paike.media.rules.report import Verdict

HEIGHT = 240
QUALITY = 72
MOST = 24
NEAR = 0.02  # seconds: earlier than wanted by less is the same picture


def take(
    film: IO[bytes], verdicts: Sequence[Verdict], output: int, *, rotation: int, skip: Skip
) -> list[dict[str, Any]]:
    """Write the pictures the verdicts ask for to `output`, one behind the other as JPEG; where each
    lies: `at` (ms), `offset`, `length`. A moment that can't be decoded is left out. What may be
    skipped has a neighbour that looks like it, at half the work."""
    moments = sorted({sight.at for verdict in verdicts for sight in verdict.sights})[:MOST]
    found: list[dict[str, Any]] = []
    if not moments:
        return found
    offset = 0
    with decoding.open_film(film) as source:
        stream = source.streams.video[0]
        shape = Shape(stream, rotation)
        upright = Upright(stream, rotation)
        stream.codec_context.skip_frame = skip
        reel = _Reel(source, stream)
        for at in moments:
            try:
                frame = reel.at(at / 1000)
            except (av.error.FFmpegError, EOFError, ValueError):
                continue
            if frame is None:
                continue
            content = _jpeg(upright.turn(frame), shape.fit(HEIGHT))
            os.write(output, content)
            found.append({"at": at, "offset": offset, "length": len(content)})
            offset += len(content)
    return found


class _Reel:
    """The pictures of a stream in time, wound back only where that is shorter than going on."""

    def __init__(self, source: InputContainer, stream: av.VideoStream) -> None:
        self._source, self._stream = source, stream
        self._unit, self._start = stream.time_base or Fraction(1, 1000), stream.start_time or 0
        self._frames: Iterator[av.VideoFrame] = iter(())
        self._last: av.VideoFrame | None = None
        self._key = -1

    def at(self, second: float) -> av.VideoFrame | None:
        """The picture shown at this second or just after, or the last one before the film ends.
        The seconds must not fall."""
        wanted = self._start + int(second / self._unit)
        key = self._stream.index_entries.search_timestamp(wanted, backward=True)
        if key != self._key or key < 0:
            self._source.seek(wanted, stream=self._stream, backward=True)
            self._frames, self._last, self._key = self._source.decode(self._stream), None, key
        if self._last is not None and self._second(self._last) >= second - NEAR:
            return self._last
        for frame in self._frames:
            if frame.pts is None or frame.is_corrupt:
                continue
            self._last = frame
            if self._second(frame) >= second - NEAR:
                break
        return self._last

    def _second(self, frame: av.VideoFrame) -> float:
        return float(((frame.pts or 0) - self._start) * self._unit)


def _jpeg(frame: av.VideoFrame, size: tuple[int, int]) -> bytes:
    pixels = frame.reformat(*size, "rgb24", threads=1).to_ndarray()
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "JPEG", quality=QUALITY)
    return content.getvalue()
