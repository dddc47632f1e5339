import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.voting.rules import challenges

pytestmark = pytest.mark.rules

NOW = datetime(2021, 7, 2, 4, 0, tzinfo=UTC)
VOTER, BALLOT, KEY = b"v" * 16, UUID(int=7), b"k" * 32


def puzzle(number: int = 731) -> dict[str, str | int]:
    return challenges.make(
        voter=VOTER, ballot=BALLOT, number=number, random=b"r" * 12, key=KEY, now=NOW
    )


def payload(made: dict[str, str | int], **changed: object) -> str:
    told = {name: value for name, value in made.items() if name != "maxnumber"} | changed
    return base64.b64encode(json.dumps(told).encode()).decode()


def solve(made: dict[str, str | int]) -> int:
    for number in range(challenges.MOST + 1):
        if hashlib.sha256(f"{made['salt']}{number}".encode()).hexdigest() == made["challenge"]:
            return number
    raise AssertionError("no solution")


def check(
    sent: object, *, voter: bytes = VOTER, ballot: UUID = BALLOT, now: datetime = NOW
) -> challenges.Solved:
    return challenges.check(sent, voter=voter, ballot=ballot, key=KEY, now=now)


def test_the_form_is_altchas() -> None:
    """Salt, challenge and signature as altcha 2.3.0 (Python, its v1) makes them."""
    salt = "00112233445566778899aabb?expires=2000000000&for=ballot&"
    challenge = hashlib.sha256(f"{salt}731".encode()).hexdigest()
    assert challenge == "14d2c08dca94fe21039f601bb37c511f37ed79363ab20a30b2f04ea9e5ed029a"
    assert challenges._signature(challenge, b"a key") == (
        "888df50a5ed631574c8b95b35b9ddf78e0dc265dec7b4feb781d99cb73e32a39"
    )
    assert set(puzzle()) == {"algorithm", "challenge", "maxnumber", "salt", "signature"}


def test_a_solution_is_found_and_taken() -> None:
    made = puzzle()
    number = solve(made)
    assert number == 731
    assert check(payload(made, number=number)).nonce.hex() == made["challenge"]


def test_a_solution_is_good_for_its_voter_and_ballot_and_ten_minutes() -> None:
    sent = payload(puzzle(), number=731)
    check(sent, now=NOW + timedelta(minutes=9, seconds=59))
    with pytest.raises(challenges.NotSolved):
        check(sent, voter=b"w" * 16)
    with pytest.raises(challenges.NotSolved):
        check(sent, ballot=UUID(int=8))
    with pytest.raises(challenges.NotSolved):
        check(sent, now=NOW + timedelta(minutes=10))


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 732},
        {"number": "731"},
        {"number": True},
        {"number": None},
        {"signature": "0" * 64},
        {"signature": None},
        {"signature": "\ud800"},
        {"algorithm": "SHA-1"},
        {"salt": "00?expires=9999999999&for=00&"},
        {"salt": "\ud800"},
        {"challenge": 5},
    ],
)
def test_anything_changed_is_no_solution(changed: dict[str, object]) -> None:
    with pytest.raises(challenges.NotSolved):
        check(payload(puzzle(), **({"number": 731} | changed)))


def test_a_puzzle_made_by_somebody_else_is_none_of_ours() -> None:
    made = challenges.make(
        voter=VOTER, ballot=BALLOT, number=0, random=b"r" * 12, key=b"x" * 32, now=NOW
    )
    with pytest.raises(challenges.NotSolved):
        check(payload(made, number=0))


@given(st.one_of(st.none(), st.integers(), st.text(), st.dictionaries(st.text(), st.text())))
def test_whatever_is_sent_is_a_clean_no(sent: object) -> None:
    with pytest.raises(challenges.NotSolved):
        check(sent)


@given(st.recursive(st.none() | st.text() | st.integers(), st.lists))
def test_whatever_is_wrapped_is_a_clean_no(value: object) -> None:
    with pytest.raises(challenges.NotSolved):
        check(base64.b64encode(json.dumps(value).encode()).decode())
