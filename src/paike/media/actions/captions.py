"""Captions of a film are put, replaced and removed. Who may is the caller's to know."""

import hashlib
from datetime import datetime

from django.db import transaction

from paike.accounts.models import Account
from paike.media.models import Captions
from paike.media.queries import inspections
from paike.media.rules import captions as rules
from paike.uploads.models import SealedObject


@transaction.atomic
def put(*, film: SealedObject, source: bytes, by: Account, now: datetime) -> Captions:
    """Read the file and keep what is words in it; captions before these end. Raises
    rules.Unreadable, and then the earlier ones stay."""
    cues = rules.read(source, film_ms=_length(film))
    text = rules.write(cues)
    _end(film, now=now)
    return Captions.objects.create(
        film=film,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        cues=len(cues),
        by=by,
        at=now,
    )


@transaction.atomic
def remove(*, film: SealedObject, now: datetime) -> bool:
    """Show the film without captions; whether there were any."""
    return _end(film, now=now) > 0


def _end(film: SealedObject, *, now: datetime) -> int:
    SealedObject.objects.select_for_update(no_key=True).get(pk=film.pk)
    return Captions.objects.filter(film=film, ended_at__isnull=True).update(ended_at=now)


def _length(film: SealedObject) -> int | None:
    """The film's length in ms where its inspection found one."""
    inspection = inspections.latest_of(film.pk)
    report = inspections.report_of(inspection) if inspection is not None else None
    found = report.facts.get("duration_ms") if report is not None else None
    return int(found) if found else None
