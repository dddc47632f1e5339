"""Encryption of single values and blind indexes over them.

A box is `version (1) | key id (4) | nonce (12) | ciphertext and tag`; the additional data is the
place, `table.column.primary key`, so that a box copied to another row does not open there.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from paike.vault import keyring

VERSION = 1
SHORTEST = 1 + 4 + 12 + 16  # an empty text still has its tag


class Tampered(Exception):
    """The box was changed, or it does not belong to this place, or its key is gone."""


def seal(text: str, *, place: str) -> bytes:
    """Encrypt `text` with the keyring's current key, bound to `place`."""
    key = keyring.current()
    nonce = os.urandom(12)
    body = AESGCM(key.secret).encrypt(nonce, text.encode(), place.encode())
    return bytes([VERSION]) + key.id + nonce + body


def open_box(box: bytes, *, place: str) -> str:
    """The text in `box`. Raises Tampered; never returns something it could not verify."""
    if len(box) < SHORTEST or box[0] != VERSION:
        raise Tampered(f"{place}: not a box of a known version")
    key = keyring.by_id(box[1:5])
    if key is None:
        raise Tampered(f"{place}: its key is not in the keyring")
    try:
        return AESGCM(key.secret).decrypt(box[5:17], box[17:], place.encode()).decode()
    except InvalidTag as fault:
        raise Tampered(f"{place}: the content does not verify") from fault


def key_id(box: bytes) -> bytes:
    """Which key sealed `box`."""
    return box[1:5]


def blind_index(text: str, *, purpose: str) -> str:
    """A keyed fingerprint by which a value can be found without being readable: HMAC-SHA256 with
    the keyring's index key over purpose and text, 64 hexadecimal digits."""
    message = f"{purpose}\x00{text}".encode()
    return hmac.new(keyring.index_secret(), message, hashlib.sha256).hexdigest()
