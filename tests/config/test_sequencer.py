"""The sequencer stops the vote where a log may not go on."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from paike.config import sequencer
from paike.voting.adapters.publishing import Behind
from paike.voting.models import BallotLog
from tests.factories import ballots, race
from tests.factories.published_log import published

pytestmark = pytest.mark.django_db


def test_where_a_log_may_not_go_on_its_ballots_are_refused_everywhere(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paike.kernel.clock.now", lambda: race.NOW)
    settings.BALLOT_LOGS = tmp_path / "ballot-logs"
    call = race.campaign()
    race.shortlist(call, works=7)
    ballots.open_vote(call, now=race.NOW)
    published(call, settings.BALLOT_LOGS, now=race.NOW)
    BallotLog.objects.update(size=1)  # as an old backup has it
    with pytest.raises(Behind):
        sequencer.run()
    assert BallotLog.objects.get(campaign=call).halted_at == race.NOW
