import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.voting.rules.ballot_log import merkle, proofs, tiles
from paike.voting.rules.ballot_log.merkle import Frontier, Tree
from paike.voting.rules.ballot_log.tiles import Tile

pytestmark = pytest.mark.rules

# The leaves and roots that Certificate Transparency's implementations have tested with since 2013.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def leaf(number: int) -> bytes:
    return merkle.leaf_hash(str(number).encode())


def frontier(size: int) -> Frontier:
    made = Frontier()
    made.extend(leaf(number) for number in range(size))
    return made


def node(level: int, index: int) -> bytes:
    first = index << level
    return Tree([leaf(number) for number in range(first, first + (1 << level))]).root


@pytest.mark.parametrize("size", ROOTS)
def test_known_roots(size: int) -> None:
    grown = Frontier()
    grown.extend(merkle.leaf_hash(each) for each in LEAVES[:size])
    assert grown.root().hex() == ROOTS[size]


def test_nothing_has_a_root_too() -> None:
    assert Frontier().root() == hashlib.sha256().digest()


@given(st.integers(1, 600))
def test_growing_and_pairing_agree(size: int) -> None:
    assert frontier(size).root() == Tree([leaf(number) for number in range(size)]).root


@given(st.integers(0, 10**6), st.binary())
def test_a_head_is_read_as_it_was_packed(size: int, extra: bytes) -> None:
    packed = bytes(32) * size.bit_count()
    assert Frontier.read(size, packed).pack() == packed
    if extra:
        with pytest.raises(ValueError, match="no head"):
            Frontier.read(size, packed + extra[:31])


@given(st.integers(1, 300), st.data())
def test_a_path_leads_to_the_root_and_nowhere_else(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion(index, size, node)
    assert path == Tree([leaf(number) for number in range(size)]).path(index)
    assert (
        merkle.root_by_path(leaf(index), index=index, size=size, path=path) == frontier(size).root()
    )
    wrong = data.draw(st.integers(0, size + 1))
    if wrong != index:
        reached = merkle.root_by_path(leaf(index), index=wrong, size=size, path=path)
        assert reached != frontier(size).root()


@given(st.integers(1, 70_000), st.data())
def test_proofs_come_out_of_tiles(size: int, data: st.DataObject) -> None:
    rows = [[hashlib.sha256(b"%d" % number).digest() for number in range(size)]]
    while len(rows[-1]) >= tiles.WIDTH:
        below = rows[-1]
        rows.append(
            [
                Tree(below[at : at + tiles.WIDTH]).root
                for at in range(0, len(below) - tiles.WIDTH + 1, tiles.WIDTH)
            ]
        )

    def read(tile: Tile) -> bytes:
        first = tile.index * tiles.WIDTH
        assert tile in set(tiles.of(size))
        return b"".join(rows[tile.level][first : first + tile.width])

    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion(index, size, proofs.nodes(size, read))
    root = merkle.root_of(size, proofs.nodes(size, read))
    assert root == Tree(rows[0]).root
    assert merkle.root_by_path(rows[0][index], index=index, size=size, path=path) == root
