from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.awards.rules import blending
from paike.awards.rules.race import Blend, Work
from tests.awards.rules.races import races, rules, work

pytestmark = pytest.mark.rules


def formula(name: str) -> Blend:
    return Blend(name, Fraction(3, 10), Fraction(7, 10))  # type: ignore[arg-type]  # given as text


def test_percentile_rank_by_hand() -> None:
    works = [work("a", 100, 80), work("b", 10, 90), work("c", 10, 70)]
    scores = blending.blend(works, rules=rules())
    assert scores["a"].vote_points == Fraction(250, 3)
    assert scores["b"].vote_points == scores["c"].vote_points == Fraction(100, 3)
    assert scores["b"].jury_points == Fraction(250, 3)
    assert scores["a"].total == Fraction(3, 10) * Fraction(250, 3) + Fraction(7, 10) * 50


def test_share_of_maximum_by_hand() -> None:
    works = [work("a", 100, 80), work("b", 50, 90)]
    scores = blending.blend(works, rules=rules(blend=formula("share-of-maximum")))
    assert scores["b"].total == Fraction(3, 10) * 50 + Fraction(7, 10) * 90


def test_share_of_maximum_without_any_vote() -> None:
    scores = blending.blend([work("a", 0, 80)], rules=rules(blend=formula("share-of-maximum")))
    assert scores["a"].vote_points == 0


def test_one_side_alone() -> None:
    works = [work("a", 9, 10), work("b", 1, 90)]
    votes = blending.blend(works, rules=rules(blend=formula("votes-only")))
    assert votes["a"].total > votes["b"].total
    jury = blending.blend(works, rules=rules(blend=formula("jury-only")))
    assert jury["b"].total == 90


@given(races(least=2), st.integers(1, 50))
def test_buying_votes_for_one_never_flips_two_others_by_share(works: list[Work], more: int) -> None:
    """With rank points a third work moves two others by at most one place's worth each way; who of
    the two has more votes stays so."""
    richer = [replace(works[0], votes=works[0].votes + more), *works[1:]]
    before, after = (blending.blend(each, rules=rules()) for each in (works, richer))
    for one in works[1:]:
        for other in works[1:]:
            if before[one.id].vote_points > before[other.id].vote_points:
                assert after[one.id].vote_points > after[other.id].vote_points


@given(races(), st.integers(1, 5))
def test_more_votes_never_lower_a_total(works: list[Work], more: int) -> None:
    for name in ("percentile-rank", "share-of-maximum", "votes-only", "jury-only"):
        book = rules(blend=formula(name))
        richer = [replace(works[0], votes=works[0].votes + more), *works[1:]]
        before, after = (blending.blend(each, rules=book) for each in (works, richer))
        assert after[works[0].id].total >= before[works[0].id].total


@given(races())
def test_realised_weights_add_up(works: list[Work]) -> None:
    book = rules()
    scores = blending.blend(works, rules=book)
    by_votes, by_jury = blending.realised_weight(scores, rules=book)
    spread = len({score.total for score in scores.values()}) > 1
    assert by_votes + by_jury == (1 if spread else 0)


def test_percentile_rank_realises_its_weight_where_shares_do_not() -> None:
    """One work with bought votes: by share it takes over the spread, by rank it does not."""
    works = [work(f"w{n:02}", 10 + n, 60 + (n * 7) % 31) for n in range(30)]
    works[0] = replace(works[0], votes=100_000)
    shares = rules(blend=formula("share-of-maximum"))
    by_share = blending.realised_weight(blending.blend(works, rules=shares), rules=shares)[0]
    by_rank = blending.realised_weight(blending.blend(works, rules=rules()), rules=rules())[0]
    assert by_rank < Fraction(3, 10) < by_share
