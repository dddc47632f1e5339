"""A copy being written: square pixels, upright, index first, and no metadata: it is a new file, to
which nothing but picture and sound of the source goes."""

import math
import os
from fractions import Fraction

import av
from av.video.reformatter import Interpolation

HEIGHTS = (576, 360)
RATES = {576: ("22", "2500k", "5000k"), 360: ("24", "800k", "1600k")}  # crf, maxrate, bufsize
USUAL_CLOCK = Fraction(1, 90_000)
SOUND_BITS = 128_000


class Copy:
    """One film being written: its encoder, and the scaled frames that go into it."""

    def __init__(
        self, output: int, height: int, shape: "Shape", preset: str, rate: Fraction
    ) -> None:
        self.width, self.height = shape.fit(height)
        self._file = os.fdopen(output, "r+b", buffering=0, closefd=False)
        self._container = av.open(
            self._file,
            "w",
            format="mp4",
            options={"movflags": "+faststart", "fflags": "+bitexact"},
            io_open=self._open_again,
        )
        crf, most, buffer = RATES[height]
        self._video = self._container.add_stream(
            "libx264",
            rate=rate,
            options={
                "preset": preset, "crf": crf, "maxrate": most, "bufsize": buffer,
                "g": str(max(round(rate * 2), 1)), "flags": "+bitexact",
            },
        )  # fmt: skip
        self._video.width, self._video.height = self.width, self.height
        self._video.codec_context.thread_count = 1
        self._video.pix_fmt = "yuv420p"
        self._video.sample_aspect_ratio = Fraction(1)
        self._video.codec_context.time_base = shape.time_base
        self._scaling = Interpolation.BICUBIC if height == HEIGHTS[0] else Interpolation.AREA
        self.audio: av.AudioStream | None = None

    def _open_again(self, _url: str, _flags: int, _options: object) -> "Reader":
        """The muxer reads its own file again to move the index to the front."""
        return Reader(self._file.fileno())

    def add_sound(self, template: av.AudioStream) -> av.AudioStream:
        """A sound track that takes the packets of `template`, an open encoder's stream."""
        self.audio = self._container.add_stream_from_template(template)
        return self.audio

    def encode_sound(self, rate: int, layout: str) -> av.AudioStream:
        """A sound track with its own encoder."""
        self.audio = self._container.add_stream(
            "aac", rate=rate, layout=layout, bit_rate=SOUND_BITS, options={"flags": "+bitexact"}
        )
        # Opens the encoders: before that, a template made of this track would lack its parameters.
        self._container.start_encoding()
        return self.audio

    def write(self, frame: av.VideoFrame | None) -> None:
        if frame is not None:
            scaled = frame.reformat(
                self.width, self.height, "yuv420p", interpolation=self._scaling, threads=1
            )
            scaled.pts, scaled.time_base = frame.pts, frame.time_base
            frame = scaled
        for packet in self._video.encode(frame):
            self._container.mux(packet)

    def mux(self, packet: "av.Packet[av.AudioStream]") -> None:
        self._container.mux(packet)

    def close(self) -> None:
        self._container.close()


class Reader:
    """Reads a descriptor from its start without moving the writer's place."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self._at = descriptor, 0

    def read(self, length: int) -> bytes:
        content = os.pread(self._descriptor, length, self._at)
        self._at += len(content)
        return content

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self._at, os.fstat(self._descriptor).st_size)[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        pass


class Shape:
    """The picture as it is to be seen: square pixels, turned upright."""

    def __init__(self, stream: av.VideoStream, rotation: int) -> None:
        aspect = stream.sample_aspect_ratio or Fraction(1)
        width, height = stream.width * aspect, Fraction(stream.height)
        self.rotation = rotation % 360
        self.time_base = stream.time_base or USUAL_CLOCK
        if self.rotation in (90, 270):
            width, height = height, width
        self._width, self._height = width, height

    def fit(self, height: int) -> tuple[int, int]:
        """Even width and height of a copy at most so high; never larger than the source."""
        scale = min(Fraction(1), height / self._height)
        return _even(self._width * scale), _even(self._height * scale)


def _even(length: Fraction) -> int:
    return max(2, 2 * math.floor(length / 2 + Fraction(1, 2)))
