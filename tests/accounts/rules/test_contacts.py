import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.accounts.rules import contacts

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        " 138 0013 8000 ",
        "138-0013-8000",
        "+86 138 0013 8000",
        "008613800138000",
        "8613800138000",
        "１３８００１３８０００",
        "＋８６（138）00138000",
    ],
)
def test_one_phone_in_many_hands(typed: str) -> None:
    assert contacts.phone(typed) == "+8613800138000"


@pytest.mark.parametrize("typed", ["", "12345", "12800138000", "1380013800", "138001380000", "abc"])
def test_what_is_no_phone(typed: str) -> None:
    with pytest.raises(contacts.NotAContact) as caught:
        contacts.phone(typed)
    assert "11 位" in caught.value.text.zh


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Wang@Example.COM ", "wang@example.com"),
        ("ｗａｎｇ＠example.com", "wang@example.com"),
        ("a.b+c@sub.example.com", "a.b+c@sub.example.com"),
        ("wang@例子.中国", "wang@xn--fsqu00a.xn--fiqs8s"),
    ],
)
def test_addresses(typed: str, written: str) -> None:
    assert contacts.email(typed) == written


@pytest.mark.parametrize(
    "typed",
    ["wang", "wang@", "@example.com", "a b@example.com", "a@b", "a@b..c", "a@example.com\nBcc: x@y.z",
     "<a@example.com>", "a@-x.com", "a,b@example.com"],
)  # fmt: skip
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(contacts.NotAContact):
        contacts.email(typed)


@given(st.text(max_size=80))
def test_never_anything_else_than_a_contact_or_a_refusal(typed: str) -> None:
    kind = contacts.guess_kind(typed)
    try:
        value = contacts.read(kind, typed)
    except contacts.NotAContact:
        return
    assert contacts.read(kind, value) == value
    assert "\n" not in value


def test_masks() -> None:
    assert contacts.masked("phone", "+8613800138000") == "138****8000"
    assert contacts.masked("email", "wang@example.com") == "w***@example.com"


@pytest.mark.parametrize(
    ("written", "reached"),
    [
        ("wang@example.com", "wang@example.com"),
        ("wang+1@example.com", "wang@example.com"),
        ("wang+a+b@example.com", "wang@example.com"),
        ("w.ang@example.com", "w.ang@example.com"),
        ("w.an.g+9@googlemail.com", "wang@gmail.com"),
        ("+@example.com", "+@example.com"),
        ("...@gmail.com", "...@gmail.com"),
    ],
)
def test_a_mailbox_has_many_addresses(written: str, reached: str) -> None:
    assert contacts.reached("email", written) == reached
    assert contacts.reached("email", reached) == reached


def test_a_phone_is_reached_as_it_is_written() -> None:
    assert contacts.reached("phone", "+8613800138000") == "+8613800138000"
