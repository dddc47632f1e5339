from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction

from paike.campaigns.models import Campaign
from paike.voting.actions import sequencing
from paike.voting.models import BallotLog, LogEntry, Pending
from tests.factories import ballots, race

pytestmark = pytest.mark.django_db
WAITING, LARGEST = 150, 20


@pytest.fixture
def call() -> Campaign:
    made = race.campaign()
    race.shortlist(made, works=7)
    ballots.open_vote(made, now=race.NOW)
    return made


def test_places_are_dense_in_the_order_of_acceptance_turn_by_turn(call: Campaign) -> None:
    cast = [ballots.taken(call, [1, 2, 3, 4, 5 + n % 3], now=race.NOW).pk for n in range(9)]
    sizes: list[int] = []
    while added := sequencing.sequence(campaign_id=call.pk, largest=4):
        assert added.first == sum(sizes)
        sizes.append(len(added.entries))
    assert sizes == [4, 4, 3]  # rules and opening, nine ballots
    places = LogEntry.objects.order_by("index").values_list("index", "ballot_id")
    assert list(places) == [(0, None), (1, None), *enumerate(cast, start=2)]
    log = BallotLog.objects.get(campaign=call)
    assert (log.size, log.votes) == (11, {"1": 9, "2": 9, "3": 9, "4": 9, "5": 3, "6": 3, "7": 3})
    assert not Pending.objects.exists()


@pytest.mark.parametrize("known_at", [None, 0, 1, WAITING])
def test_a_turn_looks_at_no_more_than_it_takes_however_much_waits(
    call: Campaign, known_at: int | None
) -> None:
    for taken in range(WAITING + 1):
        if taken == known_at:  # the database may look at its tables at any moment
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE voting_ballot, voting_pending, voting_statement")
        ballots.taken(call, [1, 2, 3, 4, 5], now=race.NOW)
    given: dict[str, Any] = {"campaign": call.pk, "first": 0, "largest": LARGEST}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sequencing.BY_KEYS)
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sequencing.PLACE}", given)
        ((plans,),) = cursor.fetchall()
        transaction.set_rollback(True)
    read: Counter[str] = Counter()
    for node in _nodes(plans[0]["Plan"]):
        if name := node.get("Relation Name"):
            skipped = node.get("Rows Removed by Filter", 0)
            read[name] += round((node["Actual Rows"] + skipped) * node["Actual Loops"])
    # Two of the entries are statements; an older planner counts the look for their ballots too.
    assert LARGEST - 2 <= read["voting_ballot"] <= LARGEST
    assert 0 < read["voting_pending"] <= 3 * LARGEST, read  # found, looked up, deleted


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(one for below in plan.get("Plans", []) for one in _nodes(below))]
