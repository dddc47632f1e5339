"""The doctor looks whether the parts of a vote are at work."""

import psycopg
import pytest
from django.db import connection

from paike.config import checkup
from paike.voting.actions import sequencing
from paike.voting.models import BallotLog
from tests.factories import ballots, race


@pytest.fixture
def dsn(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> str:
    connection.ensure_connection()
    known = psycopg.conninfo.make_conninfo(**connection.connection.info.get_parameters())
    monkeypatch.setattr(checkup, "_target", lambda: known)
    return known


def finding(name: str) -> checkup.Finding | None:
    check = next(one for one in checkup.CHECKS if one.__name__ == name)
    return check()


def test_an_open_vote_without_a_sequencer_is_told(dsn: str) -> None:
    assert finding("_sequencer") is None  # no vote, nothing to say
    call = race.campaign()
    race.shortlist(call, works=7)
    ballots.open_vote(call, now=race.NOW)
    found = finding("_sequencer")
    assert found is not None
    assert found.state == "missing"
    assert "paike sequencer" in found.advice
    with psycopg.connect(dsn) as other:
        other.execute("SELECT pg_try_advisory_lock(%s)", [sequencing.LOCK])
        running = finding("_sequencer")
    assert running is not None
    assert running.state == "ok"
    BallotLog.objects.update(halted_at=race.NOW)
    halted = finding("_sequencer")
    assert halted is not None
    assert "After a restore" in halted.advice


def test_an_intake_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIKE_INTAKE_URL", "http://127.0.0.1:1")
    found = finding("_intake")
    assert found is not None
    assert found.state == "missing"
    monkeypatch.setenv("PAIKE_INTAKE_URL", "")
    assert finding("_intake") is None
