"""`paike restore`: a backup into an empty data folder (and, with a server, an empty database)."""

import contextlib
import importlib
import os
import shutil
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from paike.config import archive, options
from paike.config.postgres import cluster, dumps, programs
from paike.config.refusal import refuse

HALTED = (
    "选票日志须先与已公布的检查点核对（paike log confirm），之后才能启动，见 docs/operate/backup.md。\n"
    "Before anything starts, hold the ballot logs against the checkpoints that were published "
    "(`paike log confirm`), see docs/operate/backup.md."
)
KEY_FILES = ("secret-key", "keyring.json")


def run(arguments: Namespace) -> int:
    """Check everything first, then put it in place. A folder that is not empty is never touched."""
    data = options.data_folder()
    if data.exists() and any(data.iterdir()):
        raise refuse(
            f"数据目录 {data} 不是空的。请用 --data 指定一个新目录。",
            f"The data folder {data} is not empty. Name a new one with --data.",
        )
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=data) as folder:
        unpacked = Path(folder)
        archive.unpack(arguments.file, unpacked)
        _keys(unpacked / "keys", arguments.keys, data / "keys")
        for name in ("objects", "ballot-logs"):
            if (unpacked / name).exists():
                (unpacked / name).rename(data / name)
        _database(data, unpacked / archive.DUMP)
    print(f"已恢复到 {data} / Restored into {data}")
    return 0


def _halt_ballot_logs() -> None:
    """More of each log may have been published since the backup: `paike log confirm` tells. In plain
    SQL, since the restored tables may be those of an older Paike."""
    importlib.import_module("django").setup()
    connection = importlib.import_module("django.db").connection
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE voting_ballotlog SET halted_at = now() WHERE published_at NOTNULL")
        if cursor.rowcount:
            print(HALTED, file=sys.stderr)


def _keys(packed: Path, given: Path | None, target: Path) -> None:
    source = given or packed
    missing = [name for name in KEY_FILES if not (source / name).is_file()]
    if missing:
        raise refuse(
            f"缺少密钥 {'、'.join(missing)}：备份中没有，请用 --keys 指明另行保存的密钥目录。",
            f"No {', '.join(missing)}: the backup has no keys; name their folder with --keys.",
        )
    target.mkdir(mode=0o700)
    for name in KEY_FILES:
        shutil.copyfile(source / name, target / name)
        (target / name).chmod(0o600)


def _database(data: Path, dump: Path) -> None:
    embedded = not options.read("PAIKE_DATABASE_URL")
    if embedded:
        cluster.start(data)
    try:
        os.environ["DJANGO_SETTINGS_MODULE"] = "paike.config.settings"
        settings = importlib.import_module("paike.config.settings")
        dumps.restore(dump, database=settings.DATABASES["default"], found=programs.locate())
        _halt_ballot_logs()
    finally:
        if embedded:
            cluster.stop(data)
