"""The signature of a film: the hashes of its pictures and its sound with their times, and how it is
stored."""

import struct
from dataclasses import dataclass, field

import numpy
from numpy.typing import NDArray

from paike.media.rules.resemblance.picture_hash import Hashes

VERSION = 3  # 1 had no sound, in 2 a logo on black moved the whole hash
EVERY = 0.25  # seconds between two pictures
SEED_EVERY = 4  # every fourth picture stands in the index
SOUND_SEED_EVERY = 16  # one sound in two seconds
MAGIC = b"PKFS"
_HEAD = struct.Struct("<4sHHIII")  # magic, version, nothing, length in ms, pictures, sounds


class UnknownSignature(ValueError):
    """These bytes are no signature, or one of a version that this program does not know."""


def _nothing() -> Hashes:
    return numpy.zeros(0, numpy.uint64)


def _never() -> NDArray[numpy.float32]:
    return numpy.zeros(0, numpy.float32)


@dataclass(frozen=True, eq=False)
class Signature:
    """`seconds`: how long the film is. `at`: seconds of each picture. Flat pictures are left out, and
    quiet sound."""

    seconds: float
    at: NDArray[numpy.float32]
    hashes: Hashes
    sound_at: NDArray[numpy.float32] = field(default_factory=_never)
    sounds: Hashes = field(default_factory=_nothing)

    def to_bytes(self) -> bytes:
        """As `docs/spec/film-signature.md` says."""
        length, counts = round(self.seconds * 1000), (len(self.hashes), len(self.sounds))
        content = _HEAD.pack(MAGIC, VERSION, 0, length, *counts)
        for at, hashes in ((self.at, self.hashes), (self.sound_at, self.sounds)):
            content += numpy.round(at * 1000).astype("<u4").tobytes()
            content += hashes.astype("<u8").tobytes()
        return content

    @classmethod
    def from_bytes(cls, content: bytes) -> "Signature":
        """Raises UnknownSignature."""
        if len(content) < _HEAD.size:
            raise UnknownSignature("too short")
        magic, version, _, length, count, heard = _HEAD.unpack_from(content)
        size = _HEAD.size + 12 * (count + heard)
        if magic != MAGIC or version != VERSION or len(content) != size:
            raise UnknownSignature(f"{magic!r} version {version}")
        pictures = _row(content, _HEAD.size, count)
        return cls(length / 1000, *pictures, *_row(content, _HEAD.size + 12 * count, heard))

    @property
    def seeds(self) -> Hashes:
        """What stands in the index: a hash a second."""
        return self.hashes[::SEED_EVERY]

    @property
    def sound_seeds(self) -> Hashes:
        """What stands in the index of sounds: a hash in two seconds."""
        return self.sounds[::SOUND_SEED_EVERY]

    @property
    def heard(self) -> "Signature":
        """The film as the ear takes it: its sounds in the place of its pictures."""
        return Signature(self.seconds, self.sound_at, self.sounds)


def of(
    seconds: float, found: list[tuple[float, int]], heard: list[tuple[float, int]] | None = None
) -> Signature:
    """The signature of pictures, and of sounds, given as (seconds, hash)."""
    return Signature(seconds, *_arrays(found), *_arrays(heard or []))


def _arrays(found: list[tuple[float, int]]) -> tuple[NDArray[numpy.float32], Hashes]:
    at = numpy.array([at for at, _ in found], dtype=numpy.float32)
    return at, numpy.array([number for _, number in found], dtype=numpy.uint64)


def _row(content: bytes, start: int, count: int) -> tuple[NDArray[numpy.float32], Hashes]:
    times = numpy.frombuffer(content, "<u4", count, start)
    hashes = numpy.frombuffer(content, "<u8", count, start + 4 * count)
    return (times / 1000).astype(numpy.float32), hashes.astype(numpy.uint64)
