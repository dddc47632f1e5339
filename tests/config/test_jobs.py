"""Jobs belong to the transaction that defers them."""

import pytest
from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from paike.config import worker
from tests.factories import jobs

PACKAGE_TASKS = {"accounts", "media", "notify", "uploads"}


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_rolled_back_transaction_does_not_exist() -> None:
    with transaction.atomic():
        app.configure_task("example").defer(number=1)
        assert len(jobs.waiting("example")) == 1
        transaction.set_rollback(True)
    assert jobs.waiting("example") == []


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_committed_transaction_waits() -> None:
    with transaction.atomic():
        app.configure_task("example").defer(number=1)
    assert [job.args for job in jobs.waiting("example")] == [{"number": 1}]


def test_tasks_of_every_room_are_known_to_the_worker() -> None:
    rooms = {name.split(".")[0] for name in app.tasks}
    assert rooms >= PACKAGE_TASKS


def test_every_queue_belongs_to_one_group_of_the_worker() -> None:
    heavy, light = worker.queues_of(heavy=True), worker.queues_of(heavy=False)
    assert heavy == worker.HEAVY
    assert {"messages", "care", "default"} <= light
    assert heavy | light == {task.queue for task in app.tasks.values()}


def test_every_task_has_a_name_that_says_its_room() -> None:
    """A name made from a module path would be lost with the next move of the module."""
    for name in app.tasks:
        assert name.startswith(("builtin", "procrastinate.")) or name.count(".") == 1, name


def test_a_worker_beats_more_often_than_it_is_given_up() -> None:
    given = settings.PROCRASTINATE_WORKER_DEFAULTS
    assert given["stalled_worker_timeout"] >= 3 * given["update_heartbeat_interval"]
    assert given["fetch_job_polling_interval"] <= 1
