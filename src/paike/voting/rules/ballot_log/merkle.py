"""Merkle trees of RFC 6962 with SHA-256: leaf hashes, growing heads, small trees with paths."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

HASH = 32  # bytes
EMPTY = hashlib.sha256(b"").digest()
_sha256 = hashlib.sha256


def leaf_hash(leaf: bytes) -> bytes:
    return _sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return _sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """A growing tree's head: the hashes of its full subtrees, largest first, as the bits of `size`
    say. Enough to append and to name the root, whatever the size."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    @classmethod
    def read(cls, size: int, packed: bytes) -> "Frontier":
        """The head as it is stored: the hashes one behind the other. Raises ValueError."""
        hashes = [packed[at : at + HASH] for at in range(0, len(packed), HASH)]
        if len(hashes) != size.bit_count() or len(packed) % HASH:
            raise ValueError(f"{len(packed)} bytes are no head of {size} leaves")
        return cls(size, hashes)

    def pack(self) -> bytes:
        return b"".join(self.hashes)

    def append(self, leaf: bytes) -> None:
        """Add a leaf by its hash."""
        carried, size, hashes = leaf, self.size, self.hashes
        while size & 1:
            carried = _sha256(b"\x01" + hashes.pop() + carried).digest()
            size >>= 1
        hashes.append(carried)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        if not self.hashes:
            return EMPTY
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root


class Tree:
    """A small whole tree, such as a batch of ballots, with the path of every leaf."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        """`leaves` are hashes; at least one."""
        # Pairing level by level, an odd last one moving up, gives RFC 6962's tree.
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            below = self._levels[-1]
            above = [
                _sha256(b"\x01" + below[at] + below[at + 1]).digest()
                for at in range(0, len(below) - 1, 2)
            ]
            if len(below) % 2:
                above.append(below[-1])
            self._levels.append(above)

    @property
    def levels(self) -> list[list[bytes]]:
        """All hashes, the leaves first."""
        return self._levels

    @property
    def root(self) -> bytes:
        return self._levels[-1][0]

    def path(self, index: int) -> list[bytes]:
        """The hashes that lead from leaf `index` to the root, the nearest first."""
        found = []
        for level in self._levels[:-1]:
            beside = index ^ 1
            if beside < len(level):
                found.append(level[beside])
            index >>= 1
        return found


# What hands out the hash of the perfect subtree number `index` of 2**level leaves.
Node = Callable[[int, int], bytes]


def root_of(size: int, node: Node) -> bytes:
    """The root of the tree's first `size` leaves."""
    return _between(0, size, node) if size else EMPTY


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """The path from leaf `index` to the root of `size` leaves, the nearest hash first."""
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _left(end - start)
        if index < middle:
            path.append(_between(middle, end, node))
            end = middle
        else:
            path.append(_between(start, middle, node))
            start = middle
    return path[::-1]


def consistency(old: int, new: int, node: Node) -> list[bytes]:
    """The proof that the tree of `new` leaves continues the one of `old` (RFC 6962, 2.1.2)."""
    if not 0 < old < new:
        return []
    return _subproof(old, 0, new, node, whole=True)


def root_by_path(leaf: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path leads to from a leaf's hash; None: the path does not fit the place."""
    if not 0 <= index < size:
        return None
    reached, last, rest = leaf, size - 1, list(path)
    while last:
        if index & 1 or index != last:
            if not rest:
                return None
            beside = rest.pop(0)
            reached = node_hash(beside, reached) if index & 1 else node_hash(reached, beside)
        index, last = index >> 1, last >> 1
    return None if rest else reached


def _left(number: int) -> int:
    """How many of `number` leaves (two or more) are left of the root."""
    return 1 << ((number - 1).bit_length() - 1)


def _between(start: int, end: int, node: Node) -> bytes:
    number = end - start
    if number & (number - 1) == 0:
        level = number.bit_length() - 1
        return node(level, start >> level)
    middle = start + _left(number)
    return node_hash(_between(start, middle, node), _between(middle, end, node))


def _subproof(old: int, start: int, end: int, node: Node, *, whole: bool) -> list[bytes]:
    if old == end - start:
        return [] if whole else [_between(start, end, node)]
    left = _left(end - start)
    if old <= left:
        inner = _subproof(old, start, start + left, node, whole=whole)
        return [*inner, _between(start + left, end, node)]
    inner = _subproof(old - left, start + left, end, node, whole=False)
    return [*inner, _between(start, start + left, node)]
