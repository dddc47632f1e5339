"""A film as its boxes describe it: container, tracks, durations, what is missing.

Only the boxes are read, never the pictures. `frontend/src/media/film.ts` is this module's twin.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from paike.media.rules import sample_entries, signatures
from paike.media.rules.boxes import (
    MAX_BOXES,
    MAX_INDEX,
    BoxFault,
    Cut,
    Reader,
    child,
    children,
    header,
    rows,
)

FIRST_BOXES = {"ftyp", "moov", "mdat", "wide", "free", "skip", "pnot", "styp"}
UNKNOWN_32, UNKNOWN_64 = 2**32 - 1, 2**64 - 1
TURNS = {(1, 0, 0, 1): 0, (0, 1, -1, 0): 90, (-1, 0, 0, -1): 180, (0, -1, 1, 0): 270}
ODD_MATRIX = -1


@dataclass(frozen=True)
class Track:
    """One track. `shown_ms`: how long it plays, edit lists applied; `media_ms`: what is stored."""

    kind: str  # video, audio, other
    shown_ms: int
    media_ms: int
    edits: int  # stretches of media that are shown
    rotation: int  # degrees clockwise; ODD_MATRIX for mirrors and slants
    outside: bool  # its samples are said to lie in another file
    video: sample_entries.VideoEntry | None = None
    audio: sample_entries.AudioEntry | None = None


@dataclass(frozen=True)
class Film:
    """The whole file. `missing`: bytes that its boxes promise and the file does not have."""

    container: str  # mp4, mov, 3gp
    size: int
    missing: int
    faststart: bool
    fragmented: bool
    movie_ms: int
    tracks: tuple[Track, ...]

    def of(self, kind: str) -> tuple[Track, ...]:
        return tuple(track for track in self.tracks if track.kind == kind)

    @property
    def shown_ms(self) -> int:
        """How long the film plays: its longest picture or sound track."""
        return max((t.shown_ms for t in self.tracks if t.kind != "other"), default=0)


@dataclass
class _Fragments:
    """Durations found in movie fragments, in ticks, by track number."""

    defaults: dict[int, int] = field(default_factory=dict)
    ticks: dict[int, int] = field(default_factory=dict)


def read(reader: Reader) -> Film:
    """Read a film's boxes. Raises BoxFault: `empty`, `not-mp4` (with `found`), `no-index`, `cut`
    (the index itself is incomplete), `broken`."""
    _look_at_start(reader)
    container, index, faststart, missing = "mov", None, False, 0
    data_seen, fragments = False, []
    for kind, offset, content, end in _top_level(reader):
        missing = max(missing, end - reader.size)
        if kind == "ftyp":
            container = _container(_load(reader, offset, content, end))
        elif kind == "moov" and index is None:
            index, faststart = _load(reader, offset, content, end), not data_seen
        elif kind == "mdat":
            data_seen = True
        elif kind == "moof" and end <= reader.size:
            fragments.append((offset, content, end))
    if index is None:
        raise BoxFault("no-index", reader.size)
    found = _Fragments(defaults=_fragment_defaults(index))
    for place in fragments:
        _add_fragment(_load(reader, *place), found)
    fragmented = bool(fragments) or child(index, "mvex") is not None
    movie = child(index, "mvhd")
    scale, ticks = _clock(movie) if movie is not None else (0, 0)
    return Film(
        container=container,
        size=reader.size,
        missing=missing,
        faststart=faststart,
        fragmented=fragmented,
        movie_ms=_ms(ticks, scale),
        tracks=tuple(_track(t, scale, found) for kind, t in children(index) if kind == "trak"),
    )


def _look_at_start(reader: Reader) -> None:
    if reader.size == 0:
        raise BoxFault("empty", 0)
    first = reader.read(0, 512)
    if Cut(first.ljust(8, b"?")).word(4) not in FIRST_BOXES:
        raise BoxFault("not-mp4", 0, signatures.name(first))


def _top_level(reader: Reader) -> Iterator[tuple[str, int, int, int]]:
    """Type, start, start of the content and end of each box; the last may end beyond the file."""
    at = 0
    for _ in range(MAX_BOXES):
        if at + 8 > reader.size:
            return
        box = header(Cut(reader.read(at, 16), at), limit=reader.size)
        yield box.kind, box.offset, box.offset + box.header, box.end
        at = box.end
    raise BoxFault("broken", at)


def _load(reader: Reader, offset: int, content: int, end: int) -> Cut:
    if end > reader.size:
        raise BoxFault("cut", offset)
    if end - content > MAX_INDEX:
        raise BoxFault("broken", offset)
    return Cut(reader.read(content, end - content), content)


def _container(ftyp: Cut) -> str:
    brand = ftyp.word(0)
    if brand == "qt  ":
        return "mov"
    return "3gp" if brand.startswith(("3gp", "3g2")) else "mp4"


def _clock(box: Cut) -> tuple[int, int]:
    """Time scale and duration of an `mvhd` or `mdhd`; an unknown duration is 0."""
    if box.number(0, 1) == 1:
        scale, ticks = box.number(20, 4), box.number(24, 8)
        return scale, 0 if ticks == UNKNOWN_64 else ticks
    scale, ticks = box.number(12, 4), box.number(16, 4)
    return scale, 0 if ticks == UNKNOWN_32 else ticks


def _ms(ticks: int, scale: int) -> int:
    return ticks * 1000 // scale if scale else 0


def _track(track: Cut, movie_scale: int, fragments: _Fragments) -> Track:
    head, media = child(track, "tkhd"), child(track, "mdia")
    if head is None or media is None:
        raise BoxFault("broken", track.start)
    media_head, handler, info = child(media, "mdhd"), child(media, "hdlr"), child(media, "minf")
    if media_head is None or handler is None or info is None:
        raise BoxFault("broken", media.start)
    samples = child(info, "stbl")
    if samples is None:
        raise BoxFault("broken", info.start)
    scale, ticks = _clock(media_head)
    number = head.number(20 if head.number(0, 1) == 1 else 12, 4)
    ticks = max(ticks, _sample_ticks(samples), fragments.ticks.get(number, 0))
    shown, edits = _edits(child(track, "edts"), movie_scale)
    media_ms = _ms(ticks, scale)
    kind = {"vide": "video", "soun": "audio"}.get(handler.word(8), "other")
    description = child(samples, "stsd")
    if kind != "other" and description is None:
        raise BoxFault("broken", samples.start)
    return Track(
        kind=kind,
        shown_ms=shown or media_ms,
        media_ms=media_ms,
        edits=edits,
        rotation=_rotation(head),
        outside=_is_outside(info),
        video=sample_entries.video(description) if kind == "video" and description else None,
        audio=sample_entries.audio(description) if kind == "audio" and description else None,
    )


def _is_outside(info: Cut) -> bool:
    data = child(info, "dinf")
    references = child(data, "dref") if data is not None else None
    if references is None:
        return False
    return any(not box.number(1, 3) & 1 for _, box in children(references.after(8)))


def _sample_ticks(samples: Cut) -> int:
    """The sum of all sample durations: it can't be talked smaller by a header."""
    times = child(samples, "stts")
    if times is None:
        return 0
    return sum(row.number(0, 4) * row.number(4, 4) for row in rows(times, 4, 8))


