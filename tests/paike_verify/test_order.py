"""What ballots and statements say about time: who is put in later is found, who waited is not."""

from pathlib import Path

import pytest

from tests.factories.ballot_log import RULE, MadeLog
from tests.paike_verify.judging import found, judged

pytestmark = pytest.mark.rules
FIVE = [1, 2, 3, 4, 5]


def by_minutes(minutes: int, closes: str = RULE["closes"]) -> MadeLog:
    rule = RULE | {"period": "minutes", "period_minutes": minutes, "closes": closes}
    return MadeLog(rule=rule).begin()


def test_a_later_ballot_dates_those_behind_it(tmp_path: Path) -> None:
    """No statement stands between them."""
    made = MadeLog().begin()
    made.ballots(10)
    made.ballots(10, period="2021-07-07")
    stuffed = made.ballot("stuffed", FIVE, period="2021-07-01")
    assert found(made, tmp_path) == [("back-dated", stuffed)]


def test_a_day_and_the_one_before_it_may_mix(tmp_path: Path) -> None:
    """Several intakes: a ballot received before midnight may wait a moment longer for the disk."""
    made = MadeLog().begin()
    for one in range(6):
        made.ballot(f"v{one}", FIVE, period=f"2021-07-0{1 + one % 2}")
    assert found(made, tmp_path) == []


@pytest.mark.parametrize(("minutes", "late"), [(1, False), (2, False), (3, True), (10, True)])
def test_a_short_period_may_be_over_for_as_long_as_a_ballot_may_wait(
    tmp_path: Path, minutes: int, *, late: bool
) -> None:
    """The period between theirs is all that is known to lie between the two."""
    made = by_minutes(minutes)
    made.ballot("a", FIVE, period=f"2021-07-01T00:{2 * minutes:02}+08:00")
    index = made.ballot("b", FIVE, period="2021-07-01T00:00+08:00")
    assert found(made, tmp_path) == ([("back-dated", index)] if late else [])


def test_what_waited_while_nothing_was_sequenced(tmp_path: Path) -> None:
    """It gets its places in the order in which it was accepted, before the next statement."""
    made = by_minutes(1)
    for minute in range(59):
        made.ballot(f"v{minute}", FIVE, period=f"2021-07-01T00:{minute:02}+08:00")
    made.state("mark", at="2021-06-30T18:00:00Z")
    assert found(made, tmp_path) == []


def test_a_ballot_behind_the_hour_at_which_the_vote_closes(tmp_path: Path) -> None:
    """The day goes on; the vote does not."""
    made = MadeLog(rule=RULE | {"closes": "2021-07-07T18:00:00+08:00"}).begin()
    made.ballot("in time", FIVE, period="2021-07-07")
    made.state("mark", at="2021-07-07T10:00:30Z")
    made.ballot("waited for the disk", FIVE, period="2021-07-07")
    made.state("mark", at="2021-07-07T10:02:30Z")
    late = made.ballot("late", FIVE, period="2021-07-07")
    made.state("close", at="2021-07-07T10:03:00Z")
    assert found(made, tmp_path) == [("back-dated", late)]


def test_a_ballot_of_the_first_day_is_not_of_before_the_opening(tmp_path: Path) -> None:
    made = MadeLog(rule=RULE | {"opens": "2021-07-01T10:00:00+08:00"})
    made.begin()
    made.entries[1] = made.entries[1].replace(b"2021-06-30T16:00:00Z", b"2021-07-01T02:00:00Z")
    made.ballot("v", FIVE)
    made.state("mark", at="2021-07-01T02:00:01Z")
    assert found(made, tmp_path) == []


def test_statements_far_apart_are_said_to_be(tmp_path: Path) -> None:
    made = MadeLog().begin()
    made.ballots(3)
    made.state("mark", at="2021-06-30T17:00:03Z")
    made.ballots(4, prefix="w")
    made.state("mark", at="2021-06-30T20:00:03Z")
    report = judged(made, tmp_path)
    assert report.findings == []
    assert ["4 ballots" in en and "3.0 hours" in en for _, en in report.notes] == [True]
