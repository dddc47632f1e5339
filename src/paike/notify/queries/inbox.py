"""A person's inbox."""

from uuid import UUID

from django.db.models import QuerySet

from paike.notify.models import Message


def of(*, recipient_id: UUID) -> QuerySet[Message]:
    """Their messages, latest first."""
    return Message.objects.filter(recipient_id=recipient_id).order_by("-created_at", "id")


def unread(*, recipient_id: UUID) -> int:
    """How many of them were not seen yet."""
    return Message.objects.filter(recipient_id=recipient_id, read_at__isnull=True).count()
