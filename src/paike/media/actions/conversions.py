"""The life of a conversion: requested by the film's author, begun, finished or given up with a fault,
then approved or refused by the author."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.campaigns.rules.rulebook import FilmRules
from paike.kernel import events
from paike.kernel.text import Text
from paike.media.actions import jobs
from paike.media.events import ConversionFinished
from paike.media.models import Conversion, Inspection
from paike.media.queries import examinations, inspections
from paike.media.rules import conforming
from paike.media.rules.report import Report
from paike.uploads.actions import adoptions
from paike.uploads.models import SealedObject

MAX_ATTEMPTS = 3
WAIT = timedelta(seconds=20)
LOST = "The worker was lost at every attempt."


class NothingToConvert(Exception):
    """Nothing of this film's form can be mended here."""

    text = Text(
        zh="这个影片不能由拍客转换。请按检测结果里的说明修改后重新上传。",
        en="Paike can't convert this film. Follow the advice in its report and upload it again.",
    )


class NotReady(Exception):
    """There is no converted film to decide about."""

    text = Text(zh="影片还在转换，请稍候。", en="The film is still being converted.")


class NothingToRepeat(Exception):
    """The conversion is done or still running."""

    text = Text(
        zh="影片已转换或正在转换，不需要重新运行。",
        en="This film is converted or being converted; there is nothing to repeat.",
    )


@dataclass(frozen=True)
class Made:
    """What was made: the film, the gate's report about it, and the copy of how it was."""

    key: str
    sha256: str
    size: int
    before_key: str
    report: Report
    facts: Mapping[str, Any]


@transaction.atomic
def request(*, inspection: Inspection, by: Account, now: datetime) -> Conversion:
    """Convert the film of this inspection. Asking again gives the same conversion; one that its
    author had refused is open again. Raises NothingToConvert."""
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    known = Conversion.objects.filter(inspection=inspection).first()
    if known is not None:
        if known.refused_at is not None:
            known.refused_at = None
            known.save(update_fields=["refused_at"])
        return known
    report = examinations.report_of(examinations.of(inspection.pk))
    report = report or inspections.report_of(inspection)
    limits = FilmRules.model_validate(inspection.limits)
    if report is None or not conforming.mended(report, limits):
        raise NothingToConvert
    conversion = Conversion.objects.create(inspection=inspection, requested_by=by, requested_at=now)
    jobs.defer_conversion(conversion.pk)
    return conversion


@transaction.atomic
def begin(*, conversion_id: UUID, now: datetime) -> Conversion | None:
    """Start an attempt; None when it is done or nobody wants another attempt. One that never came
    back counts too."""
    conversion = _locked(conversion_id)
    if conversion is None or conversion.finished_at is not None or conversion.fault:
        return None
    if conversion.attempts >= MAX_ATTEMPTS:
        _give_up(conversion, LOST, now=now)
        return None
    conversion.attempts += 1
    conversion.started_at, conversion.progress = now, 0
    conversion.save(update_fields=["attempts", "started_at", "progress"])
    return conversion


def report_progress(*, conversion_id: UUID, percent: int) -> None:
    """Say how far it is; its author waits."""
    waiting = Conversion.objects.filter(pk=conversion_id, finished_at=None)
    waiting.update(progress=min(percent, 99))


@transaction.atomic
def finish(*, conversion_id: UUID, made: Made, now: datetime) -> None:
    """Store what was made and tell its author. A second time changes nothing."""
    conversion = _locked(conversion_id)
    if conversion is None or conversion.finished_at is not None:
        return
    conversion.key, conversion.sha256, conversion.size = made.key, made.sha256, made.size
    conversion.before_key = made.before_key
    conversion.report, conversion.facts = made.report.to_json(), dict(made.facts)
    conversion.progress, conversion.finished_at, conversion.fault = 100, now, ""
    conversion.save()
    _tell(conversion, made=True, now=now)


@transaction.atomic
def stumble(*, conversion_id: UUID, fault: str, again: bool, now: datetime) -> None:
    """An attempt failed: try again in a while, or (`again` false, or too many) give up visibly."""
    conversion = _locked(conversion_id)
    if conversion is None or conversion.finished_at is not None:
        return
    if again and conversion.attempts < MAX_ATTEMPTS:
        jobs.defer_conversion(conversion_id, wait=WAIT * conversion.attempts)
        return
    _give_up(conversion, fault, now=now)


@transaction.atomic
def run_again(*, conversion: Conversion, by: Account | None, now: datetime) -> None:
    """Give one that was given up, or whose job is lost, a new set of attempts. Raises
    NothingToRepeat."""
    found = _locked(conversion.pk)
    if found is None or found.finished_at is not None:
        raise NothingToRepeat
    if not found.fault and jobs.conversion_is_queued(found.pk):
        raise NothingToRepeat
    old_fault, found.fault, found.attempts, found.progress = found.fault, "", 0, 0
    found.save(update_fields=["fault", "attempts", "progress"])
    records.write(
        now=now,
        act="conversion.run-again",
        thing="inspection",
        thing_id=found.inspection_id,
        actor=by,
        details={"fault": old_fault},
    )
    jobs.defer_conversion(found.pk)


@transaction.atomic
def approve(
    *, conversion: Conversion, by: Account, purpose: str, subject_id: UUID, now: datetime
) -> SealedObject:
    """The converted film becomes a sealed object of its own, for the thing `subject_id`. A second
    click finds what the first one made. Raises NotReady."""
    found = _locked(conversion.pk)
    if found is None or found.finished_at is None:
        raise NotReady
    if found.copy is not None:
        return found.copy
    found.copy = adoptions.adopt(
        key=found.key,
        sha256=found.sha256,
        size=found.size,
        owner=by,
        purpose=purpose,
        subject_id=subject_id,
        now=now,
    )
    found.approved_at, found.refused_at = now, None
    found.save(update_fields=["copy", "approved_at", "refused_at"])
    return found.copy


@transaction.atomic
def refuse(*, conversion: Conversion, now: datetime) -> None:
    """Its author wants to make the film anew instead. Raises NotReady when there is nothing to
    refuse, or it was approved."""
    found = _locked(conversion.pk)
    if found is None or found.finished_at is None or found.approved_at is not None:
        raise NotReady
    if found.refused_at is None:
        found.refused_at = now
        found.save(update_fields=["refused_at"])


def keys_of(conversion: Conversion) -> Iterator[str]:
    """The keys of its files, but for the one that has become a sealed object."""
    if conversion.key and conversion.copy_id is None:
        yield conversion.key
    if conversion.before_key:
        yield conversion.before_key


def _give_up(conversion: Conversion, fault: str, *, now: datetime) -> None:
    conversion.fault = fault
    conversion.save(update_fields=["fault"])
    _tell(conversion, made=False, now=now)


def _tell(conversion: Conversion, *, made: bool, now: datetime) -> None:
    events.publish(ConversionFinished(conversion.pk, conversion.film.pk, made, now))


def _locked(conversion_id: UUID) -> Conversion | None:
    return (
        Conversion.objects.select_for_update(no_key=True, of=("self",))
        .select_related("inspection__film", "copy")
        .filter(pk=conversion_id)
        .first()
    )
