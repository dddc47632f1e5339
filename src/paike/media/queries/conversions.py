"""Conversions, ready or on their way."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from paike.media.models import Conversion
from paike.media.rules.report import Report


def by_id(conversion_id: UUID) -> Conversion | None:
    found = Conversion.objects.select_related("inspection__film", "copy")
    return found.filter(pk=conversion_id).first()


def of(inspection_id: UUID) -> Conversion | None:
    """The conversion that followed this inspection; None where nobody asked for one."""
    found = Conversion.objects.select_related("inspection__film", "copy")
    return found.filter(inspection_id=inspection_id).first()


def made(film_id: UUID) -> Conversion | None:
    """How this film was made by a conversion; None for a film as it was uploaded."""
    return Conversion.objects.select_related("inspection__film").filter(copy_id=film_id).first()


def report_of(conversion: Conversion) -> Report | None:
    """What the gate says of the converted film; None while there is none."""
    return Report.from_json(conversion.report) if conversion.report else None


def unfinished() -> QuerySet[Conversion]:
    """Those not made, given up or under way, the oldest first, with their films."""
    found = Conversion.objects.filter(finished_at=None)
    return found.select_related("inspection__film__upload").order_by("requested_at", "pk")


def finished_since(moment: datetime) -> int:
    """How many were made since then."""
    return Conversion.objects.filter(finished_at__gte=moment).count()