def _edits(box: Cut | None, movie_scale: int) -> tuple[int, int]:
    """How long the edit list plays in ms (0: there is none, or it leaves the length open), and of
    how many stretches of media it is made."""
    edits = child(box, "elst") if box is not None else None
    if edits is None:
        return 0, 1
    long = edits.number(0, 1) == 1
    width, total, stretches = (20 if long else 12), 0, 0
    for row in rows(edits, 4, width):
        total += row.number(0, 8 if long else 4)
        empty = row.number(8, 8) == UNKNOWN_64 if long else row.number(4, 4) == UNKNOWN_32
        stretches += 0 if empty else 1
    return _ms(total, movie_scale), max(stretches, 1)


def _rotation(head: Cut) -> int:
    at = 52 if head.number(0, 1) == 1 else 40
    one = 1 << 16
    matrix = [head.signed(at + place) for place in (0, 4, 12, 16)]
    if any(value % one for value in matrix):
        return ODD_MATRIX
    a, b, c, d = (value // one for value in matrix)
    return TURNS.get((a, b, c, d), ODD_MATRIX)


def _fragment_defaults(index: Cut) -> dict[int, int]:
    extends = child(index, "mvex")
    if extends is None:
        return {}
    return {
        box.number(4, 4): box.number(12, 4) for kind, box in children(extends) if kind == "trex"
    }


def _add_fragment(fragment: Cut, found: _Fragments) -> None:
    for kind, track in children(fragment):
        head = child(track, "tfhd") if kind == "traf" else None
        if head is None:
            continue
        flags, number = head.number(1, 3), head.number(4, 4)
        default = found.defaults.get(number, 0)
        if flags & 0x08:
            default = head.number(8 + (8 if flags & 0x01 else 0) + (4 if flags & 0x02 else 0), 4)
        runs = [box for name, box in children(track) if name == "trun"]
        ticks = sum(_run_ticks(run, default) for run in runs)
        found.ticks[number] = found.ticks.get(number, 0) + ticks


def _run_ticks(run: Cut, default: int) -> int:
    flags, count = run.number(1, 3), run.number(4, 4)
    if not flags & 0x100:
        return count * default
    width = 4 * sum(bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800))
    first = 8 + (4 if flags & 0x01 else 0) + (4 if flags & 0x04 else 0)
    if first + count * width > len(run):
        raise BoxFault("broken", run.start)
    return sum(run.number(first + sample * width, 4) for sample in range(count))
