"""A film that Paike made itself takes its place among those that arrived."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.uploads.models import SealedObject, Upload


@transaction.atomic
def adopt(
    *,
    key: str,
    sha256: str,
    size: int,
    owner: Account,
    purpose: str,
    subject_id: UUID,
    now: datetime,
) -> SealedObject:
    """A sealed object of what is stored under `key`, as if `owner` had uploaded it. Nobody is told:
    the caller knows what it is for."""
    upload = Upload.objects.create(
        owner=owner,
        purpose=purpose,
        subject_id=subject_id,
        size=size,
        created_at=now,
        expires_at=now,
        sealed_at=now,
    )
    return SealedObject.objects.create(
        upload=upload, key=key, sha256=sha256, size=size, sealed_at=now
    )
