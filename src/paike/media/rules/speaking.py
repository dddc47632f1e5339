"""Speech in parts, and the words that were read while it was heard."""

from collections.abc import Sequence
from dataclasses import replace

from paike.media.rules import stretches
from paike.media.rules.measured import Line, Stretch, Words

SHORTEST = 0.6  # seconds: shorter calls and coughs need no subtitle
PIECE = 2.5  # seconds: in longer speech the words change
EARLY = 0.5  # seconds into a part
BEFORE_END = 0.5  # seconds a part must go on after the moment it is looked at
ROOM = 0.35  # seconds around the moment at which a part was looked at


def pieces(speech: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The parts of the speech, none longer than people read one subtitle."""
    long = [one for one in speech if stretches.length(one) >= SHORTEST]
    return tuple(stretches.pieces(long, longest=PIECE))


def moments(parts: Sequence[Stretch], keys: Sequence[float]) -> tuple[float, ...]:
    """When each part is looked at: subtitles are there soon after the voice and stay till its end;
    the sooner, the less has to be decoded, and least where a key picture lies inside the part."""
    found = []
    for part in parts:
        soon = part.start + min(EARLY, stretches.length(part) / 2)
        inside = [key for key in keys if soon < key <= part.end - BEFORE_END]
        found.append(inside[0] if inside else soon)
    return tuple(found)


def fitted(words: Words, parts: Sequence[Stretch], looked: Sequence[float]) -> Words:
    """Subtitles are looked at once in each part of the speech, at the moments `looked`. Words that stood there are
    taken to have stood from its beginning to its end, but not over those before and after."""
    lines = sorted(words.subtitles, key=lambda line: line.start)
    found: list[Line] = []
    for line in lines:
        heard = [
            part
            for part, at in zip(parts, looked, strict=True)
            if line.start <= at + ROOM and line.end >= at - ROOM
        ]
        start = min([line.start, *(part.start for part in heard)])
        end = max([line.end, *(part.end for part in heard)])
        if found and found[-1].end > start:
            start = min(line.start, max(start, found[-1].end))
            found[-1] = replace(found[-1], end=max(found[-1].start, min(found[-1].end, start)))
        found.append(replace(line, start=start, end=end))
    return replace(words, subtitles=tuple(found))
