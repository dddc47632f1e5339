"""Tell a person something: in the inbox at once, by mail or SMS through jobs."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.kernel.text import Text
from paike.notify import ports
from paike.notify.actions import deliveries
from paike.notify.models import Message


@transaction.atomic
def send(
    *, recipient_id: UUID, kind: str, subject: Text, body: Text, link: str = "", now: datetime
) -> Message:
    """Write the message in the recipient's language and defer its way through every channel that
    takes it. Nothing leaves when the caller's transaction does not commit.

    `subject` must hold no personal data: it travels in mail headers. `link` is a path ("/my/").
    """
    recipient = ports.addresses().find(recipient_id)
    message = Message.objects.create(
        recipient_id=recipient_id,
        kind=kind,
        subject=subject.in_language(recipient.language)[:200],
        body=body.in_language(recipient.language),
        link=link,
        created_at=now,
    )
    for channel in ports.channels():
        if channel.takes(message, recipient):
            deliveries.begin(message=message, channel=channel, recipient=recipient, now=now)
    return message


@transaction.atomic
def mark_read(*, recipient_id: UUID, now: datetime) -> int:
    """Everything in the inbox was seen; returns how many were new."""
    unread = Message.objects.filter(recipient_id=recipient_id, read_at__isnull=True)
    return unread.update(read_at=now)
