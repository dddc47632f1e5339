"""The jobs of the media room. Rows hold the state; a job that was killed at any point can run
again, and one that runs twice changes nothing."""

import time
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from paike.kernel import clock
from paike.media.actions import inspections, jobs, removals, renditions
from paike.media.adapters import films
from paike.media.adapters.sandbox import client
from paike.media.models import Inspection
from paike.media.rules import texts
from paike.media.rules.report import Report
from paike.objects import ports as objects

TELL_EVERY = 1.0  # seconds between two writes of the progress


@app.task(name=jobs.INSPECT, queue=jobs.QUEUE)
def inspect(*, inspection_id: str) -> None:
    """One attempt at an inspection."""
    inspection = inspections.begin(inspection_id=UUID(inspection_id), now=clock.now())
    if inspection is None:
        return
    try:
        report = _report(inspection)
    except (client.SandboxFault, objects.StoreFault, OSError) as fault:
        inspections.stumble(inspection_id=inspection.pk, fault=_words(fault))
        return
    try:
        inspections.finish(inspection_id=inspection.pk, report=report, now=clock.now())
    except Exception as fault:
        # Somebody who listens failed, and the report went with the transaction: nobody may wait
        # for ever, so the attempt is told as failed, and the log gets the rest.
        inspections.stumble(inspection_id=inspection.pk, fault=_words(fault))
        raise


@app.task(name=jobs.RENDER, queue=jobs.QUEUE)
def render(*, film_id: str) -> None:
    """One attempt at all renditions of a film."""
    film = renditions.begin(film_id=UUID(film_id), now=clock.now())
    if film is None:
        return
    told = time.monotonic()

    def tell(percent: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_EVERY:
            told = time.monotonic()
            renditions.report_progress(film_id=film.pk, percent=percent)

    try:
        made = films.render(objects.store(), film.key, film_id=film.pk, on_progress=tell)
    except (client.TooHeavy, client.JobFault) as fault:
        renditions.stumble(film_id=film.pk, fault=_words(fault), again=False)
        return
    except (client.SandboxFault, objects.StoreFault, OSError) as fault:
        renditions.stumble(film_id=film.pk, fault=_words(fault), again=True)
        return
    try:
        renditions.finish(film_id=film.pk, made=made, now=clock.now())
    except Exception as fault:
        renditions.stumble(film_id=film.pk, fault=_words(fault), again=True)
        raise


@app.task(
    name=removals.TASK, queue=jobs.QUEUE, retry=RetryStrategy(max_attempts=6, exponential_wait=5)
)
def remove(*, film_id: str) -> None:
    """Remove a film that nobody may keep."""
    removals.remove(film_id=UUID(film_id))


def _report(inspection: Inspection) -> Report:
    """A film that is too much for the sandbox is refused with that as its verdict: trying again
    would only use up another machine."""
    try:
        return films.inspect(objects.store(), inspection.film.key, limits=inspection.limits)
    except client.TooHeavy:
        return Report((texts.verdict("decode.too-heavy"),))


def _words(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"[:500]
