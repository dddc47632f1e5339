"""A whole contest as a log: two days, a quarantine released, one void, a work zeroed, the count."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.factories import kept_vote
from tests.factories.ballot_log import MadeLog
from tests.factories.kept_vote import KeptVote


def contest() -> MadeLog:
    made = MadeLog().begin()
    made.ballots(700)
    made.state("mark", at="2021-07-01T17:00:00Z")
    made.ballots(300, period="2021-07-02")
    made.quarantine("q1", [[10, 40], [300, 310]], at="2021-07-02T10:00:00Z")
    made.quarantine("q2", [[41, 42]], at="2021-07-02T10:00:00Z", work=2)
    made.rule_on("q1", "void", at="2021-07-02T11:00:00Z")
    made.rule_on("q2", "release", at="2021-07-02T11:00:00Z")
    made.state(
        "sanction", work=1, offence=1, act="zero-votes", quarantine="q1", by=["张三", "李四"],
        reason="刷票", at="2021-07-02T11:00:00Z",
    )  # fmt: skip
    made.state("candidates", add=[], remove=[20], reason="撤回", at="2021-07-02T12:00:00Z")
    made.close()
    made.count()
    return made


@pytest.fixture
def made() -> MadeLog:
    return contest()


@pytest.fixture
def folder(made: MadeLog, tmp_path: Path) -> Path:
    return made.write(tmp_path / "logs" / "spring", turns=(100, 600))


@pytest.fixture(scope="session")
def vote(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> KeptVote:
    """A vote that really ran, run once for all tests that damage what it left."""
    folder, logs = tmp_path_factory.mktemp("kept"), tmp_path_factory.mktemp("ballot-logs")
    with (
        django_db_blocker.unblock(),
        override_settings(BALLOT_LOGS=logs),
        transaction.atomic(),
    ):
        made = kept_vote.kept(folder, logs=logs)
        transaction.set_rollback(True)
    return made
