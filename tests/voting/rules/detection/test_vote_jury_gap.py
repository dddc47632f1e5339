"""D9: first for the public and last for the jury asks for a look and tags nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paike.voting.rules.detection import vote_jury_gap
from tests.factories import contests

pytestmark = pytest.mark.rules


@settings(max_examples=15, deadline=None)
@given(st.dictionaries(st.integers(0, contests.WORKS - 1), st.integers(1, 100)))
def test_exactly_those_high_by_votes_and_low_by_the_jury(jury: dict[int, int]) -> None:
    seen = contests.contest(contests.honest(500), jury_ranks=jury)
    better = {w: int((seen.named > seen.named[w]).sum()) for w in jury}
    found = vote_jury_gap.find(seen, ())
    assert not any(len(one.rows) for one in found)
    for one in found:
        assert one.work is not None
        assert better[one.work] < 10
        assert jury[one.work] >= 70
    clear = {
        w for w, rank in jury.items() if rank >= 70 and (seen.named >= seen.named[w]).sum() <= 10
    }
    assert clear <= {one.work for one in found}


def test_before_the_marks_are_in_there_is_nothing() -> None:
    assert vote_jury_gap.find(contests.contest(contests.honest(200)), ()) == []
