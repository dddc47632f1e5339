"""`paike backup`: database, files and, when asked for, keys in one archive; while all runs on."""

import shutil
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from django.conf import settings
from django.db import connection

from paike.config import archive
from paike.config.postgres import dumps, programs
from paike.config.refusal import refuse
from paike.kernel import clock


def run(arguments: Namespace) -> int:
    """Write the backup. The dump comes first: every file it names is in the store already."""
    target = arguments.file.absolute()
    if target.exists():
        raise refuse(f"{target} 已存在，不会覆盖。", f"{target} exists; it is not overwritten.")
    with tempfile.TemporaryDirectory(prefix=".paike-backup-", dir=target.parent) as folder:
        # Checkpoints first: the dump, which is made after them, knows all that they know.
        checkpoints = _checkpoints(Path(folder) / "ballot-logs")
        dump = Path(folder) / archive.DUMP
        dumps.dump(dump, database=settings.DATABASES["default"], found=programs.locate())
        number = archive.write(
            target,
            dump=dump,
            checkpoints=checkpoints,
            objects=settings.DATA / "objects",
            keys=settings.DATA / "keys" if arguments.with_keys else None,
            major=connection.cursor().connection.info.server_version // 10000,
            now=clock.now(),
        )
    print(f"{target}: {number} 个文件 / files, {target.stat().st_size / 1024**2:.1f} MB")
    _warn(with_keys=arguments.with_keys)
    return 0


def _checkpoints(target: Path) -> Path:
    """Copies of what the ballot logs have published last, and of what witnesses have signed."""
    for pattern in ("*/checkpoint", "*/checkpoint.witnessed", "*/cosigned/*"):
        for source in sorted(settings.BALLOT_LOGS.glob(pattern)):
            copy = target / source.relative_to(settings.BALLOT_LOGS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
    return target


def _warn(*, with_keys: bool) -> None:
    if with_keys:
        text = (
            "此文件含密钥，得到它的人能读出全部个人信息，请加密保存。\n"
            "It holds the keys: whoever has it reads all personal data. Keep it encrypted."
        )
    else:
        text = (
            f"密钥不在其中：请另行备份 {settings.DATA / 'keys'}，没有它无法读出个人信息。\n"
            f"The keys are not in it: back up {settings.DATA / 'keys'} apart from it."
        )
    if settings.STORE_URL:
        text += "\n对象存储请用其自身工具备份。 / Back up the object store with its own tools."
    print(text, file=sys.stderr)
