"""Every packet of the picture, noted while the sound is read; nothing is decoded for it. They tell
what has to be decoded and what a decoder may leave out.

Pictures that no other refers to are never needed; in many films none of the pictures between (B) is.
"""

from fractions import Fraction
from typing import Literal

import av
import numpy
from av.container import InputContainer

from paike.media.adapters.sandbox.planning import Packet
from paike.media.adapters.sandbox.probes.timing import Clocks
from paike.media.rules.references import References

Skip = Literal["NONREF", "BIDIR"]
NEVER_NEEDED: Skip = "NONREF"
APART = 0.21  # seconds: the probes need pictures that near to each other
MOST = 0.8  # of them


class Packets:
    """Notes the packets of one stream, in decoding order."""

    def __init__(self, clocks: Clocks) -> None:
        self.found: list[Packet] = []
        self.codec = ""
        self._references: References | None = None  # of H.264 only
        self._staying: list[float] = []
        self._clocks = clocks

    def note_all(self, source: InputContainer) -> None:
        """Of a film without sound."""
        for packet in source.demux(source.streams.video[0]):
            self.note(packet)

    def note(self, packet: "av.Packet[av.VideoStream]") -> None:
        if packet.pts is None or not packet.size:
            return
        stream = packet.stream
        if not self.found:
            self._begin(stream.codec_context)
        start, unit = stream.start_time or 0, stream.time_base or Fraction(1, 1000)
        shown = packet.pts - start
        self._clocks.picture(shown, packet.duration or 0, unit)
        at = shown * unit.numerator / unit.denominator
        self.found.append(Packet(at, packet.size, packet.is_keyframe))
        if self._references is not None and self._references.see(memoryview(packet)):
            self._staying.append(at)

    @property
    def skip(self) -> Skip:
        """What the decoder may leave out without harm to the pictures that are looked at."""
        if self._references is None or not self._references.plain or len(self._staying) < 2:
            return NEVER_NEEDED
        gaps = numpy.diff(numpy.sort(self._staying))
        return "BIDIR" if float(numpy.quantile(gaps, MOST)) <= APART else NEVER_NEEDED

    def _begin(self, context: av.VideoCodecContext) -> None:
        self.codec = context.name
        if self.codec == "h264":
            self._references = References(context.extradata or b"")
