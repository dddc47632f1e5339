"""The short test playback: does the film decode at its start, middle and end, at its own size?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

import av
from av.container import InputContainer

from paike.media.rules import texts
from paike.media.rules.report import Verdict

MICROSECONDS = 1_000_000
POSITIONS = (0.0, 0.5, 1.0)
FRAMES = 6  # that others refer to, per position; at the end up to the last
LAST_FRAMES = 400
SOUND_FRAMES = 40  # about a second of AAC
# Bytes at a time: sound and picture lie side by side, and each step from one to the other reads anew.
READ = 32 * 1024
# Names of FFmpeg's decoders for the codecs a rulebook may name; no other is ever opened.
DECODERS = ("h264", "hevc", "aac", "mpeg4", "vp9", "av1", "mp3")
ASKED_FOR = ",".join((*DECODERS, "libdav1d", "mp3float"))  # some go by other names there
# And what phones and editors put into MOV besides, which only a conversion reads.
CONVERTED = ("pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_f32le", "alac", "opus")


class OffTheList(ValueError):
    """A track has a codec that is never decoded."""


class _Broken(Exception):
    """The picture does not decode near this second."""

    def __init__(self, second: float) -> None:
        super().__init__(f"near {second:.1f} s")
        self.second = second


def open_film(film: IO[bytes], *, besides: Sequence[str] = ()) -> InputContainer:
    """The film in PyAV: always the MP4 demuxer, no protocols, the decoders of the list only and those
    named `besides`. Raises OffTheList, and FFmpeg's errors."""
    allowed = (*DECODERS, *besides)
    film.seek(0)
    source = av.open(
        film,
        "r",
        format="mov",
        options={
            "codec_whitelist": ",".join((ASKED_FOR, *besides)),
            "protocol_whitelist": "none",
            "enable_drefs": "0",
        },
        buffer_size=READ,
        metadata_errors="replace",
    )
    for stream in [*source.streams.video, *source.streams.audio]:
        # FFmpeg keeps to its own list only while it looks for the streams, so ours is asked again.
        context = stream.codec_context  # None where this FFmpeg has no decoder at all
        if context is None or context.codec.canonical_name not in allowed:
            source.close()
            raise OffTheList
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
        # What nothing refers to, and smooth edges, are no question of whether it plays.
        stream.codec_context.skip_frame = "NONREF"
        stream.codec_context.options = {"skip_loop_filter": "all"}
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
