"""The promise that a ballot will stand in the log: one signed note for a batch, a path for each."""

import base64
from binascii import b2a_base64
from collections.abc import Sequence
from dataclasses import dataclass

from paike.voting.rules.ballot_log import merkle, notes


@dataclass(frozen=True)
class Promised:
    """A batch: the note that promises it, and its tree."""

    note: str
    size: int
    tree: merkle.Tree

    def path(self, index: int) -> list[str]:
        """The path of one ballot, in base64."""
        return [base64.b64encode(each).decode() for each in self.tree.path(index)]

    def paths(self) -> list[bytes]:
        """The paths of all ballots as JSON arrays. Neighbours share all but the first hash, so it is
        written from the root down."""
        above = [b"]"]
        for level in reversed(self.tree.levels[:-1]):
            texts = _texts(level)
            last = len(level) - 1
            below = []
            for at in range(len(level)):
                rest, beside = above[at >> 1], at ^ 1
                if beside <= last:
                    rest = texts[beside] + (rest if rest == b"]" else b"," + rest)
                below.append(rest)
            above = below
        return [b"[" + path for path in above]


def _texts(hashes: Sequence[bytes]) -> list[bytes]:
    """Hashes as JSON strings of base64, encoded in one go: with a byte between them, each takes 44
    characters, the last of which stands for that byte."""
    joined = b2a_base64(b"\0".join(hashes) + b"\0", newline=False)
    return [b'"' + joined[at : at + 43] + b'="' for at in range(0, len(joined), 44)]


def text(origin: str, root: bytes) -> str:
    """What is signed: a checkpoint has a number in its second line, so neither is ever the other."""
    return f"paike-promise/v1\n{origin}\n{base64.b64encode(root).decode()}\n"


def promise(
    leaves: Sequence[bytes], *, origin: str, public_key: bytes, sign: notes.Sign
) -> Promised:
    """Promise a batch of leaves, at least one."""
    tree = merkle.Tree([merkle.leaf_hash(leaf) for leaf in leaves])
    note = notes.signed(text(origin, tree.root), name=origin, public_key=public_key, sign=sign)
    return Promised(note, len(leaves), tree)
