"""The index of the search page."""

import pytest

from paike.exhibition.rules import search_index
from paike.exhibition.rules.pages import Work
from paike.kernel.text import Text
from paike.media.rules import captions
from paike.media.rules.captions import Cue

pytestmark = pytest.mark.rules


def work(title: str, *cues: Cue) -> Work:
    words = captions.write(cues) if cues else ""
    return Work(id="a", title=title, synopsis="", credit="王", theme=Text("", ""), captions=words)


def test_what_is_said_stands_there_with_its_moment() -> None:
    index = search_index.of([work("灯", Cue(1200, 2000, ("车间", "a < b"))), work("桥")])
    assert index["works"] == [
        {"id": "a", "title": "灯", "credit": "王", "lines": [[1200, "车间 a < b"]]},
        {"id": "a", "title": "桥", "credit": "王", "lines": []},
    ]


def test_only_the_traditional_characters_that_matter_are_folded() -> None:
    assert search_index.of([work("灯", Cue(0, 9, ("开車",)))])["fold"] == {
        "車": "车",
        "燈": "灯",
        "開": "开",
    }
