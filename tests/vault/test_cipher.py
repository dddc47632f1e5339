import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.vault import cipher

PLACE = "accounts_account.real_name.1"


@given(st.text(max_size=200))
def test_what_is_sealed_opens_again(text: str) -> None:
    assert cipher.open_box(cipher.seal(text, place=PLACE), place=PLACE) == text


def test_the_same_text_never_looks_the_same() -> None:
    assert cipher.seal("王", place=PLACE) != cipher.seal("王", place=PLACE)


def test_the_text_is_not_in_the_box() -> None:
    assert "王师傅".encode() not in cipher.seal("王师傅", place=PLACE)


@pytest.mark.parametrize("at", [0, 1, 4, 5, 16, 17, -1])
def test_any_flipped_bit_raises(at: int) -> None:
    box = bytearray(cipher.seal("王师傅", place=PLACE))
    box[at] ^= 1
    with pytest.raises(cipher.Tampered):
        cipher.open_box(bytes(box), place=PLACE)


def test_a_box_copied_to_another_row_does_not_open() -> None:
    box = cipher.seal("王师傅", place=PLACE)
    with pytest.raises(cipher.Tampered):
        cipher.open_box(box, place="accounts_account.real_name.2")


@pytest.mark.parametrize("box", [b"", b"\x01", b"\x01" + b"k" * 4 + b"n" * 12, b"\x02" + b"x" * 40])
def test_what_is_no_box_raises(box: bytes) -> None:
    with pytest.raises(cipher.Tampered):
        cipher.open_box(box, place=PLACE)
