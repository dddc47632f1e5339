"""What an H.264 sequence parameter set says about the picture (ITU-T H.264, 7.3.2.1.1 and E.1.1).

`frontend/src/media/sps.ts` is this module's twin.
"""

from dataclasses import dataclass
from math import gcd

# Table E-1: sample aspect ratios by index.
ASPECTS = ((0, 1), (1, 1), (12, 11), (10, 11), (16, 11), (40, 33), (24, 11), (20, 11), (32, 11),
           (80, 33), (18, 11), (15, 11), (64, 33), (160, 99), (4, 3), (3, 2), (2, 1))  # fmt: skip
EXTENDED = 255
WITH_CHROMA = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135}
MAX_BITS = 32


class BadParameters(ValueError):
    """The parameter set ends too early or holds impossible numbers."""


@dataclass(frozen=True)
class Picture:
    """Coded size after cropping, pixel aspect when stated, profile number."""

    width: int
    height: int
    aspect: tuple[int, int] | None
    profile: int


class Bits:
    """Reads bits and Exp-Golomb numbers; emulation prevention bytes are taken out first."""

    def __init__(self, unit: bytes) -> None:
        plain = bytearray()
        zeros = 0
        for byte in unit:
            if zeros >= 2 and byte == 3:
                zeros = 0
                continue
            zeros = zeros + 1 if byte == 0 else 0
            plain.append(byte)
        self._bytes = bytes(plain)
        self._at = 0

    def take(self, count: int) -> int:
        value = 0
        for _ in range(count):
            if self._at >= len(self._bytes) * 8:
                raise BadParameters("ends too early")
            value = value << 1 | self._bytes[self._at >> 3] >> (7 - (self._at & 7)) & 1
            self._at += 1
        return value

    def unsigned(self) -> int:
        zeros = 0
        while self.take(1) == 0:
            zeros += 1
            if zeros > MAX_BITS:
                raise BadParameters("number too long")
        return (1 << zeros) - 1 + self.take(zeros)

    def signed(self) -> int:
        value = self.unsigned()
        return (value + 1) // 2 if value % 2 else -(value // 2)


def read(unit: bytes) -> Picture:
    """Read one parameter set (a NAL unit with its header byte). Raises BadParameters."""
    bits = Bits(unit[1:])
    profile = bits.take(8)
    bits.take(16)
    bits.unsigned()
    chroma = _chroma(bits) if profile in WITH_CHROMA else 1
    _order(bits)
    bits.unsigned()
    bits.take(1)
    across, down = bits.unsigned() + 1, bits.unsigned() + 1
    frames_only = bits.take(1)
    if not frames_only:
        bits.take(1)
    bits.take(1)
    left, right, top, bottom = _cropping(bits)
    unit_x = 2 if chroma in (1, 2) else 1
    unit_y = (2 if chroma == 1 else 1) * (2 - frames_only)
    width = across * 16 - unit_x * (left + right)
    height = down * 16 * (2 - frames_only) - unit_y * (top + bottom)
    if width <= 0 or height <= 0:
        raise BadParameters("cropped to nothing")
    return Picture(width, height, _aspect(bits), profile)


def reduce(across: int, down: int) -> tuple[int, int]:
    """The ratio in lowest terms."""
    divisor = gcd(across, down) or 1
    return across // divisor, down // divisor


def _chroma(bits: Bits) -> int:
    chroma = bits.unsigned()
    if chroma == 3:
        bits.take(1)
    bits.unsigned()
    bits.unsigned()
    bits.take(1)
    if bits.take(1):
        for index in range(12 if chroma == 3 else 8):
            if bits.take(1):
                _scaling_list(bits, 16 if index < 6 else 64)
    return chroma


def _scaling_list(bits: Bits, length: int) -> None:
    last = following = 8
    for _ in range(length):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last


def _order(bits: Bits) -> None:
    bits.unsigned()
    kind = bits.unsigned()
    if kind == 0:
        bits.unsigned()
    elif kind == 1:
        bits.take(1)
        bits.signed()
        bits.signed()
        count = bits.unsigned()
        if count > EXTENDED:
            raise BadParameters("too many reference frames")
        for _ in range(count):
            bits.signed()


def _cropping(bits: Bits) -> tuple[int, int, int, int]:
    if not bits.take(1):
        return 0, 0, 0, 0
    return bits.unsigned(), bits.unsigned(), bits.unsigned(), bits.unsigned()


def _aspect(bits: Bits) -> tuple[int, int] | None:
    if not bits.take(1) or not bits.take(1):
        return None
    index = bits.take(8)
    if index == EXTENDED:
        across, down = bits.take(16), bits.take(16)
        return reduce(across, down) if across and down else None
    return ASPECTS[index] if 0 < index < len(ASPECTS) else None
