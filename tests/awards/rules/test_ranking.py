from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.awards.rules import blending, ranking
from paike.awards.rules.race import Blend, Work
from tests.awards.rules.races import CHAIN, races, rules, work

pytestmark = pytest.mark.rules


def rank(
    works: list[Work], *committee: list[str], ties: tuple[str, ...] = CHAIN
) -> list[ranking.Place]:
    book = rules(ties=ties)
    scores = blending.blend(works, rules=book)
    return ranking.rank(works, scores=scores, ties=book.ties, committee=committee)


def ids(places: list[ranking.Place]) -> str:
    return "".join(place.id for place in places)


def test_each_link_of_the_chain() -> None:
    equal = Blend("votes-only", Fraction(1), Fraction(0))
    book = rules(blend=equal)

    def second_by(left: Work, right: Work) -> tuple[str, str | None]:
        works = [left, right]
        scores = blending.blend(works, rules=book)
        places = ranking.rank(works, scores=scores, ties=book.ties)
        return ids(places), places[1].by

    sheets = {"one": (100, 0), "two": (200, 0), "three": (300, 0)}
    base = Work("a", 5, sheets)
    assert second_by(base, Work("b", 6, sheets)) == ("ba", "total")
    assert second_by(base, Work("b", 5, {"one": (100, 1), "two": (200, 0), "three": (300, 0)})) == (
        "ba",
        "jury",
    )
    assert second_by(base, Work("b", 5, {"one": (0, 0), "two": (300, 0), "three": (300, 0)})) == (
        "ba",
        "jury-median",
    )
    assert second_by(base, Work("b", 5, {"one": (0, 100), "two": (200, 0), "three": (300, 0)})) == (
        "ab",
        "first-criterion",
    )
    rotated = {"one": (300, 0), "two": (100, 0), "three": (200, 0)}
    assert second_by(base, Work("b", 5, rotated)) == ("ab", "head-to-head")


def test_valid_votes_come_after_the_jurors() -> None:
    works = [Work("a", 5, {"one": (10,)}), Work("b", 7, {"one": (10,)})]
    book = rules(blend=Blend("jury-only", Fraction(0), Fraction(1)))
    scores = blending.blend(works, rules=book)
    places = ranking.rank(works, scores=scores, ties=book.ties)
    assert ids(places) == "ba"
    assert places[1].by == "votes"


def test_an_unbroken_tie_shares_its_rank() -> None:
    places = rank([work("b", 1, 50), work("a", 1, 50), work("c", 0, 40)])
    assert [(place.id, place.rank) for place in places] == [("a", 1), ("b", 1), ("c", 3)]
    assert places[0].tied_with == ("b",)
    assert places[1].by is None


def test_the_committee_breaks_what_nothing_else_did() -> None:
    works = [work("a", 1, 50), work("b", 1, 50), work("c", 0, 40)]
    places = rank(works, ["b", "a"])
    assert ids(places) == "bac"
    assert places[1].by == "committee"
    assert [place.rank for place in places] == [1, 2, 3]


def test_the_committee_cannot_move_what_is_not_tied() -> None:
    assert ids(rank([work("a", 2, 60), work("b", 1, 50)], ["b", "a"])) == "ab"


def test_a_ballot_that_orders_only_part_of_a_tie_does_not_count() -> None:
    works = [work("a", 1, 50), work("b", 1, 50), work("c", 1, 50)]
    assert {place.rank for place in rank(works, ["b", "a"])} == {1}


def test_the_latest_committee_ballot_counts() -> None:
    works = [work("a", 1, 50), work("b", 1, 50)]
    assert ids(rank(works, ["b", "a"], ["a", "b"])) == "ab"


@given(races(), st.randoms(use_true_random=False))
def test_the_order_of_entry_says_nothing(works: list[Work], random: object) -> None:
    shuffled = list(works)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis' own Random
    assert rank(shuffled) == rank(works)


@given(races())
def test_names_say_nothing(works: list[Work]) -> None:
    """Renaming the works renames the result and changes nothing else: ranks as before."""
    renamed = [
        Work(chr(ord("z") - ord(each.id) + ord("a")), each.votes, each.sheets) for each in works
    ]
    back = {chr(ord("z") - ord(each.id) + ord("a")): each.id for each in works}
    before = {place.id: (place.rank, set(place.tied_with)) for place in rank(works)}
    after = {
        back[place.id]: (place.rank, {back[other] for other in place.tied_with})
        for place in rank(renamed)
    }
    assert before == after


@given(races())
def test_a_higher_total_is_never_behind(works: list[Work]) -> None:
    scores = blending.blend(works, rules=rules())
    totals = [scores[place.id].total for place in rank(works)]
    assert totals == sorted(totals, reverse=True)


@given(races())
def test_ranks_count_the_works_ahead(works: list[Work]) -> None:
    places = rank(works)
    for index, place in enumerate(places):
        ahead = [other for other in places if other.rank < place.rank]
        assert place.rank == len(ahead) + 1
        assert index + 1 >= place.rank
