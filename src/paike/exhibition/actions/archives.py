"""A package as one ZIP file, for the sites that show it too. Made while it is sent: no second copy
on the disk, and never more than a piece of a film in memory."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

PIECE = 1024 * 1024


def stream(folder: Path, *, name: str) -> Iterator[bytes]:
    """The archive's bytes; inside, everything lies in a folder `name`. Nothing is compressed:
    films and pictures are already. Raises OSError when the package is replaced meanwhile: a broken
    transfer, so that nobody takes half a package for a whole one."""
    sink = _Sink()
    # A ZipFile that writes asks of its file no more than `write` and `flush`.
    with zipfile.ZipFile(cast("IO[bytes]", sink), "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            about = zipfile.ZipInfo.from_file(path, f"{name}/{path.relative_to(folder)}")
            with path.open("rb") as source, archive.open(about, "w") as entry:
                while piece := source.read(PIECE):
                    entry.write(piece)
                    yield sink.take()
            yield sink.take()
    yield sink.take()


class _Sink:
    """What the archive writes into; emptied after every piece. It can't be read or rewound."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken, self._waiting = bytes(self._waiting), bytearray()
        return taken
