"""The life of a full inspection: requested by a gate that did not refuse, begun, finished with a
report, or given up with a fault. Nobody's film waits for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.kernel import events
from paike.kernel.text import Text
from paike.media.actions import jobs
from paike.media.events import ExaminationFinished
from paike.media.models import Examination, Inspection
from paike.media.rules.report import Report

MAX_ATTEMPTS = 3
WAIT = timedelta(seconds=20)


class NothingToRepeat(Exception):
    """The full inspection has its report, or is still running."""

    text = Text(
        zh="全片检测已有结果或正在进行，不需要重新检测。",
        en="This full inspection has its result or is still running; there is nothing to repeat.",
    )


@transaction.atomic
def request(*, inspection: Inspection, now: datetime) -> Examination:
    """Have the whole film looked at. Asking again gives the same one."""
    examination, new = Examination.objects.get_or_create(
        inspection=inspection, defaults={"requested_at": now}
    )
    if new:
        jobs.defer_examination(inspection.pk)
    return examination


@transaction.atomic
def begin(*, inspection_id: UUID, now: datetime) -> Examination | None:
    """Start an attempt; None when the report is there or nobody wants another attempt. One that
    never came back counts too."""
    examination = _locked(inspection_id)
    if examination is None or examination.finished_at is not None or examination.fault:
        return None
    if examination.attempts >= MAX_ATTEMPTS:
        examination.fault = "The worker was lost at every attempt."
        examination.save(update_fields=["fault"])
        return None
    examination.attempts += 1
    examination.started_at, examination.progress = now, 0
    examination.save(update_fields=["attempts", "started_at", "progress"])
    return examination


def report_progress(*, inspection_id: UUID, percent: int) -> None:
    """Say how far it is; shown to those who wait."""
    waiting = Examination.objects.filter(inspection_id=inspection_id, finished_at=None)
    waiting.update(progress=min(percent, 99))


@transaction.atomic
def finish(*, inspection_id: UUID, report: Report, now: datetime) -> None:
    """Store the report and tell those who wait. A second report changes nothing."""
    examination = _locked(inspection_id)
    if examination is None or examination.finished_at is not None:
        return
    examination.report, examination.progress = report.to_json(), 100
    examination.finished_at, examination.fault = now, ""
    examination.save()
    events.publish(ExaminationFinished(inspection_id, report.outcome.value, now))


@transaction.atomic
def stumble(*, inspection_id: UUID, fault: str, again: bool) -> None:
    """An attempt failed: try again in a while, or (`again` false, or too many) give up visibly."""
    examination = _locked(inspection_id)
    if examination is None or examination.finished_at is not None:
        return
    if again and examination.attempts < MAX_ATTEMPTS:
        jobs.defer_examination(inspection_id, wait=WAIT * examination.attempts)
        return
    examination.fault = fault
    examination.save(update_fields=["fault"])


@transaction.atomic
def run_again(*, examination: Examination, by: Account | None, now: datetime) -> None:
    """Give one that was given up, or whose job is lost, a new set of attempts. Raises
    NothingToRepeat."""
    found = _locked(examination.inspection_id)
    if found is None or found.finished_at is not None:
        raise NothingToRepeat
    if not found.fault and jobs.examination_is_queued(found.inspection_id):
        raise NothingToRepeat
    old_fault, found.fault, found.attempts, found.progress = found.fault, "", 0, 0
    found.save(update_fields=["fault", "attempts", "progress"])
    records.write(
        now=now,
        act="examination.run-again",
        thing="inspection",
        thing_id=found.inspection_id,
        actor=by,
        details={"fault": old_fault},
    )
    jobs.defer_examination(found.inspection_id)


def pictures_of(examination: Examination) -> Iterator[str]:
    """The keys of the stored pictures that its report shows."""
    if examination.report:
        for verdict in Report.from_json(examination.report).verdicts:
            yield from (sight.picture for sight in verdict.sights if sight.picture)


def _locked(inspection_id: UUID) -> Examination | None:
    return (
        Examination.objects.select_for_update(no_key=True, of=("self",))
        .select_related("inspection__film")
        .filter(inspection_id=inspection_id)
        .first()
    )
