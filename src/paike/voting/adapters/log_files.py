"""A log in files, as docs/spec/ballot-log.md lays them out: tiles and entries first, each synced
with its folders, the checkpoint last. Whoever sees a checkpoint finds everything it speaks of."""

from collections.abc import Callable, Iterable, Sequence

from paike.kernel.text import Text
from paike.voting.adapters.durable_folder import DurableFolder
from paike.voting.rules.ballot_log import checkpoints, merkle, notes, proofs, tiles
from paike.voting.rules.ballot_log.checkpoints import Checkpoint
from paike.voting.rules.ballot_log.tiles import ENTRIES, HEIGHT, WIDTH, Tile

CHECKPOINT, ENTRIES_TO, KEY = "checkpoint", "entries-to", "key.vkey"


class Damaged(Exception):
    """The files do not hold what their checkpoint says; they can be made again from the database."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.text = Text(
            zh=f"选票日志的文件 {path} 缺失或已损坏。",
            en=f"{path} of the ballot log is missing or damaged.",
        )


class LogFiles:
    """The files of one log, for the one process that writes them.

    `size` entries have their hashes in tiles, `entries` of them (the first ones) are readable.
    """

    def __init__(self, folder: DurableFolder, place: str) -> None:
        """`place` is where in `folder` the log lies."""
        self._folder, self._place = folder, place
        self.size = self.entries = 0
        # By level: the hashes of the tile that is not full yet.
        self._rows: list[list[bytes]] = [[]]
        self._bundle: list[bytes] = []
        self._outdated: list[str] = []

    def published(self) -> Checkpoint | None:
        """The head that was published last; None: nothing was, or it can't be read any more."""
        note = self._get(CHECKPOINT)
        try:
            return None if note is None else checkpoints.parse(notes.parse(note.decode()).text)
        except (notes.NotANote, UnicodeDecodeError):
            return None

    def resume(self, head: Checkpoint) -> None:
        """Go on behind what was published. Raises Damaged."""
        self.size = head.size
        self._rows = [[]]
        level, size = 0, head.size
        while size:
            row = size % WIDTH
            tile = Tile(level, size // WIDTH, row)
            found = tiles.hashes(self._read(tile, row * merkle.HASH)) if row else []
            self._rows[level:] = [found, []]
            level, size = level + 1, size // WIDTH
        if self.root() != head.root:
            raise Damaged(Tile(0, head.size // WIDTH, head.size % WIDTH or WIDTH).path)
        self._resume_entries()

    def compare(self, heads: Iterable[Checkpoint]) -> None:
        """Whether heads seen elsewhere are of this log's history; to be called after `resume`. Raises
        Damaged: the files reach less far, or tell another one."""
        node = proofs.nodes(self.size, lambda tile: self._read(tile, tile.width * merkle.HASH))
        for head in heads:
            if head.size > self.size or merkle.root_of(head.size, node) != head.root:
                raise Damaged(CHECKPOINT)

    def root(self) -> bytes:
        """The root of the tree of everything appended."""
        carried: list[bytes] = []
        for row in self._rows:
            if row or carried:
                carried = [merkle.Tree([*row, *carried]).root]
        return carried[0] if carried else merkle.EMPTY

    def append(self, hashes: Sequence[bytes]) -> None:
        """Put the next entries' hashes into tiles; those that are full are written."""
        for each in hashes:
            self._add(0, each)
        self.size += len(hashes)

    def append_entries(self, entries: Sequence[bytes]) -> None:
        """Put the next entries themselves into bundles; those that are full are written."""
        for entry in entries:
            self._bundle.append(entry)
            self.entries += 1
            if len(self._bundle) == WIDTH:
                self._put(Tile(ENTRIES, self.entries // WIDTH - 1), tiles.pack(self._bundle))
                self._bundle.clear()

    def publish(self, sign: Callable[[Checkpoint], str], *, origin: str) -> None:
        """Write what is not full, wait until all of it lasts, then name it in a checkpoint."""
        for level, row in enumerate(self._rows):
            if row:
                place = (self.size >> (HEIGHT * level)) // WIDTH
                self._put(Tile(level, place, len(row)), b"".join(row))
        if self._bundle:
            rest = Tile(ENTRIES, self.entries // WIDTH, len(self._bundle))
            self._put(rest, tiles.pack(self._bundle))
        if self.entries < self.size:
            self._write(ENTRIES_TO, f"{self.entries}\n".encode())
        self._folder.settle()
        note = sign(Checkpoint(origin, self.size, self.root()))
        self._write(CHECKPOINT, note.encode())
        self._folder.settle()
        if self.entries == self.size and self._get(ENTRIES_TO) is not None:
            self._outdated.append(ENTRIES_TO)
        for path in self._outdated:
            self._folder.drop(f"{self._place}/{path}")
        self._outdated.clear()

    def put_key(self, key: str) -> None:
        """The key that verifies the log."""
        if self._get(KEY) != f"{key}\n".encode():
            self._write(KEY, f"{key}\n".encode())
            self._folder.settle()

    def _add(self, level: int, each: bytes) -> None:
        row = self._rows[level]
        row.append(each)
        if len(row) < WIDTH:
            return
        full = b"".join(row)
        above = tiles.root(row)
        row.clear()
        if level + 1 == len(self._rows):
            self._rows.append([])
        # How many tiles of this level are full already is what the levels above hold.
        self._put(Tile(level, self._above(level)), full)
        self._add(level + 1, above)

    def _above(self, level: int) -> int:
        """How many hashes stand above a level: the index of its tile that fills up now."""
        number = 0
        for row, step in zip(self._rows[level + 1 :], range(64), strict=False):
            number += len(row) << (HEIGHT * step)
        return number

    def _put(self, tile: Tile, data: bytes) -> None:
        self._write(tile.path, data)
        if tile.width == WIDTH:
            # Readers of an older checkpoint take the full tile then, as the format tells them to.
            self._outdated.append(f"{tile.path}.p")

    def _get(self, path: str) -> bytes | None:
        return self._folder.get(f"{self._place}/{path}")

    def _write(self, path: str, data: bytes) -> None:
        self._folder.put(f"{self._place}/{path}", data)

    def _read(self, tile: Tile, size: int) -> bytes:
        for one in (tile, tile.full):
            data = self._get(one.path)
            if data is not None and len(data) >= size:
                return data[:size]
        raise Damaged(tile.path)

    def _resume_entries(self) -> None:
        said = self._get(ENTRIES_TO)
        self.entries = self.size
        if said is not None and said.strip().isdigit():
            self.entries = min(int(said), self.size)
        width = self.entries % WIDTH
        self._bundle = []
        if not width:
            return
        tile = Tile(ENTRIES, self.entries // WIDTH, width)
        for one in (tile, tile.full):
            data = self._get(one.path)
            if data is not None:
                try:
                    self._bundle = tiles.unpack(data, width=width)
                except tiles.NotABundle:
                    continue
                return
        raise Damaged(tile.path)
