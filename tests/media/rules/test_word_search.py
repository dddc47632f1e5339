"""Words are found wherever they are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.media.rules import word_search
from paike.media.rules.captions import Cue
from paike.media.rules.word_search import Line

pytestmark = pytest.mark.rules
LINES = (
    Line(1000, "老师傅每天第一个到岗，"),
    Line(4200, "三十年没有迟到过。"),
    Line(9000, "The lamp by the furnace"),
)


@pytest.mark.parametrize(
    ("words", "moments"),
    [
        ("师傅", [1000]),
        ("老師傅", [1000]),  # typed in traditional characters
        ("到岗三十年", [1000]),  # over the end of a line, punctuation or not
        ("到岗，三十", [1000]),
        ("到", [1000, 4200]),
        ("师傅 迟到", [1000, 4200]),  # both must be there
        ("师傅 纺织", []),
        ("ＬＡＭＰ by", [9000]),
        ("灯", []),
        ("", []),
        ("，。", []),
    ],
)
def test_parts_of_sentences_are_found(words: str, moments: list[int]) -> None:
    assert [one.at for one in word_search.hits(LINES, words)] == moments


def test_a_line_that_is_punctuation_only_is_never_the_one_meant() -> None:
    lines = (Line(0, "……"), Line(500, "灯亮了"))
    assert [one.at for one in word_search.hits(lines, "灯")] == [500]


def test_the_lines_of_a_cue_are_one() -> None:
    assert word_search.lines_of((Cue(7, 9, ("炉前", "的灯")),)) == (Line(7, "炉前 的灯"),)


TEXT = st.text(alphabet="车间里的灯一直亮着 ab，", max_size=12)


@given(st.lists(TEXT, min_size=1, max_size=8), st.data())
def test_whatever_is_said_is_found_at_its_moment(texts: list[str], data: st.DataObject) -> None:
    lines = tuple(Line(number * 1000, text) for number, text in enumerate(texts))
    number = data.draw(st.integers(0, len(texts) - 1))
    letters = "".join(texts[number].split())
    start = data.draw(st.integers(0, len(letters)))
    part = letters[start : data.draw(st.integers(start, len(letters)))]
    found = word_search.hits(lines, part)
    assert bool(word_search.terms_of(part)) == (lines[number] in found)
