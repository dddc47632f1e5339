"""Inspections and what they say."""

from uuid import UUID

from paike.media.models import Inspection
from paike.media.rules.report import Report


def by_id(inspection_id: UUID) -> Inspection | None:
    return Inspection.objects.select_related("film").filter(pk=inspection_id).first()


def latest_of(film_id: UUID) -> Inspection | None:
    """The film's inspection that was asked for last."""
    return Inspection.objects.filter(film_id=film_id).order_by("-requested_at").first()


def report_of(inspection: Inspection) -> Report | None:
    """The stored report; None while there is none. Raises report.UnknownSchema."""
    return Report.from_json(inspection.report) if inspection.report else None


def failed() -> list[Inspection]:
    """Inspections that ended without a report and wait for somebody to run them again."""
    return list(
        Inspection.objects.filter(finished_at=None).exclude(fault="").order_by("requested_at")
    )
