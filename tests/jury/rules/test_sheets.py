import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.jury.rules import sheets
from paike.jury.rules.sheets import State

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("typed", "tenths"),
    [("17.5", 175), (" 20 ", 200), ("0", 0), ("17,5", 175), ("17。5", 175), ("3.", 30), ("", None)],
)
def test_marks_as_people_type_them(typed: str, tenths: int | None) -> None:
    assert sheets.read_mark(typed, points=20) == tenths


@pytest.mark.parametrize("typed", ["20.1", "-1", "1.25", "abc", "1e1", "٣", "21"])
def test_what_is_not_a_mark(typed: str) -> None:
    with pytest.raises(sheets.BadMark) as caught:
        sheets.read_mark(typed, points=20)
    assert "20" in caught.value.text.zh
    assert "20" in caught.value.text.en


@given(st.integers(0, 1000))
def test_shown_marks_read_back(tenths: int) -> None:
    assert sheets.read_mark(sheets.show_mark(tenths), points=100) == tenths


def state(marks: dict[str, int], *, recused: bool = False, later: bool = False) -> State:
    return sheets.state(marks, criteria=("idea", "craft"), recused=recused, later=later)


def test_complete_means_every_criterion() -> None:
    assert state({}) is State.TODO
    assert state({"idea": 0}) is State.PARTIAL
    assert state({"idea": 0, "craft": 0}) is State.COMPLETE
    assert state({"idea": 0}, later=True) is State.LATER
    assert state({"idea": 0, "craft": 0}, later=True) is State.COMPLETE
    assert state({"idea": 0, "craft": 0}, recused=True) is State.RECUSED


def test_who_stepped_aside_from_every_work_is_done_and_nobody_is_without_works() -> None:
    assert sheets.progress([State.RECUSED, State.RECUSED]).is_complete
    assert not sheets.progress([]).is_complete


@given(st.lists(st.sampled_from(list(State))))
def test_done_is_never_shown_while_work_remains(states: list[State]) -> None:
    progress = sheets.progress(states)
    open_states = {State.TODO, State.PARTIAL, State.LATER}
    assert not (progress.is_complete and open_states & set(states))
    assert progress.done + progress.left + progress.recused == len(states)
