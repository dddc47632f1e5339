import pytest

from paike.campaigns.models import Campaign
from paike.kernel import clock
from tests.factories import ballots, race


@pytest.fixture
def call() -> Campaign:
    """A call of seven works whose vote is open."""
    now = clock.now()
    made = race.campaign(now=now)
    race.shortlist(made, works=7, now=now)
    ballots.open_vote(made, now=now)
    return made
