"""Finding uploads and what became of them."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from paike.uploads.models import SealedObject, Upload
from paike.uploads.queries import parts


def by_id(upload_id: UUID) -> Upload | None:
    return Upload.objects.filter(pk=upload_id).first()


def unfinished(*, now: datetime) -> QuerySet[Upload]:
    """Uploads that may still go on."""
    return Upload.objects.filter(sealed_at__isnull=True, ended_at__isnull=True, expires_at__gt=now)


def under_way(*, subject_id: UUID, owner_id: UUID, now: datetime) -> Upload | None:
    """The upload that its owner may go on with for this thing: the latest unfinished one."""
    found = unfinished(now=now).filter(subject_id=subject_id, owner_id=owner_id)
    return found.order_by("-created_at").first()


def received(upload: Upload) -> int:
    """How many of the upload's bytes have arrived."""
    return upload.size if upload.sealed_at else parts.received(upload.pk)


def sealed_object(upload_id: UUID) -> SealedObject | None:
    return SealedObject.objects.filter(upload_id=upload_id).first()


def whole_but_unsealed(*, now: datetime) -> list[Upload]:
    """Uploads whose last byte has arrived but that were not sealed: a crash came between."""
    return [each for each in unfinished(now=now) if parts.received(each.pk) >= each.size]
