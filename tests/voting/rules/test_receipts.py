import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.kernel import ids
from paike.voting.rules import receipts

pytestmark = pytest.mark.rules
KEY = bytes(range(32))


@given(st.integers(0, 2**40 - 1))
def test_a_code_leads_back_to_its_ballot(number: int) -> None:
    code = receipts.code(number, key=KEY)
    assert len(code) == receipts.LENGTH
    assert set(code) <= set(ids.ALPHABET)
    assert receipts.number(f"{code[:4]}-{code[4:].lower()}", key=KEY) == number


@given(st.integers(0, 2**40 - 1), st.integers(0, receipts.LENGTH - 1), st.integers(1, 31))
def test_a_code_with_a_wrong_character_is_none(number: int, place: int, by: int) -> None:
    code = receipts.code(number, key=KEY)
    wrong = ids.ALPHABET[(ids.ALPHABET.index(code[place]) + by) % 32]
    assert receipts.number(code[:place] + wrong + code[place + 1 :], key=KEY) is None


@pytest.mark.parametrize("typed", ["", "A", "!" * 16, "0" * 17, "回执" * 8])
def test_what_is_no_code(typed: str) -> None:
    assert receipts.number(typed, key=KEY) is None


def test_neighbours_look_nothing_alike_and_keys_differ() -> None:
    first, second = (receipts.code(number, key=KEY) for number in (1, 2))
    assert sum(a == b for a, b in zip(first, second, strict=True)) < 6
    assert receipts.number(first, key=KEY[::-1]) is None
