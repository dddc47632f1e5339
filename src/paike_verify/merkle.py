"""Hash trees of RFC 6962 with SHA-256."""

import hashlib
from collections.abc import Sequence

sha256 = hashlib.sha256
HASH = 32


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root over a row of subtrees, all perfect and of one size but perhaps the last."""
    if not hashes:
        return sha256().digest()
    row = list(hashes)
    while len(row) > 1:
        odd = row[-1:] if len(row) % 2 else []
        row = [
            sha256(b"\x01" + row[at] + row[at + 1]).digest() for at in range(0, len(row) - 1, 2)
        ] + odd
    return row[0]


def edge_root(edges: Sequence[Sequence[bytes]]) -> bytes:
    """The root over the tiles at the right edge of a tree, the lowest level first."""
    carried: list[bytes] = []
    for row in edges:
        if row or carried:
            carried = [root([*row, *carried])]
    return carried[0] if carried else root([])


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root a path leads to from the leaf at `index` of `size`; None: it does not fit."""
    if not 0 <= index < size:
        return None
    reached, last, rest = leaf, size - 1, list(path)
    while last:
        if index % 2 or index < last:
            if not rest:
                return None
            beside = rest.pop(0)
            reached = node_hash(beside, reached) if index % 2 else node_hash(reached, beside)
        index, last = index // 2, last // 2
    return None if rest else reached
