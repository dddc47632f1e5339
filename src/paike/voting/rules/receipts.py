"""Receipt codes: a ballot's number under a key, sixteen characters that can be read aloud.

A code needs no index, can't be guessed, and tells neither order nor number: the first half
authenticates the number (40 bits), the second is the number under a mask made of the first.
"""

import hmac

from paike.kernel import ids
from paike.voting.rules.secrets import Key, keyed

LENGTH = 16
_NUMBER = 5  # bytes: 10^12 ballots

_PAIRS = tuple(first + second for first in ids.ALPHABET for second in ids.ALPHABET)
_VALUES = {character: value for value, character in enumerate(ids.ALPHABET)}


def code(number: int, *, key: Key) -> str:
    """The receipt code of the ballot with this number; `key` is secrets.receipt_key."""
    mac = keyed(key, b"m" + number.to_bytes(_NUMBER, "big"))[:_NUMBER]
    mask = keyed(key, b"e" + mac)[:_NUMBER]
    hidden = number ^ int.from_bytes(mask, "big")
    return _eight(int.from_bytes(mac, "big")) + _eight(hidden)


def _eight(half: int) -> str:
    """40 bits as characters."""
    return (
        _PAIRS[half >> 30]
        + _PAIRS[half >> 20 & 1023]
        + _PAIRS[half >> 10 & 1023]
        + _PAIRS[half & 1023]
    )


def number(typed: str, *, key: Key) -> int | None:
    """The ballot's number, or None where the code is not one of ours."""
    plain = ids.read_code(typed)
    if len(plain) != LENGTH or not set(plain) <= set(ids.ALPHABET):
        return None
    bits = 0
    for character in plain:
        bits = bits << 5 | _VALUES[character]
    mac, hidden = (bits >> 40).to_bytes(_NUMBER, "big"), bits & (1 << 40) - 1
    found = hidden ^ int.from_bytes(keyed(key, b"e" + mac)[:_NUMBER], "big")
    wanted = keyed(key, b"m" + found.to_bytes(_NUMBER, "big"))[:_NUMBER]
    return found if hmac.compare_digest(mac, wanted) else None
