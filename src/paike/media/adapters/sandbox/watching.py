"""The pictures of a film, decoded as far as the plan wants them, shown to every probe."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import IO

import av
from av.container import InputContainer
from av.stream import Discard

from paike.media.adapters.sandbox import decoding
from paike.media.adapters.sandbox.packets import NEVER_NEEDED, Skip
from paike.media.adapters.sandbox.planning import RESTLESS, Group
from paike.media.adapters.sandbox.probes.picture import Picture
from paike.media.adapters.sandbox.probes.timing import Clocks
from paike.media.rules.measured import Stretch

Progress = Callable[[float], None]
# The smoothing of block edges costs a quarter of the work and hides nothing the probes look for.
OPTIONS = {"skip_loop_filter": "all", "flags2": "+export_mvs"}


class Watching:
    """Goes through the groups of a film. `further` is asked where a group's wanted part ends until
    when it is wanted after all. `skip` is what is left out inside a group, except around the
    `bursts` and where something `flashes`; there only what nothing refers to is."""

    def __init__(
        self,
        groups: Sequence[Group],
        clocks: Clocks,
        further: Callable[[Group], float],
        *,
        skip: Skip = NEVER_NEEDED,
        bursts: Sequence[float] = (),
        flashes: Callable[[float], bool] = lambda at: False,
    ) -> None:
        self._groups, self._clocks, self._further = list(groups), clocks, further
        self._skip, self._bursts, self._flashes = skip, sorted(bursts), flashes
        self.skipped: list[Stretch] = []
        self._last = 0.0

    def pictures(self, film: IO[bytes], progress: Progress) -> Iterator[Picture]:
        """The pictures in the order in which they are shown."""
        with decoding.open_film(film) as source:
            yield from self._through(source, progress)

    def _through(self, source: InputContainer, progress: Progress) -> Iterator[Picture]:
        stream = source.streams.video[0]
        _leave_out_others(source, stream)
        context = stream.codec_context
        context.options = OPTIONS
        start, unit = stream.start_time or 0, stream.time_base or Fraction(1, 1000)
        end = self._groups[-1].end
        number, left_out = -1, False
        for packet in source.demux(stream):
            at = float((packet.pts - start) * unit) if packet.pts is not None else end
            if packet.is_keyframe:
                number += 1
                progress(min(1.0, at / end))
                if left_out:
                    self.skipped.append(Stretch(self._last, at))
                    context.flush_buffers()
                left_out = False
            if left_out:
                continue
            if self._leaves(number, at):
                left_out = True
                # What the decoder holds back has been paid for.
                yield from self._shown(_decoded(context, None), start, unit)
                continue
            context.skip_frame = NEVER_NEEDED if self._restless(at) else self._skip
            yield from self._shown(_decoded(context, packet), start, unit)
        if left_out:
            self.skipped.append(Stretch(self._last, end))

    def _restless(self, at: float) -> bool:
        while self._bursts and self._bursts[0] < at - RESTLESS:
            self._bursts.pop(0)
        burst = bool(self._bursts) and self._bursts[0] <= at + RESTLESS
        return burst or self._flashes(at)

    def _shown(self, frames: list[av.VideoFrame], start: int, unit: Fraction) -> Iterator[Picture]:
        for frame in frames:
            if frame.pts is not None:
                self._clocks.decoded += 1
                self._clocks.fields += frame.interlaced_frame
                self._last = float((frame.pts - start) * unit)
                yield Picture(frame, self._last)

    def _leaves(self, number: int, at: float) -> bool:
        """Whether the rest of the group, from the packet of this moment on, is left out."""
        group = self._groups[max(0, number)]
        if group.whole or at <= group.until:
            return False
        group.until = max(group.until, self._further(group))
        return not group.whole and at > group.until


def _leave_out_others(source: InputContainer, stream: av.VideoStream) -> None:
    """Sound has been heard: it is not even read."""
    for other in source.streams:
        if other is not stream:
            other.discard = Discard.all


def _decoded(
    context: av.VideoCodecContext, packet: "av.Packet[av.VideoStream] | None"
) -> list[av.VideoFrame]:
    """A packet that is broken gives no picture; what follows may. None: what is held back."""
    try:
        return context.decode(packet)
    except (av.error.FFmpegError, EOFError):
        return []
