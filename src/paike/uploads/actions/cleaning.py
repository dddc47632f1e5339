"""Abandoned parts go; uploads that a crash left whole but unsealed are sealed."""

import logging
from datetime import datetime

from paike.objects import ports
from paike.uploads.actions import parts as part_files
from paike.uploads.actions import uploads as lives
from paike.uploads.models import Upload
from paike.uploads.queries import parts, uploads

logger = logging.getLogger(__name__)


def finish_whole(*, now: datetime) -> int:
    """Seal what is whole; returns how many. What is busy or can't be stored waits for next time."""
    sealed = 0
    for upload in uploads.whole_but_unsealed(now=now):
        try:
            lives.seal(upload_id=upload.pk, now=now)
            sealed += 1
        except (part_files.Busy, part_files.DiskFull, lives.Ended, ports.StoreFault) as fault:
            logger.warning("upload %s is whole but could not be sealed: %r", upload.pk, fault)
    return sealed


def remove_abandoned(*, now: datetime) -> int:
    """End expired uploads and remove every part file that nobody can go on with."""
    overdue = Upload.objects.filter(
        sealed_at__isnull=True, ended_at__isnull=True, expires_at__lte=now
    )
    removed = 0
    for upload in overdue:
        try:
            lives.end(upload_id=upload.pk, why="expired", now=now)
            removed += 1
        except (part_files.Busy, lives.AlreadySealed):
            continue
    return removed + _remove_leftovers()


def _remove_leftovers() -> int:
    """Parts of uploads that were sealed or ended while a crash kept the file."""
    on_disk = set(parts.all_ids())
    living = set(
        Upload.objects.filter(
            pk__in=on_disk, sealed_at__isnull=True, ended_at__isnull=True
        ).values_list("pk", flat=True)
    )
    for upload_id in on_disk - living:
        part_files.remove(upload_id)
    return len(on_disk - living)
