"""Part files: `<upload id>.part` in the folder of parts. Their size is how much has arrived."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

SUFFIX = ".part"


def folder() -> Path:
    """The folder of parts; made when first needed, readable by its owner only."""
    path = Path(settings.UPLOAD_PARTS)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(upload_id: UUID) -> Path:
    """Where the bytes of an upload are: a name made from our own id, never from the client's."""
    return folder() / f"{upload_id.hex}{SUFFIX}"


def received(upload_id: UUID) -> int:
    """How many bytes have arrived; 0 before the first."""
    try:
        return path_of(upload_id).stat().st_size
    except FileNotFoundError:
        return 0


def lasting(upload_id: UUID) -> int:
    """How many bytes have arrived and are on the disk for good: what may be told to a client that
    will go on from there."""
    try:
        handle = os.open(path_of(upload_id), os.O_RDONLY)
    except FileNotFoundError:
        return 0
    try:
        os.fdatasync(handle)
        return os.fstat(handle).st_size
    finally:
        os.close(handle)


def all_ids() -> Iterator[UUID]:
    """The uploads that have a part file."""
    for path in folder().glob(f"*{SUFFIX}"):
        try:
            yield UUID(hex=path.stem)
        except ValueError:
            continue
