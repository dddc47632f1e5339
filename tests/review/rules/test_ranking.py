from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.review.rules import ranking
from paike.review.rules.ranking import Ranking

pytestmark = pytest.mark.rules

A, B, C, D, E, F, G = (uuid4() for _ in range(7))
FULL = Ranking(least=3, most=5, ranked=(A, B, C, D, E), reserve=(F, G))


def test_a_work_takes_the_first_empty_place() -> None:
    assert Ranking(least=3, most=5, ranked=(A,)).add(B).ranked == (A, B)


def test_no_place_above_the_quota() -> None:
    with pytest.raises(ranking.OverQuota):
        Ranking(least=3, most=5, ranked=(A, B, C, D, E)).add(F)


def test_no_move_from_the_reserve_above_the_quota() -> None:
    with pytest.raises(ranking.OverQuota):
        FULL.put_at(F, 1)


def test_a_work_stands_on_the_list_once() -> None:
    with pytest.raises(ranking.AlreadyListed):
        FULL.add_to_reserve(A)


@pytest.mark.parametrize("act", [FULL.remove, FULL.up, FULL.down])
def test_a_stranger_cannot_be_moved(act: Callable[[UUID], Ranking]) -> None:
    with pytest.raises(ranking.NotListed):
        act(uuid4())


def test_up_and_down_change_neighbours() -> None:
    assert FULL.up(B).ranked == (B, A, C, D, E)
    assert FULL.down(A).ranked == (B, A, C, D, E)
    assert FULL.up(A) == FULL
    assert FULL.up(G).reserve == (G, F)
    assert FULL.down(G) == FULL


def test_the_last_place_goes_down_to_the_head_of_the_reserve() -> None:
    lowered = FULL.down(E)
    assert lowered.ranked == (A, B, C, D)
    assert lowered.reserve == (E, F, G)
    assert lowered.up(E) == FULL


def test_a_leaver_is_followed_by_the_first_of_the_reserve_in_the_last_place() -> None:
    after, follower = ranking.replace_leaver(FULL, B)
    assert after.ranked == (A, C, D, E, F)
    assert after.reserve == (G,)
    assert follower == F


def test_a_leaver_from_the_reserve_has_no_follower() -> None:
    after, follower = ranking.replace_leaver(FULL, F)
    assert after.ranked == FULL.ranked
    assert follower is None


def test_without_a_reserve_the_list_gets_shorter() -> None:
    after, follower = ranking.replace_leaver(Ranking(least=3, most=5, ranked=(A, B, C)), A)
    assert after.ranked == (B, C)
    assert follower is None


def test_how_many_are_missing() -> None:
    short = Ranking(least=3, most=5, ranked=(A,))
    assert (short.missing, short.free) == (2, 4)
    with pytest.raises(ranking.TooFew, match="2 more"):
        short.check_complete()
    FULL.check_complete()


WORKS = tuple(uuid4() for _ in range(8))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add_to_reserve", "remove", "up", "down", "put_in_reserve"]),
        st.sampled_from(WORKS),
    ),
    max_size=40,
)


@given(steps=STEPS, most=st.integers(1, 5))
def test_whatever_is_done_every_work_stands_once_and_never_above_quota(
    steps: list[tuple[str, UUID]], most: int
) -> None:
    one = Ranking(least=1, most=most)
    for name, work in steps:
        try:
            one = getattr(one, name)(work)
        except (ranking.OverQuota, ranking.AlreadyListed, ranking.NotListed):
            continue
        assert len(one.ranked) <= most
        everything = [*one.ranked, *one.reserve]
        assert len(everything) == len(set(everything))


@given(order=st.permutations(WORKS[:5]), leaver=st.sampled_from(WORKS[:5]))
def test_replacing_keeps_the_order_of_those_who_stay(order: list[UUID], leaver: UUID) -> None:
    before = Ranking(least=3, most=3, ranked=tuple(order[:3]), reserve=tuple(order[3:]))
    after, _ = ranking.replace_leaver(before, leaver)
    assert [*after.ranked, *after.reserve] == [one for one in order if one != leaver]
    assert len(after.ranked) == 3
