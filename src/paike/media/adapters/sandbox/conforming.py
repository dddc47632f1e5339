"""Converting a film that is wrong in form only: the whole picture, letterboxed where it must be, at a
steady rate, within the size limit, and beside it a small copy of how it was, for comparing.

At most three passes over the source. The first has a constant quality and usually suffices. Where
its file is too large, the second has the quality that the first one's size calls for, and the third
can't exceed the limit: its rate is held. (x264's own two passes need a file of statistics, and the
jail opens no files.)
"""

import math
import os
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import IO, Any

import av
from av.container import InputContainer

from paike.campaigns.rules.rulebook import FilmRules
from paike.media.adapters.sandbox import decoding
from paike.media.adapters.sandbox.filming import Frames, Source
from paike.media.adapters.sandbox.writing import Encoding, Film
from paike.media.rules import conforming as rules

QUALITY = 18.0  # x264's constant rate factor: hardly to be told from the source
WORST = 40.0
HALVED_BY = 6.0  # a rate factor higher by so much halves the bits
PRESET, PREVIEW_PRESET = "fast", "superfast"
PREVIEW_SIDE, PREVIEW_QUALITY = 360, 26.0
SOUND_RATE = 48_000
PASSES = 3
UNEVEN = 1.5  # a step so many times the usual one: a picture was left out


def conform(
    film: IO[bytes],
    outputs: Sequence[int],
    arguments: Mapping[str, Any],
    progress: Callable[[int], None],
) -> dict[str, Any]:
    """Arguments: `limits` (the rulebook's film rules). Outputs: the converted film, and the small
    copy of how it was. The answer says what was made, from what, in how many passes."""
    limits = FilmRules.model_validate(arguments["limits"])
    source = _look(film)
    target = rules.target(source.picture, limits)
    with decoding.open_film(film, besides=decoding.CONVERTED) as opened:
        sound = bool(opened.streams.audio)
    budget = rules.bits(limits, source.seconds, sound=sound)
    quality, passes = QUALITY, 0
    for passes in range(1, PASSES + 1):
        held = passes == PASSES
        encoding = Encoding(PRESET, quality, most=budget if held else 2 * budget, held=held)
        pictures = _pass(
            film,
            source,
            target,
            [Film(outputs[0], target.width, target.height, target.aspect, target.rate, encoding)],
            outputs[1] if passes == 1 else None,
            lambda share, n=passes: progress(_percent(n, share)),  # type: ignore[misc] # mypy can't infer a default in a lambda
        )
        size = os.fstat(outputs[0]).st_size
        if size <= limits.size_max * rules.KEPT_FREE or held:
            break
        over = size / float(limits.size_max * rules.KEPT_FREE)
        quality = min(WORST, quality + HALVED_BY * math.log2(over) + 1)
        os.ftruncate(outputs[0], 0)
        os.lseek(outputs[0], 0, os.SEEK_SET)
    return {
        "passes": passes,
        "pictures": pictures,
        "rate": _ratio(target.rate),
        "rate_before": round(source.average, 2),
        "rotation": source.picture.rotation,
        "letterboxed": target.letterboxed,
        "hdr": source.hdr,
        "interlaced": source.interlaced,
    }


def _percent(passes: int, share: float) -> int:
    """The first pass is most of the way, as the others are seldom needed."""
    start, part = ((0, 70), (70, 15), (85, 14))[passes - 1]
    return int(start + part * share)


def _ratio(rate: Fraction) -> str:
    return f"{rate.numerator}/{rate.denominator}"


def _look(film: IO[bytes]) -> Source:
    with decoding.open_film(film, besides=decoding.CONVERTED) as source:
        stream = source.streams.video[0]
        first = next(source.decode(stream))
        picture = rules.Picture(
            width=first.width,
            height=first.height,
            aspect=Fraction(stream.sample_aspect_ratio or 1),
            rotation=-first.rotation % 360,
            rate=_usual_rate(film) or Fraction(stream.average_rate or 25),
        )
        return Source(
            picture,
            average=float(stream.average_rate or 25),
            seconds=(source.duration or 0) / decoding.MICROSECONDS,
            transfer=int(first.color_trc),
            interlaced=bool(first.interlaced_frame),
        )


def _usual_rate(film: IO[bytes]) -> Fraction | None:
    """Pictures a second by the usual (median) step from one to the next, where steps differ. In the
    dark a phone leaves pictures out, and a screen recording stands still: the average says 20 of a
    film of 30, and at 20 it would stutter. None where the average is right."""
    with decoding.open_film(film, besides=decoding.CONVERTED) as source:
        stream = source.streams.video[0]
        stamps = sorted(one.pts for one in source.demux(stream) if one.pts is not None)
        steps = sorted(late - early for early, late in pairwise(stamps) if late > early)
        if not steps or stream.time_base is None:
            return None
        usual = steps[len(steps) // 2]
        uneven = steps[-1] > usual * UNEVEN
        return 1 / (usual * stream.time_base) if uneven else None


def _pass(
    film: IO[bytes],
    source: Source,
    target: rules.Target,
    films: list[Film],
    preview: int | None,
    progress: Callable[[float], None],
) -> int:
    """Decode the film once into the copy and, where asked for, the preview; how many pictures."""
    sizes = [(target.width, target.height, target.inner)]
    if preview is not None:
        width, height = _small(source.picture)
        small = Encoding(PREVIEW_PRESET, PREVIEW_QUALITY)
        films = [*films, Film(preview, width, height, Fraction(1), target.rate, small)]
        sizes.append((width, height, (width, height)))
    with decoding.open_film(film, besides=decoding.CONVERTED) as opened:
        frames = Frames(opened.streams.video[0], source, target.rate, sizes)
        heard = next(iter(opened.streams.audio), None)
        if heard is not None:
            for one in films:
                one.add_sound(SOUND_RATE, "stereo" if heard.channels > 1 else "mono")
        return _decode(opened, frames, films, source.seconds, progress)


def _small(picture: rules.Picture) -> tuple[int, int]:
    width, height = picture.shown
    scale = min(Fraction(1), PREVIEW_SIDE / min(width, height))
    return rules.even(width * scale), rules.even(height * scale)


def _decode(
    opened: InputContainer,
    frames: Frames,
    films: Sequence[Film],
    seconds: float,
    progress: Callable[[float], None],
) -> int:
    pictures, told = 0, 0.0
    wanted = [*opened.streams.video[:1], *opened.streams.audio[:1]]
    for packet in opened.demux(wanted):
        for frame in _decoded(packet):
            if isinstance(frame, av.AudioFrame):
                for one in films:
                    one.hear(frame)
                continue
            pictures += _show(frames.push(frame), films)
            share = min(1.0, (frame.time or 0) / seconds) if seconds else 0.0
            if share >= told + 0.02:
                told = share
                progress(share)
    pictures += _show(frames.push(None), films)
    for one in films:
        one.close()
    return pictures


def _show(made: Sequence[Sequence[av.VideoFrame]], films: Sequence[Film]) -> int:
    for pictures, one in zip(made, films, strict=True):
        for picture in pictures:
            one.show(picture)
    return len(made[0])


def _decoded(packet: "av.Packet[Any]") -> list[av.AudioFrame | av.VideoFrame]:
    """The packet's frames. One spoilt packet costs its frames, not the film."""
    try:
        return [one for one in packet.decode() if one.pts is not None]
    except av.error.InvalidDataError:
        return []
