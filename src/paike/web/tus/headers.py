"""Reading the request headers of tus 1.0, strictly: what is not clearly right is refused."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"


class Hasher(Protocol):
    """What hashlib's hashes can do."""

    @property
    def digest_size(self) -> int: ...
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


ALGORITHMS: dict[str, Callable[[], Hasher]] = {
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
    "md5": lambda: hashlib.md5(usedforsecurity=False),
}
METADATA_MAX = 4096
# A safe integer of JavaScript: clients count in doubles.
NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")
KEY = re.compile(r"[\x21-\x2b\x2d-\x7e]+")


class BadHeader(ValueError):
    """A header is missing or not what the protocol says; the message names it."""


class UnknownAlgorithm(BadHeader):
    """A checksum by an algorithm that `Tus-Checksum-Algorithm` does not list."""


@dataclass(frozen=True)
class Checksum:
    """What a chunk's bytes must hash to."""

    algorithm: str
    digest: bytes

    def fits(self, hasher: Hasher) -> bool:
        return hasher.digest() == self.digest


def number(headers: Mapping[str, str], name: str) -> int:
    """A whole number of bytes. Raises BadHeader."""
    text = headers.get(name, "")
    if not NUMBER.fullmatch(text):
        raise BadHeader(f"{name} must be a whole number of bytes")
    return int(text)


def content_length(headers: Mapping[str, str]) -> int | None:
    """The announced length of the body, or None for a chunked one. Raises BadHeader."""
    return number(headers, "content-length") if "content-length" in headers else None


def upload_length(headers: Mapping[str, str]) -> int:
    """The size of the file. A length to be told later is not taken: every limit is checked before
    the first byte. Raises BadHeader."""
    if "upload-defer-length" in headers:
        raise BadHeader("Upload-Defer-Length is not supported; send Upload-Length")
    return number(headers, "upload-length")


def metadata(headers: Mapping[str, str]) -> dict[str, str]:
    """`Upload-Metadata` as texts by key. Raises BadHeader for a key said twice, bad base64, bytes
    that are not UTF-8, or more than 4096 characters."""
    raw = headers.get("upload-metadata", "")
    if len(raw) > METADATA_MAX:
        raise BadHeader("Upload-Metadata is too long")
    found: dict[str, str] = {}
    for pair in raw.split(",") if raw else []:
        key, _, value = pair.strip().partition(" ")
        if not KEY.fullmatch(key) or key in found:
            raise BadHeader("Upload-Metadata has a bad or repeated key")
        found[key] = _text(value)
    return found


def checksum(headers: Mapping[str, str]) -> Checksum | None:
    """The chunk's checksum, None where the client sends none. Raises BadHeader, and
    UnknownAlgorithm for one we do not compute."""
    raw = headers.get("upload-checksum")
    if raw is None:
        return None
    algorithm, _, value = raw.strip().partition(" ")
    if algorithm not in ALGORITHMS:
        raise UnknownAlgorithm(f"Upload-Checksum: {', '.join(ALGORITHMS)} are supported")
    digest = _bytes(value, "Upload-Checksum")
    if len(digest) != ALGORITHMS[algorithm]().digest_size:
        raise BadHeader("Upload-Checksum has the wrong length")
    return Checksum(algorithm=algorithm, digest=digest)


def _text(value: str) -> str:
    try:
        return _bytes(value, "Upload-Metadata").decode()
    except UnicodeDecodeError as fault:
        raise BadHeader("Upload-Metadata is not UTF-8") from fault


def _bytes(value: str, name: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as fault:
        raise BadHeader(f"{name} is not base64") from fault
