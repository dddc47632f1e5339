import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.entries.rules import titles

pytestmark = pytest.mark.rules


def test_names_the_body_before_the_work() -> None:
    assert titles.compose(named="广东省总工会", title="夜班的灯") == "广东省总工会《夜班的灯》"


@pytest.mark.parametrize("typed", ["《夜班的灯》", " 夜班的灯 ", "“夜班的灯”", "「夜班的灯」"])
def test_typed_quotation_marks_are_not_doubled(typed: str) -> None:
    assert titles.compose(named="A", title=typed) == "A《夜班的灯》"


def test_marks_inside_a_title_stay() -> None:
    assert titles.bare("《春》与《秋》") == "《春》与《秋》"


def test_a_part_that_is_missing_leaves_no_marks_behind() -> None:
    assert titles.compose(named="广东省总工会", title=" ") == "广东省总工会"
    assert titles.compose(named="", title="夜班") == "《夜班》"


@given(st.text(max_size=40))
def test_bare_is_settled_after_once(title: str) -> None:
    assert titles.bare(titles.bare(title)) == titles.bare(title)
