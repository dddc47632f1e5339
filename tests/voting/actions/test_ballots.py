from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel.text import Text
from paike.voting.actions import ballots
from paike.voting.models import Ballot, Pick
from paike.voting.queries import tallies
from tests.factories import accounts, race

NOW = race.NOW


def ids(works: list[Entry]) -> list:  # type: ignore[type-arg]  # ids of entries
    return [work.pk for work in works]


@pytest.fixture
def call(db: None) -> Campaign:
    return race.campaign()


@pytest.fixture
def works(call: Campaign) -> list[Entry]:
    return race.shortlist(call, works=7)


def cast(call: Campaign, voter: Account, works: list[Entry], **changes: object) -> Ballot:
    given = {
        "campaign_id": call.pk,
        "voter": voter,
        "entry_ids": ids(works),
        "key": uuid4(),
        "now": NOW,
    }
    return ballots.cast(**(given | changes))  # type: ignore[arg-type]  # changes are given by name


def test_a_valid_ballot_is_kept_with_its_picks(call: Campaign, works: list[Entry]) -> None:
    ballot = cast(call, accounts.account(), works[:5])
    assert ballot.period == "2021-07-05"
    assert len(ballot.receipt) == 10
    assert set(Pick.objects.values_list("entry_id", flat=True)) == set(ids(works[:5]))
    counted = tallies.votes(call.pk)
    assert counted == {work.pk: int(work in works[:5]) for work in works}


def test_the_same_key_is_the_same_ballot(call: Campaign, works: list[Entry]) -> None:
    voter, key = accounts.account(), uuid4()
    first = cast(call, voter, works[:5], key=key)
    again = cast(call, voter, works[2:7], key=key, now=NOW + timedelta(days=30))
    assert again == first
    assert Ballot.objects.count() == 1


def test_a_second_ballot_in_the_period_hears_when_the_next_may_come(
    call: Campaign, works: list[Entry]
) -> None:
    voter = accounts.account()
    cast(call, voter, works[:5])
    with pytest.raises(ballots.AlreadyVoted) as caught:
        cast(call, voter, works[2:7], now=NOW + timedelta(hours=1))
    assert caught.value.next_at is not None
    tomorrow = cast(call, voter, works[2:7], now=caught.value.next_at)
    assert tomorrow.period == "2021-07-06"


@pytest.mark.parametrize("count", [0, 4, 6])
def test_not_exactly_five(call: Campaign, works: list[Entry], count: int) -> None:
    with pytest.raises(ballots.Invalid) as caught:
        cast(call, accounts.account(), works[:count])
    assert str(count) in caught.value.text.zh
    assert Ballot.objects.count() == 0


def test_only_works_that_are_still_in(call: Campaign, works: list[Entry]) -> None:
    stranger = race.entry(call, number=99)
    for wrong in (stranger, works[4]):
        if wrong is works[4]:
            race.withdraw(wrong)
        with pytest.raises(ballots.Invalid):
            cast(call, accounts.account(), [*works[:4], wrong])


def test_votes_for_a_work_that_left_count_for_nobody(call: Campaign, works: list[Entry]) -> None:
    cast(call, accounts.account(), works[:5])
    race.withdraw(works[0])
    counted = tallies.votes(call.pk)
    assert works[0].pk not in counted
    assert sum(counted.values()) == 4


@pytest.mark.parametrize("days", [-5, 5])
def test_the_servers_clock_decides(call: Campaign, works: list[Entry], days: int) -> None:
    with pytest.raises(ballots.Closed):
        cast(call, accounts.account(), works[:5], now=NOW + timedelta(days=days))


def test_voting_needs_a_confirmed_contact(call: Campaign, works: list[Entry]) -> None:
    nobody = Account.objects.create(created_at=NOW)
    with pytest.raises(ballots.NotAVoter):
        cast(call, nobody, works[:5])


def test_ballots_cannot_be_changed_or_removed(call: Campaign, works: list[Entry]) -> None:
    ballot = cast(call, accounts.account(), works[:5])
    for change in (
        lambda: Ballot.objects.filter(id=ballot.id).update(period="once"),
        lambda: Pick.objects.filter(ballot=ballot).delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_the_database_itself_refuses_a_double(call: Campaign, works: list[Entry]) -> None:
    ballot = cast(call, accounts.account(), works[:5])
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(
            campaign=call, voter=ballot.voter, period=ballot.period, key=uuid4(), cast_at=NOW
        )


def test_every_refusal_has_words(call: Campaign) -> None:
    refusals = [
        ballots.Closed(),
        ballots.NotAVoter(),
        ballots.AlreadyVoted(None),
        ballots.Invalid([]),
    ]
    assert all(isinstance(refusal.text, Text) for refusal in refusals)


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    @pytest.fixture
    def pool(self) -> Iterator[ThreadPoolExecutor]:
        with ThreadPoolExecutor(8) as made:
            yield made

    def test_parallel_connections_never_make_two_ballots_in_a_period(
        self, pool: ThreadPoolExecutor
    ) -> None:
        call = race.campaign()
        works = race.shortlist(call, works=7)
        voters = [accounts.account() for _ in range(4)]

        def tap(index: int) -> str:
            try:
                return cast(call, voters[index % 4], works[index % 3 : index % 3 + 5]).receipt
            except ballots.AlreadyVoted:
                return ""
            finally:
                connections.close_all()

        receipts = [receipt for receipt in pool.map(tap, range(32)) if receipt]
        assert len(receipts) == len(set(receipts)) == 4
        assert Ballot.objects.count() == 4
        assert sum(tallies.votes(call.pk).values()) == 20

    def test_parallel_retries_of_one_tap_are_one_ballot(self, pool: ThreadPoolExecutor) -> None:
        call = race.campaign()
        works = race.shortlist(call, works=5)
        voter, key = accounts.account(), uuid4()

        def tap(_: int) -> str:
            try:
                return cast(call, voter, works, key=key).receipt
            finally:
                connections.close_all()

        assert len(set(pool.map(tap, range(16)))) == 1

    def test_the_answer_comes_after_the_commit(self) -> None:
        call = race.campaign()
        works = race.shortlist(call, works=5)
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")
        ballot = cast(call, accounts.account(), works)
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("off",)  # raised for the ballot alone
            cursor.execute("SET synchronous_commit TO on")
        with ThreadPoolExecutor(1) as other:
            seen = other.submit(_exists, ballot.pk).result()
        assert seen
        with pytest.raises(RuntimeError), transaction.atomic():
            cast(call, accounts.account(), works)  # inside another transaction: not durable


def _exists(pk: int) -> bool:
    try:
        return Ballot.objects.filter(pk=pk).exists()
    finally:
        connections.close_all()
