"""A film at one glance: small pictures from its whole length in one JPEG, and the WebVTT track that
tells a player which part of it belongs to which moment."""

from dataclasses import dataclass

from paike.media.rules.captions import timestamp

ACROSS, DOWN = 10, 4
COUNT = ACROSS * DOWN


@dataclass(frozen=True)
class Part:
    """A small picture within the large one, in its pixels."""

    left: int
    top: int
    width: int
    height: int


def part(number: int, *, width: int, height: int) -> Part:
    """The place of a small picture, counted from 0, in a large one of `width` x `height` pixels."""
    wide, high = width // ACROSS, height // DOWN
    return Part(number % ACROSS * wide, number // ACROSS * high, wide, high)


def number_at(at: int, *, ms: int) -> int:
    """Which small picture shows the moment `at` of a film, both in milliseconds."""
    return min(max(at, 0) * COUNT // max(ms, 1), COUNT - 1)


def track(*, address: str, width: int, height: int, ms: int) -> str:
    """WebVTT with a cue per small picture: the address of the whole picture (`width` x `height`
    pixels) with a media fragment `#xywh=` for its part. Each cue is the fortieth of the film (`ms`
    long) in whose middle its picture was taken."""
    cues = []
    for number in range(COUNT):
        start, end = (ms * edge // COUNT for edge in (number, number + 1))
        if end <= start:
            continue  # a film shorter than forty milliseconds
        one = part(number, width=width, height=height)
        place = f"{one.left},{one.top},{one.width},{one.height}"
        cues.append(f"{timestamp(start)} --> {timestamp(end)}\n{address}#xywh={place}")
    return "\n\n".join(["WEBVTT", *cues]) + "\n"
