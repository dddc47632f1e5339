"""The published files of a ballot log, and proofs out of them. All of it is public."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from paike.voting.rules.ballot_log import checkpoints, merkle, notes, proofs, tiles
from paike.voting.rules.ballot_log.tiles import ENTRIES, WIDTH, Tile

CHECKPOINT = "checkpoint"
# Files beside the tiles.
PLAIN = re.compile(r"checkpoint|checkpoint\.witnessed|entries-to|key\.vkey")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class NotThere(Exception):
    """A tile that was named by a checkpoint and is not in the folder."""


def read(slug: str, path: str) -> bytes | None:
    """A file of the log by its path below the log's address; None: no such file. No other file can
    be named. A partial tile that has become full is cut out of the full one."""
    if not SLUG.fullmatch(slug):
        return None
    folder = Path(settings.BALLOT_LOGS) / slug
    if PLAIN.fullmatch(path):
        return _bytes(folder / path)
    tile = tiles.parse(path)
    if tile is None:
        return None
    found = _bytes(folder / path)
    if found is not None or tile.width == WIDTH:
        return found
    whole = _bytes(folder / tile.full.path)
    return None if whole is None else _cut(whole, tile)


def files(slug: str) -> Iterator[tuple[str, bytes]]:
    """Every public file of a log by its path below the log's address, in order."""
    folder = Path(settings.BALLOT_LOGS) / slug
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = path.relative_to(folder).as_posix()
        if PLAIN.fullmatch(name) or tiles.parse(name) is not None:
            yield name, path.read_bytes()


def proof(slug: str, index: int) -> str | None:
    """The tlog-proof that entry `index` stands in the log as published last; None: not yet, or the
    files are on another host."""
    note = read(slug, CHECKPOINT)
    if note is None:
        return None
    text = note.decode()
    size = checkpoints.parse(notes.parse(text).text).size
    if index >= size:
        return None
    try:
        path = merkle.inclusion(index, size, proofs.nodes(size, lambda tile: _tile(slug, tile)))
    except NotThere:
        return None
    return proofs.tlog_proof(index, path, text)


def _tile(slug: str, tile: Tile) -> bytes:
    found = read(slug, tile.path)
    if found is None or len(found) != tile.width * merkle.HASH:
        raise NotThere(tile.path)
    return found


def _cut(whole: bytes, tile: Tile) -> bytes | None:
    if tile.level != ENTRIES:
        return whole[: tile.width * merkle.HASH]
    try:
        return tiles.prefix(whole, width=tile.width)
    except tiles.NotABundle:
        return None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
