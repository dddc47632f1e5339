import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.kernel import canonical_json
from paike.voting.rules.ballot_log import leaves

pytestmark = pytest.mark.rules

PERIODS = st.sampled_from(["once", "2021-07-02", "2021-07-02T09:30+08:00"])


@given(
    PERIODS,
    st.binary(min_size=16, max_size=16),
    st.binary(min_size=32, max_size=32),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=40),
)
def test_a_ballots_leaf_is_canonical(
    period: str, tag: bytes, commitment: bytes, works: list[int]
) -> None:
    entry = leaves.ballot(period=period, tag=tag, commitment=commitment, works=sorted(works))
    value = leaves.base64url(commitment), leaves.base64url(tag)
    assert entry == canonical_json.dumps(
        {"k": "ballot", "p": period, "c": value[0], "t": value[1], "w": sorted(works)}
    )
    assert [len(each) for each in value] == [43, 22]


def test_it_is_short() -> None:
    entry = leaves.ballot(
        period="2021-07-02", tag=bytes(16), commitment=bytes(32), works=[3, 17, 29, 51, 88]
    )
    assert len(entry) == 130
