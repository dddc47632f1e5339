"""Pictures on their way from a source to what is made of it: deinterlaced, at a steady rate, upright,
scaled into the frame without cutting anything off, high dynamic range brought down to what every
screen shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import av
from av.filter import Graph
from av.filter.context import FilterContext

from paike.media.adapters.sandbox import tones
from paike.media.rules.conforming import Picture

TURNS: dict[int, tuple[tuple[str, str], ...]] = {
    90: (("transpose", "clock"),),
    180: (("hflip", ""), ("vflip", "")),
    270: (("transpose", "cclock"),),
}
Size = tuple[int, int, tuple[int, int]]  # width, height, and the part that the picture fills
SMALL = 576  # up to so many lines, players take a picture for BT.601, above for BT.709


@dataclass(frozen=True)
class Source:
    """What is known of a film before its first pass."""

    picture: Picture
    average: float  # pictures a second
    seconds: float
    transfer: int  # as ITU-T H.273 numbers it
    interlaced: bool

    @property
    def hdr(self) -> bool:
        return self.transfer in tones.HDR


class Frames:
    """One way in, as many ways out as there are sizes."""

    def __init__(
        self, stream: av.VideoStream, source: Source, rate: Fraction, sizes: Sequence[Size]
    ) -> None:
        self._graph = Graph()
        self._graph.threads = 1
        self._in = self._graph.add_buffer(template=stream, time_base=stream.time_base)
        self._tables: list[FilterContext] = []
        last = self._in
        if source.interlaced:
            last = self._then(last, "bwdif", "mode=send_frame:deint=interlaced")
        # The first picture stands from the very start; pictures come or go to keep the rate.
        last = self._then(last, "fps", f"fps={rate.numerator}/{rate.denominator}:start_time=0")
        for name, direction in TURNS.get(source.picture.rotation, ()):
            last = self._then(last, name, direction)
        ways = self._then(last, "split", str(len(sizes)))
        self._out = [self._way(ways, n, size, hdr=source.hdr) for n, size in enumerate(sizes)]
        self._graph.configure()
        for way in self._tables:
            way.push(tones.table(source.transfer))
            way.push(None)

    def push(self, frame: av.VideoFrame | None) -> list[list[av.VideoFrame]]:
        """What comes out for each size when this goes in; None ends the film."""
        self._in.push(frame)
        return [self._drained(sink) for sink in self._out]

    def _way(self, ways: FilterContext, number: int, size: Size, *, hdr: bool) -> FilterContext:
        width, height, (inner_width, inner_height) = size
        matrix = "bt601" if height <= SMALL else "bt709"
        inner, colours = f"{inner_width}:{inner_height}", f"out_color_matrix={matrix}:out_range=tv"
        if hdr:
            step = self._scale(ways, number, f"{inner}:flags=lanczos")
            step = self._then(self._toned(step), "scale", colours)
        else:
            step = self._scale(ways, number, f"{inner}:flags=lanczos:{colours}")
        step = self._then(step, "format", "yuv420p")
        if (inner_width, inner_height) != (width, height):
            step = self._then(step, "pad", f"{width}:{height}:-1:-1:black")
        step = self._then(step, "setsar", "1")
        sink = self._graph.add("buffersink")
        step.link_to(sink)
        return sink

    def _scale(self, ways: FilterContext, number: int, options: str) -> FilterContext:
        step = self._graph.add("scale", options)
        ways.link_to(step, output_idx=number)
        return step

    def _toned(self, before: FilterContext) -> FilterContext:
        step = self._then(before, "format", tones.FORMAT)
        table, lookup = tones.feed(self._graph), self._graph.add("haldclut", "clut=first")
        step.link_to(lookup, output_idx=0, input_idx=0)
        table.link_to(lookup, output_idx=0, input_idx=1)
        self._tables.append(table)
        return self._then(lookup, "setparams", tones.PLAIN)

    def _then(self, before: FilterContext, name: str, options: str) -> FilterContext:
        step = self._graph.add(name, options or None)
        before.link_to(step)
        return step

    @staticmethod
    def _drained(sink: FilterContext) -> list[av.VideoFrame]:
        found = []
        while True:
            try:
                found.append(cast("av.VideoFrame", sink.pull()))
            except (av.error.BlockingIOError, av.error.EOFError):
                return found
