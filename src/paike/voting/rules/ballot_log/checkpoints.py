"""Checkpoints: a log's head as a note (C2SP tlog-checkpoint), and what witnesses add to it
(C2SP tlog-cosignature, version 1)."""

import base64
import binascii
import re
from dataclasses import dataclass

from paike.voting.rules.ballot_log import merkle
from paike.voting.rules.ballot_log.notes import COSIGNATURE, Key, NotANote, Note, Verify

_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: how many entries, and the root of their tree."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse(text: str) -> Checkpoint:
    """A checkpoint's text; lines after the third are let be. Raises NotANote."""
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise NotANote(text)
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError) as fault:
        raise NotANote(text) from fault
    if len(root) != merkle.HASH:
        raise NotANote(text)
    return Checkpoint(lines[0], int(lines[1]), root)


def cosigned(text: str, *, at: int) -> bytes:
    """What a witness signs at a moment (seconds since 1970)."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def cosignatures(note: Note, *, key: Key, verify: Verify) -> list[int]:
    """When the witness with `key` signed this checkpoint, by signatures that hold."""
    if key.kind != COSIGNATURE:
        return []
    found = []
    for signature in note.by(key):
        at = int.from_bytes(signature.data[:8], "big")
        if verify(key.public, signature.data[8:], cosigned(note.text, at=at)):
            found.append(at)
    return found
