import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.voting.rules.ballot_log import tiles
from paike.voting.rules.ballot_log.tiles import ENTRIES, Tile

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 999), "tile/0/999"),
        (Tile(0, 1000), "tile/0/x001/000"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(3, 5, 7), "tile/3/005.p/7"),
        (Tile(ENTRIES, 1234, 255), "tile/entries/x001/234.p/255"),
    ],
)
def test_paths(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert tiles.parse(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/00", "tile/0/0000", "tile/0/x000/001", "tile/00/001", "tile/64/000", "tile/0/000.p/0",
        "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/../000", "tile/0/000\n", "tile/-1/000",
        "tile/0/x001", "checkpoint", "tile/0/000.new", "tile/0/٣٣٣",
    ],
)  # fmt: skip
def test_other_paths_name_nothing(path: str) -> None:
    assert tiles.parse(path) is None


@given(st.integers(-1, 9), st.integers(0, 10**8), st.integers(1, 256))
def test_a_path_is_read_as_it_was_written(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert tiles.parse(tile.path) == tile


@given(st.lists(st.binary(max_size=300), max_size=20), st.data())
def test_bundles(entries: list[bytes], data: st.DataObject) -> None:
    bundle = tiles.pack(entries)
    width = data.draw(st.integers(0, len(entries)))
    assert tiles.unpack(bundle, width=width) == entries[:width]
    assert tiles.prefix(bundle, width=width) == tiles.pack(entries[:width])
    with pytest.raises(tiles.NotABundle):
        tiles.unpack(bundle, width=len(entries) + 1)
    if entries:
        with pytest.raises(tiles.NotABundle):
            tiles.unpack(bundle[:-1], width=len(entries))


@given(st.integers(0, 70_000), st.integers(0, 70_000))
def test_the_tiles_of_a_size_are_those_it_had_and_those_it_got(old: int, new: int) -> None:
    old, new = sorted((old, new))
    had, has = set(tiles.of(old)), set(tiles.of(new))
    full = {tile for tile in had if tile.width == tiles.WIDTH}
    added = set(tiles.of(new, since=old))
    assert full <= has
    assert (added | had) >= has
    assert added <= has
    assert not added & full
