"""Messages on their way to mail and SMS."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from paike.notify.models import Delivery


def unsent() -> QuerySet[Delivery]:
    """Deliveries not made yet, given up or under way, the oldest first, with their messages."""
    found = Delivery.objects.filter(sent_at=None).select_related("message")
    return found.order_by("created_at", "pk")


def by_id(delivery_id: UUID) -> Delivery | None:
    return Delivery.objects.filter(pk=delivery_id).first()


def sent_since(moment: datetime) -> int:
    """How many mails and SMS were handed over since then; the inbox does not count."""
    made = Delivery.objects.filter(sent_at__gte=moment)
    return made.exclude(channel="in_app").count()
