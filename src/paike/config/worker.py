"""The worker: runs every room's tasks, and cares for jobs whose worker died.

Tasks are found by procrastinate in each app's `tasks` module. Heartbeats go out every 2 s, a worker
silent for 8 s is dead (settings), and its jobs are given to another one, `ATTEMPTS` times at most.

One process works in two groups, so that a one-time code never waits behind somebody's film: the
queues in `HEAVY` keep a core busy for minutes, all others are short.
"""

import asyncio
import logging
import signal
from collections.abc import Mapping
from typing import cast

from django.conf import settings
from procrastinate import App, JobContext
from procrastinate.app import WorkerOptions
from procrastinate.contrib.django import DjangoApp, connector_params
from procrastinate.contrib.django import app as django_app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.psycopg_connector import PsycopgConnector

ATTEMPTS = 5
EVERY_FIVE_SECONDS = "* * * * * */5"  # the sixth field is the seconds
NIGHTLY = "20 3 * * *"
KEPT_HOURS = 72
# Shorter than the supervisor's patience; what is not done by then is run again elsewhere.
GRACE = 15.0
FIRST = 100
HEAVY = frozenset({"media", "exhibition", "detection"})
LIGHT_AT_ONCE = 2
CONNECTIONS = 8

log = logging.getLogger("paike.worker")


def on_app_ready(app: App) -> None:
    """Called by procrastinate's Django app once the job engine is ready."""
    mend = app.task(
        name="worker.mend_stalled_jobs",
        queueing_lock="worker.mend",
        priority=FIRST,
        pass_context=True,
    )
    app.periodic(cron=EVERY_FIVE_SECONDS)(mend(mend_stalled_jobs))
    clear = app.task(name="worker.clear_old_jobs", queueing_lock="worker.clear", pass_context=True)
    app.periodic(cron=NIGHTLY)(clear(clear_old_jobs))


def run(*, concurrency: int) -> None:
    """Run jobs until SIGTERM or SIGINT, `concurrency` heavy ones at a time.

    The worker's own bookkeeping has an asynchronous connection of its own, in an app of its own.
    Tasks keep the Django app, so that what they defer is part of their Django transaction;
    procrastinate's `replace_connector` would take that away.
    """
    app = DjangoApp(
        connector=PsycopgConnector(kwargs=connector_params(), max_size=CONNECTIONS),
        worker_defaults=cast("WorkerOptions", settings.PROCRASTINATE_WORKER_DEFAULTS),
    )
    app.tasks = django_app.tasks
    app.periodic_registry = django_app.periodic_registry
    asyncio.run(
        _work(app, {queues_of(heavy=True): concurrency, queues_of(heavy=False): LIGHT_AT_ONCE})
    )


def queues_of(*, heavy: bool) -> frozenset[str]:
    """The queues of one of the two groups; together they are the queues of all tasks."""
    known = {task.queue for task in django_app.tasks.values()}
    return frozenset(known & HEAVY if heavy else known - HEAVY)


async def _work(app: App, groups: Mapping[frozenset[str], int]) -> None:
    loop = asyncio.get_running_loop()
    async with app.open_async(), asyncio.TaskGroup() as together:
        tasks = [
            together.create_task(
                app.run_worker_async(
                    queues=sorted(queues),
                    concurrency=concurrency,
                    shutdown_graceful_timeout=GRACE,
                    install_signal_handlers=False,
                )
            )
            for queues, concurrency in groups.items()
        ]

        def stop() -> None:  # a cancelled worker ends its running jobs first
            for task in tasks:
                task.cancel()

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop)


async def mend_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give the jobs of dead workers to others. A job that has killed `ATTEMPTS` workers has failed."""
    silence = settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"]
    stalled = await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silence)
    for job in stalled:
        await _mend(context.app, job)


async def clear_old_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs that ended well three days ago; failed ones stay to be looked at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)


async def _mend(app: App, job: Job) -> None:
    if job.id is None:
        return
    if job.attempts + 1 < ATTEMPTS:
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            pass  # an equal job is queued already: this one is not needed
        else:
            log.warning("job %s (%s) lost its worker and runs again", job.id, job.task_name)
            return
    await app.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=False)
    log.error(
        "job %s (%s) lost its worker %s times: failed", job.id, job.task_name, job.attempts + 1
    )
