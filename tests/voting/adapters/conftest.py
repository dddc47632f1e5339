"""A vote that is open, and the folder its log is published into."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from paike.campaigns.models import Campaign
from tests.factories import ballots, race


@pytest.fixture
def call(db: None) -> Campaign:
    made = race.campaign()
    race.shortlist(made, works=7)
    ballots.open_vote(made, now=race.NOW)
    return made


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.BALLOT_LOGS = tmp_path / "ballot-logs"
    return tmp_path / "ballot-logs"
