"""The life of an inspection: requested, begun, finished with a report, or given up with a fault."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.campaigns.rules.rulebook import FilmRules
from paike.kernel import events
from paike.kernel.text import Text
from paike.media.actions import examinations, jobs, renditions
from paike.media.events import InspectionFinished
from paike.media.models import Inspection
from paike.media.rules.report import Outcome, Report
from paike.uploads.models import SealedObject

MAX_ATTEMPTS = 3
WAIT = timedelta(seconds=10)


class NothingToRepeat(Exception):
    """The inspection has a report, or is still running."""

    text = Text(
        zh="这次检测已有结果或正在进行，不需要重新检测。",
        en="This inspection has its result or is still running; there is nothing to repeat.",
    )


@transaction.atomic
def request(*, film: SealedObject, limits: FilmRules, now: datetime) -> Inspection:
    """Have the film inspected under these limits. Asking again gives the same inspection."""
    SealedObject.objects.select_for_update(no_key=True).get(pk=film.pk)
    wanted = limits.model_dump(mode="json")
    known = Inspection.objects.filter(film=film, limits=wanted).order_by("requested_at").last()
    if known is not None:
        return known
    inspection = Inspection.objects.create(film=film, limits=wanted, requested_at=now)
    jobs.defer_inspection(inspection.pk)
    return inspection


@transaction.atomic
def begin(*, inspection_id: UUID, now: datetime) -> Inspection | None:
    """Start an attempt; None when the report is there already or nobody wants another attempt.

    An attempt that never came back (its worker was killed) counts too: a film that kills workers
    is given up in the end.
    """
    inspection = _locked(inspection_id)
    if inspection.finished_at is not None or inspection.fault:
        return None
    if inspection.attempts >= MAX_ATTEMPTS:
        inspection.fault = "The worker was lost at every attempt."
        inspection.save(update_fields=["fault"])
        return None
    inspection.attempts += 1
    inspection.started_at = now
    inspection.save(update_fields=["attempts", "started_at"])
    return inspection


@transaction.atomic
def finish(*, inspection_id: UUID, report: Report, now: datetime) -> Inspection:
    """Store the report and tell those who wait; a film that is not refused gets its renditions.
    A second report changes nothing.

    The film is locked before the inspection, as `request` does: a version that is submitted at this
    moment either is there when the listeners look, or waits and then finds the outcome.
    """
    film_id = Inspection.objects.values_list("film_id", flat=True).get(pk=inspection_id)
    SealedObject.objects.select_for_update(no_key=True).get(pk=film_id)
    inspection = _locked(inspection_id)
    if inspection.finished_at is not None:
        return inspection
    inspection.finished_at = now
    inspection.outcome = report.outcome.value
    inspection.report = report.to_json()
    inspection.fault = ""
    inspection.save(update_fields=["finished_at", "outcome", "report", "fault"])
    if report.outcome is not Outcome.REFUSE:
        examinations.request(inspection=inspection, now=now)
        renditions.request(film=inspection.film, now=now)
    events.publish(InspectionFinished(inspection.pk, report.outcome.value, now))
    return inspection


@transaction.atomic
def stumble(*, inspection_id: UUID, fault: str) -> Inspection:
    """An attempt failed through no fault of the film: try again in a while, or give up visibly."""
    inspection = _locked(inspection_id)
    if inspection.finished_at is not None:
        return inspection
    if inspection.attempts < MAX_ATTEMPTS:
        jobs.defer_inspection(inspection.pk, wait=WAIT * inspection.attempts)
        return inspection
    inspection.fault = fault
    inspection.save(update_fields=["fault"])
    return inspection


@transaction.atomic
def run_again(*, inspection: Inspection, by: Account | None, now: datetime) -> Inspection:
    """Give an inspection that was given up, or whose job is lost, a new set of attempts. Raises
    NothingToRepeat."""
    inspection = _locked(inspection.pk)
    lost = not inspection.fault and not jobs.inspection_is_queued(inspection.pk)
    if inspection.finished_at is not None or not (inspection.fault or lost):
        raise NothingToRepeat
    old_fault, inspection.fault, inspection.attempts = inspection.fault, "", 0
    inspection.save(update_fields=["fault", "attempts"])
    records.write(
        now=now,
        act="inspection.run-again",
        thing="inspection",
        thing_id=inspection.pk,
        actor=by,
        details={"fault": old_fault},
    )
    jobs.defer_inspection(inspection.pk)
    return inspection


def _locked(inspection_id: UUID) -> Inspection:
    return (
        Inspection.objects.select_for_update(no_key=True, of=("self",))
        .select_related("film")
        .get(pk=inspection_id)
    )
