"""A call's ballot secret goes on its day, once, and the log says so."""

import hashlib
from datetime import timedelta

import pytest

from paike.voting.actions import ballot_logs
from paike.voting.models import BallotLog, LogEntry, Statement
from tests.factories import ballots, race

pytestmark = pytest.mark.django_db


def test_it_is_destroyed_after_its_time_and_stated() -> None:
    call = race.campaign()
    race.shortlist(call, works=7)
    log = ballots.open_vote(call, now=race.NOW)
    assert log.secret
    digest = hashlib.sha256(bytes.fromhex(log.secret.open())).hexdigest()
    closed = race.after_the_vote(call)
    ballots.close_vote(call, now=closed)
    due = closed + ballot_logs.SECRET_KEPT
    assert ballot_logs.destroy_due_secrets(now=due - timedelta(seconds=1)) == []
    assert len(ballot_logs.destroy_due_secrets(now=due)) == 1
    assert ballot_logs.destroy_due_secrets(now=due + timedelta(days=1)) == []
    after = BallotLog.objects.get(campaign=call)
    assert after.secret is None
    assert after.secret_destroyed_at == due
    assert after.private_key, "the log goes on"
    ballots.sequence(call)
    last = LogEntry.objects.filter(campaign=call).order_by("index").last()
    assert last is not None
    said = Statement.objects.get(log_entry=last)
    assert said.kind == "secret-destroyed"
    assert digest in bytes(said.body).decode()


def test_somebody_calls_it_every_night() -> None:
    from procrastinate.contrib.django import app

    from paike.voting import tasks

    names = {each.task.name for each in app.periodic_registry.periodic_tasks.values()}
    assert tasks.destroy_secrets.name in names
