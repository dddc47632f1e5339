"""Uploads under way, and films that have arrived."""

import hashlib
import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from paike.accounts.models import Account
from paike.uploads.models import SealedObject, Upload
from paike.uploads.queries import parts
from tests.factories import accounts

NOW = datetime(2021, 4, 1, 4, 0, tzinfo=UTC)
_number = itertools.count(1)


def upload(
    *,
    owner: Account | None = None,
    subject_id: UUID | None = None,
    size: int = 1000,
    content: bytes = b"",
    now: datetime = NOW,
) -> Upload:
    """An upload of `size` bytes of which `content` has arrived."""
    made = Upload.objects.create(
        owner=owner or accounts.account(),
        purpose="film",
        subject_id=subject_id or uuid4(),
        size=size,
        created_at=now,
        expires_at=now + timedelta(days=7),
    )
    if content:
        parts.path_of(made.pk).write_bytes(content)
    return made


def sealed_object(
    *, owner: Account | None = None, subject_id: UUID | None = None, now: datetime = NOW
) -> SealedObject:
    """The row of a film that has arrived whole, with no file behind it: for tests that only need
    something to point at. `factories.media.sealed_object` stores a real film."""
    made = upload(owner=owner, subject_id=subject_id, size=2_500_000, now=now)
    made.sealed_at = now
    made.save()
    return SealedObject.objects.create(
        upload=made,
        key=f"films/{made.pk}.mp4",
        sha256=hashlib.sha256(str(next(_number)).encode()).hexdigest(),
        size=made.size,
        sealed_at=now,
    )
