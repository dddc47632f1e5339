"""The life of an upload: begin, write, seal; or end it before."""

import hashlib
import shutil
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.kernel import events as kernel_events
from paike.kernel.text import Text
from paike.objects import ports
from paike.uploads import events
from paike.uploads.actions import parts as part_files
from paike.uploads.models import SealedObject, Upload
from paike.uploads.queries import parts, uploads
from paike.uploads.rules import limits

BLOCK = 1024 * 1024


class Refused(Exception):
    """The upload can't be begun; `refusal` says why."""

    def __init__(self, refusal: limits.Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.text = refusal.text


class Ended(Exception):
    """It expired, or its owner gave it up."""

    text = Text(
        "这次上传已过期或已取消。请重新选择文件上传，已填写的内容都在。",
        "This upload expired or was cancelled. Choose the file again; what you filled in is kept.",
    )


class WrongOffset(Exception):
    """The client's idea of how much has arrived is not ours."""

    text = Text(
        "上传位置不一致，正在重新确认已收到的部分。",
        "The offset differs; ask again how much has arrived.",
    )

    def __init__(self, offset: int) -> None:
        super().__init__(str(offset))
        self.offset = offset


class AlreadySealed(Exception):
    """The film has arrived whole and is stored; it can't be given up any more."""

    text = Text("影片已上传完成。", "The film has arrived whole.")


class NotWhole(Exception):
    """Bytes are still missing."""

    text = Text("文件还没有传完。", "The file has not arrived whole.")


@transaction.atomic
def begin(
    *,
    owner: Account,
    purpose: str,
    subject_id: UUID,
    size: int,
    size_max: int,
    now: datetime,
    fingerprint: str = "",
) -> Upload:
    """A new upload of `size` bytes, at most `size_max`. Raises Refused."""
    Account.objects.select_for_update(no_key=True).get(pk=owner.pk)
    refusal = limits.refusal(
        size=size,
        size_max=size_max,
        unfinished=uploads.unfinished(now=now).filter(owner=owner).count(),
        arrived=Upload.objects.filter(owner=owner, sealed_at__gt=now - limits.DAY).count(),
        free=shutil.disk_usage(parts.folder()).free,
    )
    if refusal is not None:
        raise Refused(refusal)
    return Upload.objects.create(
        owner=owner,
        purpose=purpose,
        subject_id=subject_id,
        size=size,
        fingerprint=fingerprint,
        created_at=now,
        expires_at=now + limits.LIFETIME,
    )


def write(*, upload_id: UUID, offset: int, now: datetime) -> part_files.Writer:
    """The writer of a live upload, standing at `offset`; close it. Blocks while another writer
    steps aside.

    Raises Upload.DoesNotExist, Ended, part_files.Busy, part_files.DiskFull, WrongOffset.
    """
    writer = part_files.open_writer(upload_id)
    try:
        upload = Upload.objects.get(pk=upload_id)
        check_live(upload, now=now)
        if upload.sealed_at is not None:
            part_files.remove(upload_id)  # opening it made it anew
            raise WrongOffset(upload.size)
        if writer.offset != offset:
            raise WrongOffset(writer.offset)
    except BaseException:
        writer.close()
        raise
    return writer


def check_live(upload: Upload, *, now: datetime) -> None:
    """Raises Ended for an upload that was given up or has expired."""
    expired = upload.sealed_at is None and upload.expires_at <= now
    if upload.ended_at is not None or expired:
        raise Ended


def seal(*, upload_id: UUID, now: datetime) -> SealedObject:
    """Hash, store and record a whole upload. May be asked again at any time, by several at once,
    after a crash at any step: there is one object in the end, and the answer is always it.

    Raises Ended, NotWhole, part_files.Busy, objects.ports.StoreFault.
    """
    known = uploads.sealed_object(upload_id)
    if known is not None:
        part_files.remove(upload_id)
        return known
    with part_files.open_writer(upload_id) as writer:
        upload = Upload.objects.get(pk=upload_id)
        check_live(upload, now=now)
        known = uploads.sealed_object(upload_id)
        if known is None:
            if writer.offset != upload.size:
                raise NotWhole
            writer.keep()
            known = _store(upload, parts.path_of(upload_id), now=now)
        part_files.remove(upload_id)
    return known


def end(*, upload_id: UUID, why: str, now: datetime) -> None:
    """Give an upload up ("terminated", "expired") and remove its bytes. Twice is as once.

    Raises AlreadySealed, part_files.Busy.
    """
    with part_files.open_writer(upload_id), transaction.atomic():
        upload = Upload.objects.select_for_update(no_key=True).get(pk=upload_id)
        if upload.sealed_at is not None:
            raise AlreadySealed
        if upload.ended_at is None:
            upload.ended_at, upload.ended_why = now, why
            upload.save(update_fields=["ended_at", "ended_why"])
    part_files.remove(upload_id)


def _store(upload: Upload, path: Path, *, now: datetime) -> SealedObject:
    """Key and hash come from us alone. Storing again after a crash replaces the same bytes."""
    key = f"films/{upload.pk}.mp4"
    sha256 = hash_of(path)
    ports.store().put_file(key, path)
    return _record(upload_id=upload.pk, key=key, sha256=sha256, now=now)


@transaction.atomic
def _record(*, upload_id: UUID, key: str, sha256: str, now: datetime) -> SealedObject:
    upload = Upload.objects.select_for_update(no_key=True).get(pk=upload_id)
    upload.sealed_at = now
    upload.save(update_fields=["sealed_at"])
    film = SealedObject.objects.create(
        upload=upload, key=key, sha256=sha256, size=upload.size, sealed_at=now
    )
    kernel_events.publish(
        events.Sealed(
            upload_id=upload.pk,
            film_id=film.pk,
            purpose=upload.purpose,
            subject_id=upload.subject_id,
            owner_id=upload.owner_id,
            at=now,
        )
    )
    return film


def hash_of(path: Path) -> str:
    """SHA-256 of a file, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
