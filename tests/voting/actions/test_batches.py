from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.voting.actions import ballot_logs
from paike.voting.actions.batches import Closed, Faulty, Halted, Taken, UsedUp
from paike.voting.models import Ballot, BallotLog, Pending
from paike.voting.queries import tallies
from tests.factories import ballots, race

NOW = race.NOW


@pytest.fixture
def call(db: None) -> Campaign:
    made = race.campaign()
    race.shortlist(made, works=7)
    ballots.open_vote(made, now=NOW)
    return made


@pytest.fixture
def works(call: Campaign) -> list[Entry]:
    return list(Entry.objects.filter(campaign=call).order_by("number"))


def test_a_ballot_is_kept_and_waits_for_its_place(call: Campaign, works: list[Entry]) -> None:
    ballot = ballots.taken(call, works[:5], now=NOW)
    assert ballot.period == "2021-07-05"
    assert ballot.works == [1, 2, 3, 4, 5]
    assert ballot.cast_at == NOW
    assert bytes(ballot.entry).startswith(b'{"c":"')
    assert Pending.objects.filter(ballot=ballot).count() == 1


def test_it_is_counted_once_it_has_its_place(call: Campaign, works: list[Entry]) -> None:
    ballot = ballots.taken(call, works[:5], now=NOW)
    assert set(tallies.votes(call.pk).values()) == {0}
    assert ballots.sequence(call) == 3  # rules, open, the ballot
    counted = tallies.votes(call.pk)
    assert counted == {work.pk: int(work in works[:5]) for work in works}
    ballot.refresh_from_db()
    assert ballot.log_entry.index == 2
    assert not Pending.objects.exists()


def test_the_same_key_is_the_same_ballot(call: Campaign, works: list[Entry]) -> None:
    key = uuid4()
    first = ballots.cast(call, works[:5], by="anna", key=key, now=NOW)
    again = ballots.cast(call, works[2:7], by="anna", key=key, now=NOW + timedelta(days=1))
    assert isinstance(first, Taken)
    assert isinstance(again, Taken)
    assert (again.number, again.again, again.works) == (first.number, True, [1, 2, 3, 4, 5])
    assert again.entry == first.entry


def test_a_second_ballot_in_the_period_is_refused_and_the_next_day_is_new(
    call: Campaign, works: list[Entry]
) -> None:
    ballots.taken(call, works[:5], by="anna", now=NOW)
    assert isinstance(ballots.cast(call, works[2:7], by="anna", now=NOW), UsedUp)
    tomorrow = ballots.taken(call, works[2:7], by="anna", now=NOW + timedelta(days=1))
    assert tomorrow.period == "2021-07-06"
    assert Ballot.objects.count() == 2


def test_no_ballot_passes_the_close(call: Campaign, works: list[Entry]) -> None:
    after = race.after_the_vote(call)
    assert ballot_logs.close_due(now=after)
    assert isinstance(ballots.cast(call, works[:5], now=NOW), Closed)
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("several", [False, True])
def test_what_was_taken_before_the_close_is_still_taken_when_it_comes_again(
    several: bool, db: None
) -> None:
    several_a_day = {"ballots_per_period = 1": "ballots_per_period = 3"}
    call = race.campaign(replace=several_a_day if several else None)
    works = race.shortlist(call, works=7)
    ballots.open_vote(call, now=NOW)
    key = uuid4()
    first = ballots.cast(call, works[:5], by="anna", key=key, now=NOW)
    assert ballot_logs.close_due(now=race.after_the_vote(call))
    again = ballots.cast(call, works[:5], by="anna", key=key, now=NOW)
    assert isinstance(first, Taken)
    assert isinstance(again, Taken)
    assert (again.number, again.again) == (first.number, True)
    assert isinstance(ballots.cast(call, works[:5], by="berta", now=NOW), Closed)


def test_a_batch_of_nothing_but_new_ballots(call: Campaign, works: list[Entry]) -> None:
    for number in range(3):
        ballots.taken(call, works[number : number + 5], now=NOW)
    assert Pending.objects.exclude(ballot=None).count() == 3


def test_ballots_cannot_be_changed_or_removed(call: Campaign, works: list[Entry]) -> None:
    ballot = ballots.taken(call, works[:5], now=NOW)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(works=[1])
    with pytest.raises(ProgrammingError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk)._raw_delete(ballot._state.db)
    Ballot.objects.filter(pk=ballot.pk).update(network=None)  # traces are emptied in time


class TestSeveralBallotsAPeriod:
    @pytest.fixture
    def call(self, db: None) -> Campaign:
        changes = {
            "ballots_per_period = 1": "ballots_per_period = 3",
            "works_min = 5": "works_min = 1",
            "works_max = 5": "works_max = 2",
            "per_work_max = 1": "per_work_max = 2",
        }
        made = race.campaign(replace=changes)
        race.shortlist(made, works=4)
        ballots.open_vote(made, now=NOW)
        return made

    def test_they_are_numbered_and_a_fourth_is_too_many(self, call: Campaign) -> None:
        made = [ballots.taken(call, [work], by="anna", now=NOW) for work in (1, 2, 3)]
        assert [ballot.ordinal for ballot in made] == [1, 2, 3]
        assert isinstance(ballots.cast(call, [4], by="anna", now=NOW), UsedUp)

    def test_together_they_keep_the_limit_per_work(self, call: Campaign) -> None:
        ballots.taken(call, [1, 1], by="anna", now=NOW)
        outcome = ballots.cast(call, [1, 2], by="anna", now=NOW)
        assert isinstance(outcome, Faulty)
        assert [fault.key for fault in outcome.faults] == ["too-often"]
        ballots.taken(call, [2, 3], by="anna", now=NOW)

    def test_a_retry_does_not_use_up_another(self, call: Campaign) -> None:
        key = uuid4()
        first = ballots.cast(call, [1], by="anna", key=key, now=NOW)
        again = ballots.cast(call, [1], by="anna", key=key, now=NOW)
        assert isinstance(first, Taken)
        assert isinstance(again, Taken)
        assert again.number == first.number
        assert [ballots.taken(call, [n], by="anna", now=NOW).ordinal for n in (2, 3)] == [2, 3]


def test_a_halted_log_takes_no_ballot_and_knows_those_it_has(
    call: Campaign, works: list[Entry]
) -> None:
    """What was published may be more than the database knows: a new ballot might be lost again."""
    key = uuid4()
    ballots.taken(call, works[:5], by="anna", key=key, now=NOW)
    ballot_logs.halt(BallotLog.objects.get(campaign=call).pk, now=NOW)
    assert isinstance(ballots.cast(call, works[:5], by="berta", now=NOW), Halted)
    again = ballots.cast(call, works[:5], by="anna", key=key, now=NOW)
    assert isinstance(again, Taken)
    assert again.again
    assert Ballot.objects.count() == 1
