"""A draft of captions from what the full inspection read in the picture and heard."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from paike.media.rules import captions
from paike.media.rules.captions import Cue, Row

LEAST_MS = 400  # shorter ones flash by unread
UNREAD_MS = 1200  # speech without words that is worth a row of its own


def draft(readings: Mapping[str, Any]) -> tuple[Row, ...]:
    """A row per subtitle that was read, in the order of their starts, none over the next; and an
    empty row where somebody speaks and nothing was read, for an editor to fill."""
    lines = sorted(readings.get("subtitles", ()), key=lambda one: (one["start"], one["end"]))
    read = list(_apart([(int(o["start"]), int(o["end"]), str(o["text"])) for o in lines]))
    spoken = [(int(o["start"]), int(o["end"])) for o in readings.get("speech", ())]
    bare = [(start, end, "") for start, end in spoken if _is_bare(start, end, read)]
    return tuple(
        Row(captions.moment(start), captions.moment(end), words)
        for start, end, words in sorted([*read, *bare])
    )


def rows_of(cues: Sequence[Cue]) -> tuple[Row, ...]:
    """Captions that are there already, as rows."""
    return tuple(
        Row(captions.moment(cue.start), captions.moment(cue.end), "\n".join(cue.lines))
        for cue in cues
    )


def _apart(lines: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Each ends when the next begins, at the latest; the same words twice in a row are one."""
    held: tuple[int, int, str] | None = None
    for start, end, words in lines:
        if held is not None and words == held[2] and start - held[1] <= LEAST_MS:
            held = (held[0], max(end, held[1]), words)
            continue
        if held is not None:
            yield held[0], max(held[0] + 1, min(held[1], start)), held[2]
        held = (start, max(end, start + LEAST_MS), words)
    if held is not None:
        yield held


def _is_bare(start: int, end: int, read: Sequence[tuple[int, int, str]]) -> bool:
    covered = sum(max(0, min(end, o) - max(start, s)) for s, o, _ in read)
    return end - start >= UNREAD_MS and covered * 2 < end - start
