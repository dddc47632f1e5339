"""One-time codes on their way. Who asked for them stays sealed."""

from datetime import datetime

from django.db.models import QuerySet

from paike.accounts.models import OneTimeCode


def undelivered() -> QuerySet[OneTimeCode]:
    """Codes that were not handed to mail or SMS, the oldest first; forgotten after ten minutes."""
    found = OneTimeCode.objects.filter(delivered_at=None, used_at=None)
    return found.order_by("sent_at", "pk")


def delivered_since(moment: datetime) -> int:
    return OneTimeCode.objects.filter(delivered_at__gte=moment).count()
