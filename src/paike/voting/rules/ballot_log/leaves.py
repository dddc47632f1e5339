"""The leaf of a ballot, byte for byte."""

import base64
from binascii import b2a_base64
from collections.abc import Sequence


def ballot(*, period: str, tag: bytes, commitment: bytes, works: Sequence[int]) -> bytes:
    """The canonical JSON of a ballot's leaf, put together as text: it is on the way of every
    ballot. `works` ascend; `period` needs no escaping."""
    return b'{"c":"%b","k":"ballot","p":"%b","t":"%b","w":[%b]}' % (
        b2a_base64(commitment, newline=False)[:43].translate(_TO_URL),
        period.encode(),
        sixteen(tag),
        ",".join(map(str, works)).encode(),
    )


def sixteen(data: bytes) -> bytes:
    """`base64url` of 16 bytes, as ASCII."""
    return b2a_base64(data, newline=False)[:22].translate(_TO_URL)


_TO_URL = bytes.maketrans(b"+/", b"-_")


def base64url(data: bytes) -> str:
    """Base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
