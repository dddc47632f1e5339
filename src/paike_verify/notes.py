"""Signed notes, checkpoints and cosignatures (C2SP signed-note, tlog-checkpoint, tlog-cosignature)."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from paike_verify import ed25519

LOG, WITNESS = b"\x01", b"\x04"  # what a key signs: notes as they are, or cosignatures


class Malformed(Exception):
    """A text that is not what it should be."""


@dataclass(frozen=True)
class Key:
    """A verifier key."""

    name: str
    kind: bytes
    public: bytes

    @property
    def id(self) -> bytes:
        text = self.name.encode() + b"\n" + self.kind + self.public
        return hashlib.sha256(text).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.kind + self.public).decode()}"


@dataclass(frozen=True)
class Note:
    """A signed text; signatures are (name, key id, signature)."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def by(self, key: Key) -> list[bytes]:
        return [
            data for name, number, data in self.signatures if (name, number) == (key.name, key.id)
        ]


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log."""

    origin: str
    size: int
    root: bytes


def unbase64(text: str) -> bytes:
    """Standard base64, in the one text that the data have. Raises Malformed."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Malformed(text) from fault
    if base64.b64encode(data).decode() != text:
        raise Malformed(text)  # the last letter has bits that say nothing: they are 0
    return data


def parse_key(text: str) -> Key:
    """A key as it is given: name+id+base64. Raises Malformed."""
    found = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+(\S+)", text.strip(" \t\r\n"))
    if found is None:
        raise Malformed(text)
    data = unbase64(found[3])
    key = Key(found[1], data[:1], data[1:])
    if key.kind not in (LOG, WITNESS) or len(key.public) != 32 or key.id.hex() != found[2]:
        raise Malformed(text)
    return key


def parse(note: str) -> Note:
    """A note taken apart, nothing verified. Raises Malformed."""
    text, gap, rest = note.rpartition("\n\n")
    if not gap or not text or not rest.endswith("\n"):
        raise Malformed("no signatures")
    signatures = []
    lines = rest[:-1].split("\n")
    if len(set(lines)) < len(lines):
        raise Malformed("a signature stands there twice")
    for line in lines:
        found = re.fullmatch(r"— (\S+) (\S+)", line)
        data = unbase64(found[2]) if found else b""
        if found is None or len(data) < 5:
            raise Malformed(line)
        signatures.append((found[1], data[:4], data[4:]))
    return Note(text + "\n", tuple(signatures))


def is_signed(note: Note, key: Key) -> bool:
    """Whether the owner of `key` signed the note. Whatever stands there as his must hold: signatures
    of others are passed over, his own that are wrong are not."""
    found = note.by(key) if key.kind == LOG else []
    return bool(found) and all(ed25519.verify(key.public, one, note.text.encode()) for one in found)


def checkpoint(note: Note) -> Checkpoint:
    """The head a note names. Raises Malformed."""
    lines = note.text.split("\n")
    if len(lines) < 4 or not lines[0] or not re.fullmatch(r"0|[1-9][0-9]{0,17}", lines[1]):
        raise Malformed(note.text)
    root = unbase64(lines[2])
    if len(root) != 32:
        raise Malformed(note.text)
    return Checkpoint(lines[0], int(lines[1]), root)


def cosigned(text: str, at: int) -> bytes:
    """What a witness signs at a moment, in seconds since 1970."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def cosignatures(note: Note, key: Key) -> list[int]:
    """When the witness with `key` signed this checkpoint; never, where one of its signatures does
    not hold."""
    found = []
    for data in note.by(key) if key.kind == WITNESS else []:
        at = int.from_bytes(data[:8], "big")
        if not ed25519.verify(key.public, data[8:], cosigned(note.text, at)):
            return []
        found.append(at)
    return found
