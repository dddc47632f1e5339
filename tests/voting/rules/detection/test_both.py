"""Hasty and blind at once; and besides, the only ballot of its account."""

from dataclasses import replace

import numpy as np
import pytest

from paike.voting.rules.detection import both
from paike.voting.rules.detection.contest import Columns
from tests.factories import contests

pytestmark = pytest.mark.rules
WORK = 5
FIRST_ADDED = 1_000_000


def people(number: int = 8_000) -> Columns:
    """Of whom most come again: three ballots an account, on days of their own."""
    base = contests.honest(number)
    voter = np.random.default_rng(4).permutation(number) // 3
    return replace(base, voter=voter.astype(np.int32))


def crowd(number: int, **given: object) -> Columns:
    wanted: dict[str, object] = {
        "work": WORK,
        "length": 80_000,
        "hasty": 0.9,
        "blind": True,
    } | given
    return contests.added(number, **wanted)  # type: ignore[arg-type] # as `added` names them


def test_two_dozen_lone_ballots_are_found_and_hardly_another() -> None:
    seen = contests.contest(people(), crowd(25))
    found = both.excesses(seen)
    assert list(found) == [WORK]
    bought = seen.columns.voter[found[WORK].rows] >= FIRST_ADDED
    assert bought.mean() > 0.9
    assert bought.sum() >= 15


def test_as_many_of_accounts_that_vote_again_are_too_few_to_tell() -> None:
    few = crowd(25)
    again = replace(few, voter=(few.voter % 8) + FIRST_ADDED)
    assert both.excesses(contests.contest(people(), again)) == {}


@pytest.mark.parametrize("hasty", [0.3, 0.45])
def test_a_units_new_people_in_haste_are_no_crowd(hasty: float) -> None:
    """They come within two hours for a colleague and choose the others as everybody does."""
    unit = crowd(400, length=7_200, hasty=hasty, blind=False)
    assert both.excesses(contests.contest(people(), unit)) == {}


def test_new_people_who_tick_anything_but_take_their_time_are_no_crowd() -> None:
    slow = crowd(150, length=7_200, hasty=0.15)
    assert both.excesses(contests.contest(people(), slow)) == {}


def test_in_the_first_day_everybody_is_new() -> None:
    early = people()
    first_day = early.at < 86_400
    part = Columns(*(getattr(early, name)[first_day] for name in Columns.__dataclass_fields__))
    lone = replace(part, voter=np.arange(len(part), dtype=np.int32))
    assert both.excesses(contests.contest(lone)) == {}
