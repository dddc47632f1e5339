"""What the processes of `paike up` have to say: one file each in <data>/log, turned over when full.

One thread per process copies its output line by line. So a file has one writer, however many
processes stand behind it, and nothing they print is lost or gets onto the terminal.
"""

import contextlib
import threading
from logging import Formatter, LogRecord, makeLogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

LARGEST = 5 * 1024**2
OLD_ONES = 4


def folder(data: Path) -> Path:
    """Where the logs of an installation are."""
    return data / "log"


class Log:
    """The log file of one kind of process, `web` or `worker`."""

    def __init__(self, data: Path, name: str, *, largest: int = LARGEST) -> None:
        folder(data).mkdir(mode=0o700, exist_ok=True)
        self.path = folder(data) / f"{name}.log"
        self._file = _File(self.path, maxBytes=largest, backupCount=OLD_ONES, encoding="utf-8")
        self._file.setFormatter(Formatter("%(message)s"))
        self._copying: list[threading.Thread] = []

    def follow(self, output: IO[bytes]) -> None:
        """Copy everything from `output` until its last writer closes it."""
        thread = threading.Thread(target=self._copy, args=(output,), daemon=True)
        thread.start()
        self._copying = [one for one in self._copying if one.is_alive()] + [thread]

    def close(self, *, seconds: float = 2.0) -> None:
        """Wait for the last lines of processes that have ended."""
        for thread in self._copying:
            thread.join(seconds)
        self._file.close()

    def _copy(self, output: IO[bytes]) -> None:
        with output:
            for line in output:
                text = line.decode(errors="replace").rstrip("\n")
                self._file.handle(makeLogRecord({"msg": text}))


class _File(RotatingFileHandler):
    def handleError(self, record: LogRecord) -> None:  # noqa: N802 - a name of the library
        """A full disk costs lines of the log. Whoever writes them must not come to a halt."""

    def close(self) -> None:
        with contextlib.suppress(OSError):  # what it still holds has no place
            super().close()
