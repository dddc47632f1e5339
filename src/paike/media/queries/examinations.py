"""Full inspections and what they say."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from paike.media.models import Examination
from paike.media.rules.report import Report


def of(inspection_id: UUID) -> Examination | None:
    """The full inspection that followed this gate; None where there was none."""
    return Examination.objects.filter(inspection_id=inspection_id).first()


def report_of(examination: Examination | None) -> Report | None:
    """The stored report; None while there is none. Raises report.UnknownSchema."""
    if examination is None or not examination.report:
        return None
    return Report.from_json(examination.report)


def unfinished() -> QuerySet[Examination]:
    """Those without a report, given up or under way, the oldest first, with their films."""
    found = Examination.objects.filter(finished_at=None)
    return found.select_related("inspection__film__upload").order_by("requested_at", "pk")


def finished_since(moment: datetime) -> int:
    """How many got their report since then."""
    return Examination.objects.filter(finished_at__gte=moment).count()
