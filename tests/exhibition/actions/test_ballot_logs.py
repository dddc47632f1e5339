"""Whoever has the package counts the vote again, with what is in it."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.exhibition.actions import ballot_logs
from paike.exhibition.actions.folders import Folder
from paike.voting.actions import sequencing
from paike.voting.adapters.publishing import Publisher
from tests.factories import ballots, race

pytestmark = pytest.mark.django_db
NOW = race.NOW


def test_the_log_and_its_verifier_go_along_once_the_vote_is_over(
    tmp_path: Path, settings: Settings
) -> None:
    settings.BALLOT_LOGS = tmp_path / "ballot-logs"
    call = race.campaign()
    race.shortlist(call, works=7)
    ballots.open_vote(call, now=NOW)
    works = list(Entry.objects.filter(campaign=call).order_by("number"))
    for _ in range(4):
        ballots.cast(call, works[:5], now=NOW)
    assert packed(call.slug, tmp_path / "before") == set()
    over = campaigns.rulebook_of(call).ballot.closes + timedelta(minutes=2)
    ballots.close_vote(call, now=over)
    publisher = Publisher(settings.BALLOT_LOGS, now=lambda: over)
    publisher.check()
    publisher.close()
    assert sequencing.sequence(campaign_id=call.pk) is None
    found = packed(call.slug, tmp_path / "after")
    assert {"checkpoint", "key.vkey", "paike-verify.pyz"} <= found
    assert not any("cosigned" in path for path in found)
    command = [sys.executable, "-I", "paike-verify.pyz", "recount", "."]
    folder = tmp_path / "after" / "ballot-log"
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["accepted"] == 4


def packed(slug: str, target: Path) -> set[str]:
    with Folder(target) as folder:
        ballot_logs.add(folder, slug=slug)
        folder.put_in_place()
    place = target / "ballot-log"
    return {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
