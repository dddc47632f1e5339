"""Texts that a machine has read, compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.media.rules import text_likeness
from paike.media.rules.measured import Declared

pytestmark = pytest.mark.rules
TEXT = st.text("车间里的灯王建国夜班a1", max_size=12)


@given(TEXT, TEXT)
def test_it_is_a_distance(one: str, other: str) -> None:
    assert text_likeness.distance(one, other) == text_likeness.distance(other, one)
    assert (text_likeness.distance(one, other) == 0) == (one == other)
    assert text_likeness.distance(one, other) <= max(len(one), len(other))


@given(TEXT.filter(bool), TEXT, TEXT)
def test_what_is_there_as_it_is_is_found(wanted: str, before: str, after: str) -> None:
    assert text_likeness.within(wanted, before + wanted + after) == 1


def test_writing_makes_no_difference() -> None:
    assert text_likeness.of("《车间里的灯》", "車間裡 的 燈") == 1
    assert text_likeness.of("ＡＢ１２", "ab12") == 1
    assert text_likeness.of("夜班", "早茶") == 0


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["末班车的约定", "赵海燕"], "ok"),
        (["末班车的约定", "武汉公交集团"], "ok"),
        (["末班车的约定", "赵海"], "ok"),
        (["末班车的约定", "赵"], "no-author"),
        (["末班"], "no-title"),
    ],
)
def test_what_an_opening_says(texts: list[str], said: str) -> None:
    declared = Declared(title="末班车的约定", authors=("赵海燕",), unit="武汉公交集团工会")
    assert text_likeness.opening_says(texts, declared) == said


def test_of_two_characters_none_may_be_misread() -> None:
    declared = Declared(title="灯火", authors=("王强",))
    assert text_likeness.opening_says(["灯火", "王张"], declared) == "no-author"
