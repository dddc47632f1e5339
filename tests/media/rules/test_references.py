"""What the heads of slices tell of references; real films are in `adapters/sandbox/test_packets.py`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.media.rules.references import References

pytestmark = pytest.mark.rules

# Written by x264 for 64 x 64 points, baseline, one reference (start and parameter sets of `avcC`).
RECORD = bytes.fromhex("0142c00affe100156742c00ada109a1000000300100000030320f1226a01000468ce0fc8")


@given(st.binary(max_size=80))
def test_any_record_is_read_or_left_alone(record: bytes) -> None:
    References(record).see(memoryview(b"\0\0\0\1\x41"))


@given(st.lists(st.binary(max_size=80), max_size=8))
def test_any_packet_is_read_or_left_alone(packets: list[bytes]) -> None:
    found = References(RECORD)
    for packet in packets:
        found.see(memoryview(packet))


def test_without_a_record_nothing_is_sure() -> None:
    found = References(b"")
    assert not found.plain
    assert found.see(memoryview(b""))


def test_a_record_that_is_read_is_believed_until_a_picture_says_otherwise() -> None:
    found = References(RECORD)
    assert found.plain
    assert not found.see(memoryview(b"\0\0\0\5\x01\xe8\0\0\0"))  # nothing refers to it
    assert found.plain
    found.see(memoryview(b"\0\0\0\1\x67"))  # parameters may change here: not followed
    assert not found.plain


def test_a_packet_of_nothing_but_noughts_ends_soon() -> None:
    found = References(RECORD)
    found.see(memoryview(bytes(5_000_000)))
    assert not found.plain
