"""Where the embedded PostgreSQL listens: a socket in a folder only we can enter; never a port.

The path of a Unix socket holds about 107 bytes. A data folder deep down gets a short folder in
the system's temporary place instead, found again through a file in the data folder.
"""

import os
import tempfile
from pathlib import Path

LONGEST = 100
NAME = ".s.PGSQL.5432"


def folder(data: Path) -> Path:
    """The folder of the socket for the data folder `data`; it may not exist yet."""
    direct = data / "run"
    if len(os.fsencode(direct / NAME)) <= LONGEST:
        return direct
    try:
        return Path(_pointer(data).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return direct


def prepare(data: Path, *, owner: tuple[int, int] | None) -> Path:
    """Make the folder of the socket, closed to everybody else; returns it."""
    place = folder(data)
    short = len(os.fsencode(place / NAME)) <= LONGEST
    if not short or (place.parent != data and not _ours(place, owner)):
        place = Path(tempfile.mkdtemp(prefix="paike-"))
        partial = _pointer(data).with_suffix(".partial")
        partial.write_text(str(place), encoding="utf-8")
        partial.replace(_pointer(data))
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.chmod(0o700)
    if owner:
        os.chown(place, *owner)
    return place


def _ours(place: Path, owner: tuple[int, int] | None) -> bool:
    """Whether the temporary folder is still there and nobody else's: such places are cleaned."""
    try:
        return place.lstat().st_uid == (owner[0] if owner else os.geteuid())
    except FileNotFoundError:
        return False


def _pointer(data: Path) -> Path:
    return data / "postgres-socket"
