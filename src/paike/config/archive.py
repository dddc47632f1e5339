"""A backup: one tar with a database dump, the stored files, and the SHA-256 of each of them.

paike-backup.json    what it is: format, version, moment, PostgreSQL major, whether keys are in
database.dump        pg_dump's custom format
ballot-logs/...      the checkpoint of every ballot log: a database that knows less is not started
objects/...          every file of the local store; an S3 store is copied with its own tools
keys/...             only when asked for
SHA256SUMS           one line per file above, as sha256sum -c reads it
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from datetime import datetime
from importlib import metadata
from pathlib import Path, PurePosixPath

from paike.config.refusal import refuse

FORMAT = 1
HEAD = "paike-backup.json"
DUMP = "database.dump"
SUMS = "SHA256SUMS"
BLOCK = 1024**2


def write(
    target: Path,
    *,
    dump: Path,
    checkpoints: Path,
    objects: Path,
    keys: Path | None,
    major: int,
    now: datetime,
) -> int:
    """Write the archive beside `target`, then rename it; returns the number of files in it."""
    partial = target.with_name(f"{target.name}.partial")
    sums: dict[str, str] = {}
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w|") as tar:
        _add_bytes(tar, HEAD, _head(major=major, keys=keys is not None, now=now), sums)
        for name, path in _contents(dump, checkpoints, objects, keys):
            _add_file(tar, name, path, sums)
        lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        _add_bytes(tar, SUMS, lines.encode(), {})
        tar.close()
        file.flush()
        os.fsync(file.fileno())
    partial.replace(target)
    return len(sums)


def unpack(source: Path, folder: Path) -> dict[str, object]:
    """Unpack into `folder` and compare every checksum; returns the head. Raises Refusal."""
    try:
        with tarfile.open(source, mode="r|") as tar:
            tar.extractall(folder, filter="data")
        head: dict[str, object] = json.loads((folder / HEAD).read_bytes())
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (tarfile.TarError, OSError, ValueError) as fault:
        raise refuse(
            f"{source} 不是完整的拍客备份（{fault}）。",
            f"{source} is not a complete backup of Paike ({fault}).",
        ) from fault
    if head.get("format") != FORMAT:
        raise refuse(
            f"备份格式 {head.get('format')} 比本程序新，请升级。",
            f"The backup has format {head.get('format')}: a newer Paike is needed.",
        )
    _compare(folder, lines)
    return head


def _compare(folder: Path, lines: list[str]) -> None:
    listed = set()
    for line in lines:
        digest, name = line.split("  ", 1)
        listed.add(name)
        path = folder / name
        if not path.is_file() or _digest(path) != digest:
            raise refuse(
                f"备份已损坏：{name} 与校验和不符。没有恢复任何内容。",
                f"The backup is damaged: {name} differs from its checksum. Nothing was restored.",
            )
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != SUMS and name not in listed:
            raise refuse(
                f"备份中有未登记的文件 {name}。",
                f"The backup holds {name}, which it does not list.",
            )


def _head(*, major: int, keys: bool, now: datetime) -> bytes:
    body = {
        "format": FORMAT,
        "paike": metadata.version("paike"),
        "postgres": major,
        "made_at": now.isoformat(),
        "keys": keys,
    }
    return json.dumps(body, indent=1).encode()


def _contents(
    dump: Path, checkpoints: Path, objects: Path, keys: Path | None
) -> Iterator[tuple[str, Path]]:
    yield DUMP, dump
    for prefix, folder in (("ballot-logs", checkpoints), ("objects", objects), ("keys", keys)):
        if folder is None or not folder.exists():
            continue
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in (".partial", ".lock"):
                yield str(PurePosixPath(prefix, path.relative_to(folder).as_posix())), path


def _add_bytes(tar: tarfile.TarFile, name: str, body: bytes, sums: dict[str, str]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(body), 0o600
    tar.addfile(entry, io.BytesIO(body))
    sums[name] = hashlib.sha256(body).hexdigest()


def _add_file(tar: tarfile.TarFile, name: str, path: Path, sums: dict[str, str]) -> None:
    # Stored objects never change, so reading one twice reads the same bytes.
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = path.stat().st_size, 0o600
    entry.mtime = int(path.stat().st_mtime)
    with path.open("rb") as file:
        tar.addfile(entry, file)
    sums[name] = _digest(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
