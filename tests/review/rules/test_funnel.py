import pytest

from paike.review.rules import funnel
from paike.review.rules.states import StateKey

pytestmark = pytest.mark.rules


def test_every_state_but_a_draft_has_a_place_in_the_funnel() -> None:
    for state in StateKey:
        steps = funnel.steps_of(state)
        assert steps == funnel.STEPS[: len(steps)]
        assert bool(steps) is (state is not StateKey.DRAFT)


def test_a_step_is_reached_by_all_that_came_further() -> None:
    assert set(funnel.reaching("shortlisted")) == {StateKey.SHORTLISTED}
    assert StateKey.SHORTLISTED in funnel.reaching("accepted")
    assert StateKey.WAITING not in funnel.reaching("accepted")
    assert funnel.reaching("no such step") == ()


def test_parts_add_up_to_what_was_submitted() -> None:
    row = {"submitted": 9, "cleared": 8, "accepted": 5, "recommended": 3, "shortlisted": 1}
    assert funnel.parts(row) == [4, 2, 2, 1]
    assert sum(funnel.parts(row)) == 9
    assert funnel.total([row, row])["accepted"] == 10
