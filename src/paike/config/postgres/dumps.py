"""Dump and restore a database with PostgreSQL's own programs."""

import os
import subprocess
from pathlib import Path
from typing import Any

from paike.config.postgres.programs import Programs
from paike.config.refusal import refuse


def dump(target: Path, *, database: dict[str, Any], found: Programs) -> None:
    """Write the database, as it is at one moment, to `target`."""
    _call(
        found.path("pg_dump"), "--format=custom", "--compress=6", "--no-owner", "--no-privileges",
        f"--file={target}", f"--dbname={database['NAME']}", database=database,
    )  # fmt: skip


def restore(source: Path, *, database: dict[str, Any], found: Programs) -> None:
    """Fill an empty database from `source`: all of it, or nothing."""
    _call(
        found.path("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error",
        "--single-transaction", f"--dbname={database['NAME']}", str(source), database=database,
    )  # fmt: skip


def _call(*command: str, database: dict[str, Any]) -> None:
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: str(database[key]) for name, key in names.items() if database.get(key)}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's programs, no shell
        command, env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise refuse(
            f"{Path(command[0]).name} 失败：{done.stderr.strip()}",
            f"{Path(command[0]).name} failed, see above.",
        )
