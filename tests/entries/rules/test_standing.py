from datetime import timedelta

import pytest

from paike.campaigns.rules import stages
from paike.entries.rules import standing
from paike.entries.rules.standing import Facts, Standing
from tests.factories import campaigns

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), Standing.DRAFT),
        (Facts(submitted=True), Standing.INSPECTING),
        (Facts(submitted=True, cleared=True), Standing.CLEARED),
        (Facts(submitted=True, refused=True), Standing.REFUSED),
        (Facts(submitted=True, cleared=True, reopened=True), Standing.REOPENED),
        (Facts(withdrawn=True), Standing.WITHDRAWN),
        (Facts(submitted=True, cleared=True, withdrawn=True), Standing.WITHDRAWN),
        (Facts(submitted=True, cleared=True, disqualified=True), Standing.DISQUALIFIED),
    ],
)
def test_standing_follows_from_the_facts(facts: Facts, expected: Standing) -> None:
    assert standing.of(facts) is expected


def test_only_a_returned_work_comes_in_after_the_collecting_stage() -> None:
    rulebook = campaigns.rules()
    window = stages.window(rulebook, "submit")
    review = stages.window(rulebook, "review")
    assert window is not None
    assert review is not None
    last = window.end - timedelta(seconds=1)
    assert standing.takes_submission(rulebook, Standing.DRAFT, last)
    assert not standing.takes_submission(rulebook, Standing.DRAFT, window.end)
    assert not standing.takes_submission(rulebook, Standing.REFUSED, window.end)
    late = stages.allows(rulebook, "review", window.end)
    assert standing.takes_submission(rulebook, Standing.REOPENED, window.end) is late
    assert not standing.takes_submission(rulebook, Standing.REOPENED, review.end)
