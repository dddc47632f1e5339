"""The sound of a film decoded once: for its levels, and for the speech in it."""

from typing import IO, cast

import av
import numpy
from av.audio.plane import AudioPlane
from av.container import InputContainer

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.adapters.sandbox import decoding, models
from paike.media.adapters.sandbox.packets import Packets
from paike.media.adapters.sandbox.probes import speech
from paike.media.adapters.sandbox.probes.loudness import Samples
from paike.media.adapters.sandbox.probes.sound import Listener, together
from paike.media.adapters.sandbox.probes.timing import Clocks
from paike.media.rules.measured import Sound, Stretch

OF_SPEECH = ("noise", "subtitles")
MOST_RATE = 48_000
AT_ONCE = 4  # seconds


def listen(
    film: IO[bytes], limits: FilmChecks, clocks: Clocks, packets: Packets | None = None
) -> tuple[Sound | None, tuple[Stretch, ...] | None]:
    """What is heard, and when somebody speaks (None where nobody listened for it). The `packets` of
    the picture that lie between those of the sound are noted."""
    detector = models.speech() if any(getattr(limits, name).on for name in OF_SPEECH) else None
    with decoding.open_film(film) as source:
        if not source.streams.audio:
            if packets is not None:
                packets.note_all(source)
            return None, () if detector else None
        return _listen(source, detector, clocks, packets)


def _listen(
    source: InputContainer,
    detector: speech.Detector | None,
    clocks: Clocks,
    packets: Packets | None,
) -> tuple[Sound | None, tuple[Stretch, ...] | None]:
    stream = source.streams.audio[0]
    both: list[av.AudioStream | av.VideoStream] = [stream]
    if packets is not None:
        both.append(source.streams.video[0])
    rate = min(stream.rate or MOST_RATE, MOST_RATE)
    layout = "mono" if stream.channels == 1 else "stereo"
    ears = _Ears(rate, layout, detector is not None)
    for packet in source.demux(both):
        if packets is not None and packet.stream.type == "video":
            packets.note(cast("av.Packet[av.VideoStream]", packet))
            continue
        for frame in _decoded(cast("av.Packet[av.AudioStream]", packet)):
            clocks.sound((frame.time or 0.0) + frame.samples / frame.sample_rate)
            ears.hear(frame)
    listener, voice = ears.done()
    if detector is None:
        return listener.sound(), None
    samples = numpy.concatenate(voice) if voice else numpy.zeros(0, dtype=numpy.float32)
    return listener.sound(), speech.stretches(detector.chances(samples))


class _Ears:
    """Brings the sound into rows of floats, and once more into what the detector of speech takes;
    some seconds at a time, for every call costs more than its samples."""

    def __init__(self, rate: int, layout: str, voiced: bool) -> None:
        self._rate, self._layout, self._voiced = rate, layout, voiced
        self._plain = av.AudioResampler(format="fltp", layout=layout, rate=rate)
        self._narrow = av.AudioResampler(format="flt", layout="mono", rate=speech.RATE)
        self._listener = Listener(rate, 1 if layout == "mono" else 2)
        self._held: list[list[Samples]] = []  # of each frame its channels
        self._count = 0
        self._voice: list[Samples] = []

    def hear(self, frame: av.AudioFrame) -> None:
        ready = frame.format.name == "fltp" and frame.sample_rate == self._rate
        if not (ready and frame.layout.name == self._layout):
            for one in self._plain.resample(frame):
                self._hold(one)
        else:
            self._hold(frame)

    def done(self) -> tuple[Listener, list[Samples]]:
        self._pass_on()
        return self._listener, self._voice

    def _hold(self, frame: av.AudioFrame) -> None:
        self._held.append([_floats(plane, frame.samples) for plane in frame.planes])
        self._count += frame.samples
        if self._count >= AT_ONCE * self._rate:
            self._pass_on()

    def _pass_on(self) -> None:
        if not self._held:
            return
        block = numpy.stack([numpy.concatenate(parts) for parts in zip(*self._held, strict=True)])
        self._held, self._count = [], 0
        self._listener.hear(block)
        if self._voiced:
            frame = av.AudioFrame.from_ndarray(together(block)[None], format="fltp", layout="mono")
            frame.sample_rate = self._rate
            for one in self._narrow.resample(frame):
                self._voice.append(_floats(one.planes[0], one.samples))


def _floats(plane: AudioPlane, count: int) -> Samples:
    """The samples of a plane of floats, in the frame's own memory, which they keep."""
    return numpy.frombuffer(memoryview(plane), numpy.float32, count)


def _decoded(packet: "av.Packet[av.AudioStream]") -> list[av.AudioFrame]:
    try:
        return packet.decode()
    except (av.error.FFmpegError, EOFError):
        return []
