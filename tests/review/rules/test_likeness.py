"""When two works that both stayed are looked at again."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.review.rules.likeness import Evidence, brings_news

pytestmark = pytest.mark.rules
Parts = tuple[tuple[float, float], ...]
OURS, THEIRS, NEWER, OTHER = (UUID(int=place) for place in range(1, 5))
STOCK = Evidence({OURS: ((10.0, 30.0),), THEIRS: ((0.0, 20.0),)})


def test_without_anything_judged_all_is_news() -> None:
    assert brings_news(STOCK, [])


def test_a_corrected_film_with_the_same_passage_is_no_news() -> None:
    cut_again = Evidence({NEWER: ((12.0, 32.0),), THEIRS: ((0.5, 20.0),)})
    assert not brings_news(cut_again, [STOCK])


def test_another_passage_of_the_same_film_is_news() -> None:
    whole = Evidence({NEWER: ((0.0, 60.0),), THEIRS: ((0.0, 60.0),)})
    assert brings_news(whole, [STOCK])
    elsewhere = Evidence({NEWER: ((0.0, 20.0),), THEIRS: ((40.0, 60.0),)})
    assert brings_news(elsewhere, [STOCK])
    assert not brings_news(elsewhere, [STOCK, whole])


def test_where_both_films_are_new_somebody_looks() -> None:
    assert brings_news(Evidence({NEWER: ((10.0, 30.0),), OTHER: ((0.0, 20.0),)}), [STOCK])


PARTS = st.lists(
    st.tuples(st.floats(0, 80), st.floats(0, 10)).map(lambda p: (p[0], p[0] + p[1])), max_size=5
).map(tuple)


@given(PARTS, PARTS)
def test_what_was_judged_is_never_news_again(ours: Parts, theirs: Parts) -> None:
    one = Evidence({OURS: ours, THEIRS: theirs})
    assert not brings_news(one, [STOCK, one])
