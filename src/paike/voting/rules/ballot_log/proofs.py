"""Proofs out of tiles, and the text in which a receipt holds one (C2SP tlog-proof)."""

import base64
from collections.abc import Callable, Sequence

from paike.voting.rules.ballot_log import merkle, tiles
from paike.voting.rules.ballot_log.tiles import HEIGHT, WIDTH, Tile

# Hands out the bytes of a tile.
ReadTile = Callable[[Tile], bytes]


def tlog_proof(index: int, path: Sequence[bytes], checkpoint: str) -> str:
    """That the entry `index` stands in the log of a signed checkpoint."""
    lines = "".join(f"{base64.b64encode(each).decode()}\n" for each in path)
    return f"c2sp.org/tlog-proof@v1\nindex {index}\n{lines}\n{checkpoint}"


def nodes(size: int, read: ReadTile) -> merkle.Node:
    """The hashes of the tree of `size` leaves, read from tiles, each tile once."""
    known: dict[Tile, bytes] = {}

    def node(level: int, index: int) -> bytes:
        up, within = divmod(level, HEIGHT)
        first = index << within
        number = size >> (HEIGHT * up)  # hashes of this row
        place, offset = divmod(first, WIDTH)
        tile = Tile(up, place, min(WIDTH, number - place * WIDTH))
        if tile not in known:
            known[tile] = read(tile)
        hashes = tiles.hashes(known[tile])[offset : offset + (1 << within)]
        return merkle.Tree(hashes).root

    return node
