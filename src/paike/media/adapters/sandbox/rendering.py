"""Making what people see of a film: two films, posters to choose from and a storyboard, in one
decoding pass over the picture; before it the sound is heard once, for its loudness."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import IO, Any

import av
from av.container import InputContainer

from paike.media.adapters.sandbox import decoding, posters
from paike.media.adapters.sandbox.copies import HEIGHTS, Copy, Shape
from paike.media.adapters.sandbox.levelling import Levelling, heard
from paike.media.adapters.sandbox.storyboards import Storyboard

POSTERS = ("poster", *(f"poster-{number}" for number in range(2, posters.POSTERS + 1)))
TURNS = {90: ("clock",), 180: ("hflip", "vflip"), 270: ("cclock",)}
MAX_RATE = 48000
USUAL_RATE = Fraction(25)


class Upright:
    """Turns frames as the container's matrix says; costs nothing for a film that stands upright."""

    def __init__(self, stream: av.VideoStream, rotation: int) -> None:
        self._graph: Any = None
        if rotation not in TURNS:
            return
        self._graph = av.filter.Graph()
        self._graph.threads = 1
        last = self._graph.add_buffer(template=stream)
        for turn in TURNS[rotation]:
            name, _, direction = ("transpose", "", turn) if "clock" in turn else (turn, "", "")
            step = self._graph.add(name, direction or None)
            last.link_to(step)
            last = step
        last.link_to(self._graph.add("buffersink"))
        self._graph.configure()

    def turn(self, frame: av.VideoFrame) -> av.VideoFrame:
        if self._graph is None:
            return frame
        self._graph.push(frame)
        turned: av.VideoFrame = self._graph.pull()
        return turned


class Sound:
    """The sound, encoded once and written into every copy."""

    def __init__(
        self, stream: av.AudioStream, copies: Sequence[Copy], levelling: Levelling
    ) -> None:
        layout = "stereo" if stream.channels > 1 else "mono"
        self._encoder = copies[0].encode_sound(min(stream.rate, MAX_RATE), layout)
        self._copies, self._levelling = copies, levelling
        self._tracks = [copy.add_sound(self._encoder) for copy in copies[1:]]

    def write(self, frame: av.AudioFrame | None) -> None:
        for levelled in self._levelling.push(frame):
            self._encode(levelled)
        if frame is None:
            self._encode(None)

    def _encode(self, frame: av.AudioFrame | None) -> None:
        for packet in self._encoder.encode(frame):
            for copy, track in zip(self._copies[1:], self._tracks, strict=True):
                copy.mux(_same(packet, track))
            self._copies[0].mux(packet)


class Progress:
    """Tells how far the pass is, in percent, when it has moved."""

    def __init__(self, seconds: float, tell: Callable[[int], None]) -> None:
        self._seconds, self._tell, self._told = seconds, tell, 0

    def at(self, second: float | None) -> None:
        percent = int(min((second or 0) / self._seconds, 0.99) * 100) if self._seconds else 0
        if percent >= self._told + 5:
            self._told = percent
            self._tell(percent)


def render(
    film: IO[bytes], outputs: Sequence[int], *, preset: str, progress: Callable[[int], None]
) -> dict[str, Any]:
    """Write both films, the posters and the storyboard to `outputs`; returns {kind: [width,
    height]}."""
    levelling = Levelling(*heard(film))
    with decoding.open_film(film) as source:
        video = source.streams.video[0]
        rotation = -next(source.decode(video)).rotation % 360
        source.seek(0)
        shape, rate = Shape(video, rotation), video.average_rate or USUAL_RATE
        copies = [
            Copy(output, height, shape, preset, rate)
            for output, height in zip(outputs, HEIGHTS, strict=False)
        ]
        sound = Sound(source.streams.audio[0], copies, levelling) if source.streams.audio else None
        seconds = (source.duration or 0) / decoding.MICROSECONDS
        poster = posters.Choice(shape.fit(HEIGHTS[0]), seconds)
        board = Storyboard(shape, seconds)
        _pass(source, Upright(video, rotation), copies, sound, (poster, board), Progress(seconds, progress))  # fmt: skip
    *candidates, last = outputs[len(HEIGHTS) :]
    poster.save(candidates)
    board.save(last)
    sizes = {
        f"film-{height}": [c.width, c.height] for height, c in zip(HEIGHTS, copies, strict=True)
    }
    sizes |= {kind: list(poster.size) for kind in POSTERS[: len(candidates)]}
    return sizes | {"storyboard": list(board.size)}


def _pass(
    source: InputContainer,
    upright: Upright,
    copies: Sequence[Copy],
    sound: Sound | None,
    lookers: Sequence[posters.Choice | Storyboard],
    progress: Progress,
) -> None:
    """Decode everything once and hand it round."""
    wanted = [*source.streams.video[:1], *(source.streams.audio[:1] if sound else [])]
    for packet in source.demux(wanted):
        for frame in _decoded(packet):
            if isinstance(frame, av.AudioFrame):
                if sound is not None:
                    sound.write(frame)
                continue
            _show(upright.turn(frame), copies, lookers)
            progress.at(frame.time)
    if sound is not None:
        sound.write(None)
    for copy in copies:
        copy.write(None)
        copy.close()


def _show(
    picture: av.VideoFrame, copies: Sequence[Copy], lookers: Sequence[posters.Choice | Storyboard]
) -> None:
    for looker in lookers:
        looker.consider(picture)
    for copy in copies:
        copy.write(picture)


def _decoded(packet: "av.Packet[Any]") -> list[av.AudioFrame | av.VideoFrame]:
    """The packet's frames. One spoilt packet costs its frames, as in every player, not the film;
    the gate has already seen that start, middle and end play."""
    try:
        return [f for f in packet.decode() if f.pts is not None and f.pts >= 0]
    except av.error.InvalidDataError:
        return []


def _same(
    packet: "av.Packet[av.AudioStream]", track: av.AudioStream
) -> "av.Packet[av.AudioStream]":
    """The same sound for another file: writing a packet changes its clock, so each has its own."""
    other: Any = av.Packet(bytes(packet))
    other.pts, other.dts, other.duration = packet.pts, packet.dts, packet.duration
    other.time_base, other.stream, other.is_keyframe = packet.time_base, track, packet.is_keyframe
    same: av.Packet[av.AudioStream] = other
    return same
