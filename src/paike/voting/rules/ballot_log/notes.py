"""Signed notes (C2SP signed-note, Ed25519). Signing and verifying themselves are handed in."""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

ED25519 = b"\x01"
COSIGNATURE = b"\x04"  # the kind of key that witnesses have

Sign = Callable[[bytes], bytes]
# Given public key, signature and message: whether they fit.
Verify = Callable[[bytes, bytes, bytes], bool]


class NotANote(Exception):
    """A text that is no signed note, or a key that is none."""


@dataclass(frozen=True)
class Signature:
    """One signature line."""

    name: str
    key_id: bytes
    data: bytes


@dataclass(frozen=True)
class Key:
    """A verifier key."""

    name: str
    kind: bytes
    public: bytes

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, self.public, self.kind)


@dataclass(frozen=True)
class Note:
    """A text, which ends with a newline, and those who signed it."""

    text: str
    signatures: tuple[Signature, ...]

    def by(self, key: Key) -> list[Signature]:
        """The signatures that say they were made with `key`."""
        return [one for one in self.signatures if (one.name, one.key_id) == (key.name, key.key_id)]


def key_id(name: str, public_key: bytes, kind: bytes = ED25519) -> bytes:
    """Which key a signature line means (4 bytes)."""
    return hashlib.sha256(name.encode() + b"\n" + kind + public_key).digest()[:4]


def verifier_key(name: str, public_key: bytes, kind: bytes = ED25519) -> str:
    """The key as it is given to whoever verifies: `name+id+key`."""
    key = base64.b64encode(kind + public_key).decode()
    return f"{name}+{key_id(name, public_key, kind).hex()}+{key}"


def parse_key(text: str) -> Key:
    """A verifier key as it is given. Raises NotANote."""
    name, _, rest = text.strip().partition("+")
    number, _, encoded = rest.partition("+")
    data = _base64(encoded)
    key = Key(name, data[:1], data[1:])
    usable = key.kind in (ED25519, COSIGNATURE) and len(key.public) == 32
    if not name or not usable or key.key_id.hex() != number:
        raise NotANote(text)
    return key


def signed(text: str, *, name: str, public_key: bytes, sign: Sign) -> str:
    """`text`, which ends with a newline, and one signature line."""
    line = signature_line(name, key_id(name, public_key) + sign(text.encode()))
    return f"{text}\n{line}"


def signature_line(name: str, data: bytes) -> str:
    """The line of a signature; `data` begins with the key's id."""
    return f"— {name} {base64.b64encode(data).decode()}\n"


def parse(note: str) -> Note:
    """A note taken apart; nothing is verified. Raises NotANote."""
    text, between, lines = note.rpartition("\n\n")
    if not between or not text or not lines.endswith("\n"):
        raise NotANote("no signatures")
    found = []
    for line in lines[:-1].split("\n"):
        mark, name, encoded, *more = [*line.split(" "), "", "", ""][:4]
        data = _base64(encoded)
        if mark != "—" or not name or any(more) or len(data) < 5:
            raise NotANote(line)
        found.append(Signature(name, data[:4], data[4:]))
    return Note(text + "\n", tuple(found))


def is_signed(note: Note, *, key: Key, verify: Verify) -> bool:
    """Whether a key's owner signed the note."""
    message = note.text.encode()
    return any(verify(key.public, one.data, message) for one in note.by(key))


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise NotANote(text) from fault
