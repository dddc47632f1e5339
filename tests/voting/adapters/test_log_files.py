"""The log's files on a disk that fails at every single step."""

import base64

import pytest

from paike.voting.adapters.durable_folder import DurableFolder
from paike.voting.adapters.log_files import CHECKPOINT, Damaged, LogFiles
from paike.voting.rules.ballot_log import checkpoints, merkle, notes, tiles
from paike.voting.rules.ballot_log.checkpoints import Checkpoint
from paike.voting.rules.ballot_log.tiles import WIDTH, Tile
from tests.voting.adapters.torn_disk import PowerCut, TornDisk

pytestmark = pytest.mark.rules

LEAVES = [f'{{"number":{number}}}'.encode() for number in range(900)]
HASHES = [merkle.leaf_hash(leaf) for leaf in LEAVES]
# Turns: a few, over the edge of a tile, exactly to an edge, several tiles, one.
TURNS = (5, 300, 512, 899, 900)


def sign(head: Checkpoint) -> str:
    """Not a signature that holds, but a note by its form."""
    return f"{head.text}\n— log {base64.b64encode(bytes(68)).decode()}\n"


def open_files(disk: TornDisk) -> LogFiles:
    """As the publisher does: go on behind the checkpoint, or anew from the first entry on."""
    files = LogFiles(DurableFolder(disk), "call")
    head = files.published()
    if head is not None:
        files.resume(head)
    return files


def advance(files: LogFiles, size: int, *, readable: int | None = None) -> None:
    files.append(HASHES[files.size : size])
    files.append_entries(LEAVES[files.entries : size if readable is None else readable])
    files.publish(sign, origin="log")


def root(size: int) -> bytes:
    head = merkle.Frontier()
    head.extend(HASHES[:size])
    return head.root()


def head_of(disk: TornDisk) -> Checkpoint | None:
    note = disk.read(f"call/{CHECKPOINT}")
    return None if note is None else checkpoints.parse(notes.parse(note.decode()).text)


def read(disk: TornDisk, tile: Tile) -> bytes:
    """As a reader does: the partial tile, or the full one in its place."""
    for one in (tile, tile.full):
        data = disk.read(f"call/{one.path}")
        if data is not None:
            return data
    raise AssertionError(tile.path)


def check(disk: TornDisk, *, at_least: int) -> int:
    """Everything that the checkpoint speaks of is there and as it was; returns the size."""
    head = head_of(disk)
    if head is None:
        assert at_least == 0
        return 0
    assert head.size >= at_least
    assert head.size in TURNS
    assert head.root == root(head.size)
    for tile in tiles.of(head.size):
        if tile.level == 0:
            first = tile.index * WIDTH
            expected = b"".join(HASHES[first : first + tile.width])
        else:
            below = [Tile(0, tile.index * WIDTH + place) for place in range(tile.width)]
            expected = b"".join(tiles.root(tiles.hashes(read(disk, one))) for one in below)
        assert read(disk, tile)[: len(expected)] == expected
    for bundle in tiles.bundles(head.size):
        first = bundle.index * WIDTH
        found = tiles.unpack(read(disk, bundle), width=bundle.width)
        assert found == LEAVES[first : first + bundle.width]
    return head.size


def until_the_cut(disk: TornDisk) -> int:
    """Publish turn after turn; the size up to which it was confirmed before the power failed."""
    done = 0
    try:
        files = open_files(disk)
        for size in TURNS:
            advance(files, size)
            done = size
    except PowerCut:
        return done
    raise AssertionError("the power never failed")


def test_every_step_may_be_the_last() -> None:
    whole = TornDisk()
    files = open_files(whole)
    for size in TURNS:
        advance(files, size)
    assert check(whole, at_least=900) == 900

    cuts = 0
    for cut in range(1, whole.operations + 1):
        disk = TornDisk(cut=cut)
        done = until_the_cut(disk)
        for seed in range(6):
            cuts += 1
            found = disk.after(seed)
            published = check(found, at_least=done)
            files = open_files(found)
            assert files.size == published
            for size in TURNS:
                if size > published:
                    advance(files, size)
            assert check(found, at_least=900) == 900
    assert cuts > 600


def test_the_test_disk_really_tears() -> None:
    """Without the syncs before the checkpoint the same test fails."""

    class Careless(TornDisk):
        def sync(self, path: str) -> None:
            self._tick()

    whole = TornDisk()
    files = open_files(whole)
    for size in TURNS:
        advance(files, size)
    broken = 0
    for cut in range(20, whole.operations):
        disk = Careless(cut=cut)
        until_the_cut(disk)
        for seed in range(3):
            try:
                check(disk.after(seed), at_least=0)
            except (AssertionError, notes.NotANote, tiles.NotABundle, UnicodeDecodeError):
                broken += 1
    assert broken > 20


def test_what_is_torn_is_noticed() -> None:
    disk = TornDisk()
    advance(open_files(disk), 300)
    disk.names["call/tile/0/001.p/44"].content = bytes(44 * 32)
    with pytest.raises(Damaged, match="001"):
        open_files(disk)


def test_entries_are_held_back_and_follow() -> None:
    disk = TornDisk()
    files = open_files(disk)
    advance(files, 300, readable=3)
    assert disk.read("call/entries-to") == b"3\n"
    assert tiles.unpack(read(disk, Tile(tiles.ENTRIES, 0, 3)), width=3) == LEAVES[:3]
    assert disk.read("call/tile/entries/001.p/44") is None

    files = open_files(disk)
    assert (files.size, files.entries) == (300, 3)
    advance(files, 512)
    assert disk.read("call/entries-to") is None
    assert check(disk, at_least=512) == 512


def test_parts_of_a_full_tile_go() -> None:
    disk = TornDisk()
    files = open_files(disk)
    advance(files, 5)
    advance(files, 300)
    assert not [name for name in disk.names if "/0/000.p" in name or "entries/000.p" in name]
    assert disk.read("call/tile/0/000") is not None
