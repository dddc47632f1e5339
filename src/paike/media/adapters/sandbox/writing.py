"""A film being written for its author: H.264 and AAC in MP4, index first, a steady rate, and nothing of
the source but picture and sound."""

import os
from dataclasses import dataclass
from fractions import Fraction

import av
from av.filter import Graph

from paike.media.adapters.sandbox import sound_graphs
from paike.media.adapters.sandbox.copies import Reader
from paike.media.rules.conforming import SOUND_BITS

# Colours as ITU-T H.273 numbers them: BT.601 matrix up to 576 lines, BT.709 above; players guess the
# same where a file says nothing.
SMALL, BT601, BT709 = 576, 5, 1
LIMITED = 1  # studio range


@dataclass(frozen=True)
class Encoding:
    """How a picture is coded: x264's preset and rate factor, and the most bits a second, where there
    is such: `held` means that they are never exceeded, else hard scenes may for a while."""

    preset: str
    quality: float
    most: int = 0
    held: bool = False

    def options(self, rate: Fraction) -> dict[str, str]:
        found = {
            "preset": self.preset, "crf": f"{self.quality:.2f}", "profile": "high",
            "g": str(max(1, round(rate * 2))), "flags": "+bitexact",
        }  # fmt: skip
        if self.most:
            held = self.most if self.held else 2 * self.most
            found |= {"maxrate": str(self.most), "bufsize": str(held)}
        return found


class Film:
    """The file of one film. Its sound is put in step with the picture's clock."""

    def __init__(
        self,
        output: int,
        width: int,
        height: int,
        aspect: Fraction,
        rate: Fraction,
        encoding: Encoding,
    ) -> None:
        self._file = os.fdopen(output, "r+b", buffering=0, closefd=False)
        self._container = av.open(
            self._file,
            "w",
            format="mp4",
            options={"movflags": "+faststart", "fflags": "+bitexact"},
            io_open=lambda _url, _flags, _options: Reader(self._file.fileno()),
        )
        self._video = self._container.add_stream(
            "libx264", rate=rate, options=encoding.options(rate)
        )
        context = self._video.codec_context
        context.thread_count, context.time_base = 1, 1 / rate
        self._video.width, self._video.height, self._video.pix_fmt = width, height, "yuv420p"
        self._video.sample_aspect_ratio = aspect
        context.colorspace = BT601 if height <= SMALL else BT709
        context.color_primaries = context.color_trc = BT709
        context.color_range = LIMITED
        self._number = 0
        self._audio: av.AudioStream | None = None
        self._aligning: Graph | None = None
        self._sound = ("", 0)

    def add_sound(self, rate: int, layout: str) -> None:
        """Before the first picture."""
        self._audio = self._container.add_stream(
            "aac", rate=rate, layout=layout, bit_rate=SOUND_BITS, options={"flags": "+bitexact"}
        )
        self._sound = (layout, rate)

    def show(self, picture: av.VideoFrame) -> None:
        """The next picture. Pictures are counted, so their rate can't but be steady."""
        picture.pts, picture.time_base = self._number, self._video.codec_context.time_base
        picture.pict_type = av.video.frame.PictureType.NONE
        self._number += 1
        for packet in self._video.encode(picture):
            self._container.mux(packet)

    def hear(self, frame: av.AudioFrame) -> None:
        if self._audio is None:
            return
        if self._aligning is None:
            self._aligning = self._alignment(frame)
        self._aligning.push(frame)
        self._drain()

    def close(self) -> None:
        if self._audio is not None:
            if self._aligning is not None:
                self._aligning.push(None)
                self._drain()
            for packet in self._audio.encode(None):
                self._container.mux(packet)
        for packet in self._video.encode(None):
            self._container.mux(packet)
        self._container.close()

    def _alignment(self, first: av.AudioFrame) -> Graph:
        """Holes and a late start become silence, so that sound and picture stay together."""
        layout, rate = self._sound
        form = f"sample_fmts=fltp:sample_rates={rate}:channel_layouts={layout}"
        return sound_graphs.chain(
            first, [("aresample", f"{rate}:async=1000:first_pts=0"), ("aformat", form)]
        )

    def _drain(self) -> None:
        if self._audio is None or self._aligning is None:
            return
        for frame in sound_graphs.ready(self._aligning):
            for packet in self._audio.encode(frame):
                self._container.mux(packet)
