"""The short test playback: does the film decode at its start, middle and end, at its own size?"""

from collections.abc import Iterator, Mapping
from typing import IO, Any

import av
from av.container import InputContainer

from paike.media.rules import texts
from paike.media.rules.report import Verdict

MICROSECONDS = 1_000_000
POSITIONS = (0.0, 0.5, 1.0)
FRAMES = 12  # per position; at the end up to the last frame
LAST_FRAMES = 400
SOUND_FRAMES = 40  # about a second of AAC
# Names of FFmpeg's decoders for the codecs a rulebook may name; no other is ever opened.
DECODERS = "h264,hevc,aac,mpeg4,vp9,av1,mp3"


class _Broken(Exception):
    """The picture does not decode near this second."""

    def __init__(self, second: float) -> None:
        super().__init__(f"near {second:.1f} s")
        self.second = second


def open_film(film: IO[bytes]) -> InputContainer:
    """The film in PyAV: always the MP4 demuxer, no protocols, the decoders of the list only."""
    film.seek(0)
    source = av.open(
        film,
        "r",
        format="mov",
        options={"codec_whitelist": DECODERS, "protocol_whitelist": "none", "enable_drefs": "0"},
        buffer_size=256 * 1024,
        metadata_errors="replace",
    )
    for stream in [*source.streams.video, *source.streams.audio]:
        stream.codec_context.thread_count = 1  # the jail starts no threads
    return source


def try_playing(film: IO[bytes], facts: Mapping[str, Any]) -> Verdict:
    """The verdict of the rule `decode`. `facts`: of the report, for the size it should have."""
    size = (facts["width"], facts["height"])
    try:
        with open_film(film) as source:
            for position in POSITIONS:
                found = _play(source, position)
                if found != size:
                    return texts.verdict(
                        "decode.other-size",
                        found="{}×{}".format(*found),
                        limit="{}×{}".format(*size),
                        value="{}x{}".format(*found),
                        unit="px",
                    )
    except _Broken as fault:
        return _failed(fault.second)
    except (av.error.FFmpegError, EOFError, ValueError, IndexError):
        return _failed(0)
    if "audio_codec" in facts and not _sounds(film):
        return texts.verdict("decode.sound-failed")
    return texts.verdict("decode.ok")


def _failed(second: float) -> Verdict:
    return texts.verdict("decode.failed", seconds=f"{second:.1f}", value=f"{second:.1f}", unit="s")


def _play(source: InputContainer, position: float) -> tuple[int, int]:
    """Decode some frames from the key frame before `position` (0 to 1); the size they have."""
    stream = source.streams.video[0]
    second = (source.duration or 0) / MICROSECONDS * position
    good = bad = 0
    size = (0, 0)
    try:
        source.seek(int(second * MICROSECONDS), backward=True)
        for frame in _first(source.decode(stream), LAST_FRAMES if position == 1 else FRAMES):
            size = (frame.width, frame.height)
            bad, good = bad + frame.is_corrupt, good + (not frame.is_corrupt)
    except (av.error.FFmpegError, EOFError) as fault:
        raise _Broken(second) from fault
    if good == 0 or bad > good:
        raise _Broken(second)
    return size


def _sounds(film: IO[bytes]) -> bool:
    try:
        with open_film(film) as source:
            return any(True for _ in _first(source.decode(source.streams.audio[0]), SOUND_FRAMES))
    except (av.error.FFmpegError, EOFError, ValueError, IndexError):
        return False


def _first(frames: Iterator[Any], count: int) -> Iterator[Any]:
    for _, frame in zip(range(count), frames, strict=False):
        yield frame
