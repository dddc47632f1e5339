"""The jobs of the media room. Rows hold the state; a job that was killed at any point can run
again, and one that runs twice changes nothing."""

import time
from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from paike.kernel import clock
from paike.media.actions import (
    conversions,
    examinations,
    inspections,
    jobs,
    removals,
    renditions,
    signatures,
)
from paike.media.adapters import comparing, converting, films
from paike.media.adapters.sandbox import client
from paike.media.models import Inspection
from paike.media.queries import inspections as found
from paike.media.rules import texts
from paike.media.rules.report import Report
from paike.objects import ports as objects

T = TypeVar("T")
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


@app.task(name=jobs.EXAMINE, queue=jobs.QUEUE)
def examine(*, inspection_id: str) -> None:
    """One attempt at looking at a whole film."""
    examination = examinations.begin(inspection_id=UUID(inspection_id), now=clock.now())
    if examination is None:
        return
    inspection = examination.inspection
    gate = found.report_of(inspection)
    if gate is None:
        return
    tell = _Teller(lambda p: examinations.report_progress(inspection_id=inspection.pk, percent=p))
    _attempt(
        lambda: films.examine(objects.store(), inspection, gate, on_progress=tell),
        finish=lambda report: examinations.finish(
            inspection_id=inspection.pk, report=report, now=clock.now()
        ),
        stumble=partial(examinations.stumble, inspection_id=inspection.pk),
    )


@app.task(name=jobs.CONVERT, queue=jobs.QUEUE)
def convert(*, conversion_id: str) -> None:
    """One attempt at converting a film."""
    wanted = UUID(conversion_id)
    conversion = conversions.begin(conversion_id=wanted, now=clock.now())
    if conversion is None:
        return
    tell = _Teller(lambda p: conversions.report_progress(conversion_id=wanted, percent=p))
    _attempt(
        lambda: converting.convert(objects.store(), conversion, on_progress=tell),
        finish=lambda made: conversions.finish(conversion_id=wanted, made=made, now=clock.now()),
        stumble=lambda *, fault, again: conversions.stumble(
            conversion_id=wanted, fault=fault, again=again, now=clock.now()
        ),
    )


@app.task(name=jobs.RENDER, queue=jobs.QUEUE)
def render(*, film_id: str) -> None:
    """One attempt at all renditions of a film."""
    film = renditions.begin(film_id=UUID(film_id), now=clock.now())
    if film is None:
        return
    tell = _Teller(lambda p: renditions.report_progress(film_id=film.pk, percent=p))
    _attempt(
        lambda: films.render(objects.store(), film.key, film_id=film.pk, on_progress=tell),
        finish=lambda made: renditions.finish(film_id=film.pk, made=made, now=clock.now()),
        stumble=partial(renditions.stumble, film_id=film.pk),
    )


@app.task(
    name=jobs.SIGN,
    queue=jobs.QUEUE,
    retry=RetryStrategy(
        max_attempts=4,
        exponential_wait=5,
        retry_exceptions=[client.Lost, client.TooHeavy, objects.StoreFault, OSError],
    ),
)
def sign(*, film_id: str) -> None:
    """Take a film's signature, unless it is there, and compare it with those of all other films.
    The signature is committed before the comparison: of two films that come at the same moment, at
    least one finds the other."""
    key = signatures.source_of(UUID(film_id))
    if key:
        made = films.sign(objects.store(), key)
        signatures.store(film_id=UUID(film_id), signature=made, now=clock.now())
    found = comparing.compare(UUID(film_id))
    if found is not None:
        signatures.record(film_id=UUID(film_id), found=found, now=clock.now())


@app.task(
    name=removals.TASK, queue=jobs.QUEUE, retry=RetryStrategy(max_attempts=6, exponential_wait=5)
)
def remove(*, film_id: str) -> None:
    """Remove a film that nobody may keep."""
    removals.remove(film_id=UUID(film_id))


# What another attempt would not change.
HOPELESS = (client.TooHeavy, client.JobFault, converting.StillRefused)


class _Stumble(Protocol):
    def __call__(self, *, fault: str, again: bool) -> None: ...


def _attempt(work: Callable[[], T], *, finish: Callable[[T], None], stumble: _Stumble) -> None:
    """Do the work and store what it made. A fault of the film gives it up; a fault of the machine is
    worth another attempt. Where a listener fails, what was made goes with the transaction: the
    attempt is told as failed, and the log gets the rest."""
    try:
        made = work()
    except HOPELESS as fault:
        stumble(fault=_words(fault), again=False)
        return
    except (client.SandboxFault, objects.StoreFault, OSError) as fault:
        stumble(fault=_words(fault), again=True)
        return
    try:
        finish(made)
    except Exception as fault:
        stumble(fault=_words(fault), again=True)
        raise


class _Teller:
    """Hands a progress on, but not more often than it is worth a write."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell, self._told = tell, time.monotonic()

    def __call__(self, percent: int) -> None:
        if time.monotonic() - self._told >= TELL_EVERY:
            self._told = time.monotonic()
            self._tell(percent)


def _report(inspection: Inspection) -> Report:
    """A film that is too much for the sandbox is refused with that as its verdict: trying again
    would only use up another machine."""
    try:
        return films.inspect(objects.store(), inspection.film.key, limits=inspection.limits)
    except client.TooHeavy:
        return Report((texts.verdict("decode.too-heavy"),))


def _words(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"[:500]
