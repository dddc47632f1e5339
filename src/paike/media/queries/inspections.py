"""Inspections and what they say."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

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


def unfinished() -> QuerySet[Inspection]:
    """Inspections without a report, given up or under way, the oldest first, with their films."""
    found = Inspection.objects.filter(finished_at=None).select_related("film__upload")
    return found.order_by("requested_at", "pk")


def finished_since(moment: datetime) -> int:
    """How many got their report since then."""
    return Inspection.objects.filter(finished_at__gte=moment).count()
