"""The signature of a film: a hash of its picture four times a second, of its sound eight. Taken from the 360-line copy,
of which every frame is decoded for a quarter of what the original would cost; turned upright and in
square pixels already, so that all films are looked at alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import IO, Any

import av
import numpy
from av.container import InputContainer

from paike.media.adapters.sandbox import decoding
from paike.media.adapters.sandbox.packets import NEVER_NEEDED
from paike.media.adapters.sandbox.probes.picture import Picture
from paike.media.rules.resemblance import picture_hash, signature, sound_hash

MOST = 4 * 60 * 60  # pictures: an hour
ENOUGH = 0.02  # seconds by which a picture may come early


def sign(
    film: IO[bytes],
    outputs: Sequence[int],
    arguments: Mapping[str, Any],
    progress: Callable[[int], None],
) -> dict[str, Any]:
    """The answer has the `signature` in hexadecimal digits."""
    found: list[tuple[float, int]] = []
    due, last = 0.0, 0.0
    with decoding.open_film(film) as source:
        stream = source.streams.video[0]
        stream.codec_context.skip_frame = NEVER_NEEDED
        start, unit = stream.start_time or 0, stream.time_base or Fraction(1, 1000)
        for frame in source.decode(stream):
            if frame.pts is None:
                continue
            last = float((frame.pts - start) * unit)
            if last < due - ENOUGH:
                continue
            due = max(due + signature.EVERY, last)
            number = picture_hash.of_picture(Picture(frame, last).luma)
            if number is not None:
                found.append((last, number))
            if len(found) >= MOST:
                break
    progress(90)
    sound = _sound(film)
    seconds = max(last, len(sound) / sound_hash.RATE)
    made = signature.of(seconds, found, sound_hash.of_sound(sound))
    progress(100)
    return {"signature": made.to_bytes().hex()}


def _sound(film: IO[bytes]) -> sound_hash.Samples:
    """The film's sound as the hashes want it; of a damaged one as much as can be read."""
    rate = sound_hash.RATE
    samples = numpy.zeros(0, numpy.float32)
    with decoding.open_film(film) as source:
        if not source.streams.audio:
            return samples
        narrow = av.AudioResampler(format="flt", layout="mono", rate=rate)
        parts: list[sound_hash.Samples] = []
        count = 0
        for frame in _frames(source):
            if not parts and frame.time:
                parts.append(numpy.zeros(round(max(0.0, frame.time) * rate), numpy.float32))
            for one in narrow.resample(frame):
                parts.append(one.to_ndarray()[0].astype(numpy.float32))
                count += one.samples
            if count >= MOST // 4 * rate:
                break
    return numpy.concatenate([samples, *parts])


def _frames(source: InputContainer) -> Iterator[av.AudioFrame]:
    try:
        yield from source.decode(source.streams.audio[0])
    except av.error.FFmpegError:
        return
