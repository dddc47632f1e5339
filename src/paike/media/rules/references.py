"""Which pictures the P pictures of an H.264 film refer to, read from the heads of its slices
(ITU-T H.264, 7.3.2.1.1, 7.3.2.2, 7.3.3 and 8.2.4).

Many encoders let P pictures refer to I and P only; then all pictures between (B) may be left out and
the others come out the same. Others let them refer to B too ("pyramid" with several references).
Where this reading is not sure, it says so: a picture too many is decoded, never one too few.
"""

from collections.abc import Iterator
from dataclasses import dataclass

SLICE, KEY_SLICE, PARAMETERS = 1, 5, (7, 8)
P, B, INTRA = 0, 1, 2
MOST_UNITS = 64  # looked through for the first slice
HEAD = 40  # bytes of a slice in which all that is asked lies
WITH_CHROMA = (100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135)
LONGEST = 32


class _Unsure(Exception):
    """Something that is not followed here."""


@dataclass(frozen=True)
class _Parameters:
    """What the parameter sets say about the heads of slices."""

    length: int  # bytes that tell the length of a unit
    number_bits: int
    order_bits: int
    frames_only: bool
    order_of_both: bool
    references: int
    redundant: bool


class _Digits:
    """Reads numbers from binary digits."""

    def __init__(self, unit: bytes) -> None:
        plain = unit.replace(b"\0\0\3", b"\0\0")
        self._digits = f"{int.from_bytes(plain):0{8 * len(plain)}b}"
        self._at = 0

    def take(self, count: int) -> int:
        part = self._digits[self._at : self._at + count]
        self._at += count
        if len(part) < count:
            raise _Unsure
        return int(part, 2) if part else 0

    def unsigned(self) -> int:
        zeros = self._digits.find("1", self._at) - self._at
        if not 0 <= zeros <= LONGEST:
            raise _Unsure
        self._at += zeros
        return self.take(zeros + 1) - 1


class References:
    """Goes through the packets of a film in decoding order. `record`: the box `avcC`."""

    def __init__(self, record: bytes) -> None:
        self._kinds: dict[int, int] = {}  # number of a picture that is referred to: its kind
        self.plain = True  # so far, no P picture is known to refer to a B picture, or may
        try:
            self._told = _parameters(record)
        except (_Unsure, IndexError):
            self.plain = False

    def see(self, packet: memoryview) -> bool:
        """Take the next picture; whether it stays where those between, and those that nothing
        refers to, are left out."""
        if not self.plain:
            return True
        try:
            kind, used, unit = self._slice(packet)
            return bool(used) and self._follow(kind, unit) != B
        except (_Unsure, IndexError):
            self.plain = False
            return True

    def _slice(self, packet: memoryview) -> tuple[int, int, bytes]:
        """Type of the first slice's unit, whether others refer to the picture, and its head."""
        at, size = 0, self._told.length
        for _ in range(MOST_UNITS):
            length, head = int.from_bytes(packet[at : at + size]), packet[at + size]
            if head & 31 in (SLICE, KEY_SLICE):
                return head & 31, head >> 5 & 3, bytes(packet[at + size + 1 :][:HEAD])
            if head & 31 in PARAMETERS:
                raise _Unsure
            at += size + length
        raise _Unsure

    def _follow(self, kind: int, unit: bytes) -> int:
        """The type of the slice, after it has been seen what it refers to."""
        head = _Digits(unit)
        head.unsigned()
        type_ = head.unsigned() % 5
        head.unsigned()
        number = head.take(self._told.number_bits)
        if type_ not in (P, B, INTRA):
            raise _Unsure
        if kind == KEY_SLICE:
            self._kinds.clear()
        if type_ == P:
            self._pass_over(head, kind)
            count = head.unsigned() + 1 if head.take(1) else self._told.references
            self._refer(list(self._moved(head, number)), count)
        self._kinds.pop(number, None)
        self._kinds[number] = type_
        while len(self._kinds) > LONGEST:
            self._kinds.pop(next(iter(self._kinds)))
        return type_

    def _pass_over(self, head: _Digits, kind: int) -> None:
        """What stands between the number and the references."""
        if not self._told.frames_only and head.take(1):
            raise _Unsure  # single fields
        if kind == KEY_SLICE:
            head.unsigned()
        if self._told.order_bits:
            head.take(self._told.order_bits)
            if self._told.order_of_both:
                head.unsigned()
        if self._told.redundant:
            head.unsigned()

    def _moved(self, head: _Digits, number: int) -> Iterator[int]:
        """Numbers of the pictures that the slice moves to the front of its list."""
        if not head.take(1):
            return
        while (deed := head.unsigned()) != 3:
            if deed > 1:
                raise _Unsure
            step = head.unsigned() + 1
            number = (number + (step if deed else -step)) % (1 << self._told.number_bits)
            yield number

    def _refer(self, moved: list[int], count: int) -> None:
        """Whether the first `count` pictures of the list are all known to be no B pictures. What is
        not moved there stands in an order that depends on more than is read here."""
        kinds = [self._kinds[one] for one in moved[:count] if one in self._kinds]
        if len(kinds) < min(count, len(moved)):
            raise _Unsure
        if len(kinds) < count:
            latest = next(reversed(self._kinds.values()), P)
            kinds += [latest] if count == 1 else list(self._kinds.values())
        self.plain = B not in kinds


def _parameters(record: bytes) -> _Parameters:
    length = (record[4] & 3) + 1
    if record[5] & 31 != 1:
        raise _Unsure
    size = int.from_bytes(record[6:8])
    sequence, rest = record[8 : 8 + size], record[8 + size :]
    if rest[0] != 1:
        raise _Unsure
    number_bits, order_bits, frames_only = _sequence(_Digits(sequence[1:]), sequence[1])
    picture = _Digits(rest[4 : 3 + int.from_bytes(rest[1:3])])
    picture.unsigned()
    picture.unsigned()
    picture.take(1)
    order_of_both = bool(picture.take(1))
    if picture.unsigned():
        raise _Unsure  # groups of slices
    references = picture.unsigned() + 1
    picture.unsigned()
    picture.take(3)
    for _ in range(3):
        picture.unsigned()
    picture.take(2)
    return _Parameters(
        length, number_bits, order_bits, frames_only, order_of_both, references,
        redundant=bool(picture.take(1)),
    )  # fmt: skip


def _sequence(bits: _Digits, profile: int) -> tuple[int, int, bool]:
    """Digits of a picture's number and of its order, and whether there are no fields."""
    bits.take(24)
    bits.unsigned()
    if profile in WITH_CHROMA:
        if bits.unsigned() == 3:
            raise _Unsure
        bits.unsigned()
        bits.unsigned()
        if bits.take(1) or bits.take(1):
            raise _Unsure  # its own tables for scaling, which no editor's encoder writes
    number_bits = bits.unsigned() + 4
    order = bits.unsigned()
    if order == 1:
        raise _Unsure
    order_bits = bits.unsigned() + 4 if order == 0 else 0
    bits.unsigned()
    bits.take(1)
    bits.unsigned()
    bits.unsigned()
    return number_bits, order_bits, bool(bits.take(1))
