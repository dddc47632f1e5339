import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.jury.rules.commitments import SALT, Pile

pytestmark = pytest.mark.rules
PILE = Pile(3, ("story", "picture"), {17: (280, 190), 4: (0, 1000)})


def test_the_hash_is_that_of_the_specification() -> None:
    text = b'{"criteria":["story","picture"],"marks":{"17":[280,190],"4":[0,1000]},"seat":3}'
    assert PILE.digest(b"s" * SALT) == hashlib.sha256(b"s" * SALT + text).hexdigest()


@given(st.binary(min_size=SALT, max_size=SALT), st.integers(0, 1000))
def test_another_mark_seat_or_salt_is_another_hash(salt: bytes, mark: int) -> None:
    known = PILE.digest(b"s" * SALT)
    assert (PILE.digest(salt) == known) == (salt == b"s" * SALT)
    changed = Pile(3, PILE.criteria, {**PILE.marks, 17: (mark, 190)})
    assert (changed.digest(b"s" * SALT) == known) == (mark == 280)
    assert Pile(4, PILE.criteria, PILE.marks).digest(b"s" * SALT) != known
