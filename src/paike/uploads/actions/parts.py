"""Writing part files: one writer at a time, nothing acknowledged before it is on the disk."""

import contextlib
import errno
import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from uuid import UUID

from paike.kernel.text import Text
from paike.uploads.queries import parts

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
CLAIM = ".claim"
PATIENCE = 3.0  # seconds a newcomer waits for a silent writer to step aside
STEP = 0.1


class Busy(Exception):
    """Another connection is writing this upload right now."""

    text = Text(
        "这个文件正在另一个页面或设备上传。请在那里继续，或稍后再试。",
        "This file is being uploaded by another page or device. Go on there, or try again later.",
    )


class DiskFull(Exception):
    """The disk took no more; what had arrived before is kept."""

    text = Text(
        "服务器存储空间已满，上传已暂停。已收到的部分都在，请稍后继续。",
        "The server's disk is full and the upload pauses. What has arrived is kept; go on later.",
    )


class Writer:
    """The exclusive right to append to one part file, held until it is closed or the process dies
    (the lock is the kernel's, so a crash can't leave it behind)."""

    def __init__(self, handle: int, claim: Path) -> None:
        self._handle = handle
        self._claim = claim
        self.offset = os.fstat(handle).st_size

    def append(self, data: bytes) -> None:
        """Add `data` whole, or raise DiskFull and leave the file as it was."""
        view = memoryview(data)
        start = self.offset
        try:
            while view:
                written = os.pwrite(self._handle, view, self.offset)
                view = view[written:]
                self.offset += written
        except OSError as fault:
            self.cut(start)
            if fault.errno in FULL:
                raise DiskFull from fault
            raise

    def cut(self, offset: int) -> None:
        """Forget what came after `offset`."""
        os.ftruncate(self._handle, offset)
        self.offset = offset

    def keep(self) -> None:
        """Return once every byte is on the disk. Raises DiskFull."""
        try:
            os.fdatasync(self._handle)
        except OSError as fault:
            if fault.errno in FULL:
                raise DiskFull from fault
            raise

    def is_claimed(self) -> bool:
        """Whether somebody waits for this writer to step aside."""
        return self._claim.exists()

    def close(self) -> None:
        os.close(self._handle)

    def __enter__(self) -> "Writer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_writer(upload_id: UUID, *, patience: float = PATIENCE) -> Writer:
    """Become the writer. A writer that hears nothing from its client steps aside when it sees our
    claim, so that a dead connection does not block the resume. Raises Busy, DiskFull."""
    path = parts.path_of(upload_id)
    claim = path.with_suffix(CLAIM)
    handle = _open(path)
    try:
        if not _lock(handle):
            _wait(handle, claim, patience)
        return Writer(handle, claim)
    except BaseException:
        os.close(handle)
        raise


def remove(upload_id: UUID) -> None:
    """Remove what is left of an upload on the disk."""
    path = parts.path_of(upload_id)
    path.unlink(missing_ok=True)
    path.with_suffix(CLAIM).unlink(missing_ok=True)


def _open(path: Path) -> int:
    try:
        known = path.exists()
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not known:
            _keep_folder(path.parent)
    except OSError as fault:
        if fault.errno in FULL:
            raise DiskFull from fault
        raise
    return handle


def _wait(handle: int, claim: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    with contextlib.suppress(OSError):  # a full disk takes no claim; the lock may still come free
        claim.touch()
    try:
        while not _lock(handle):
            if time.monotonic() >= deadline:
                raise Busy
            time.sleep(STEP)
    finally:
        claim.unlink(missing_ok=True)


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _keep_folder(folder: Path) -> None:
    """A new file's name is on the disk only once its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
