from datetime import timedelta

import pytest

from paike.kernel import clock
from paike.voting.actions import traces
from paike.voting.models import Ballot
from tests.factories import ballots, race


@pytest.mark.django_db
def test_traces_go_after_half_a_year_and_the_ballot_stays() -> None:
    now = clock.now()
    call = race.campaign(now=now)
    works = race.shortlist(call, works=6, now=now)
    ballots.open_vote(call, now=now)
    before = ballots.taken(call, works[:5], now=now)
    assert before.network
    assert before.watched == 3
    assert traces.empty_due(now=now + timedelta(days=179)) == 0
    assert traces.empty_due(now=now + traces.KEPT) == 1
    after = Ballot.objects.get(pk=before.pk)
    kept = (after.network, after.seen_for, after.watched, after.referral, after.provider)
    assert kept == (None, None, None, None, "")
    assert bytes(after.entry) == bytes(before.entry)
    assert after.works == before.works
    assert traces.empty_due(now=now + traces.KEPT) == 0
