"""Other Pythons on this machine: on the path, or among those that pyenv has put by."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path


def find(name: str) -> Path | None:
    """A Python of this name ("python3.13") that runs. One on the path may be pyenv's stand-in,
    which only says that the version is not chosen here."""
    return next((path for path in _candidates(name) if _runs(path)), None)


def _candidates(name: str) -> Iterator[Path]:
    on_path = shutil.which(name)
    if on_path:
        yield Path(on_path)
    version = name.removeprefix("python")
    for root in _pyenv_roots():
        yield from sorted(root.glob(f"versions/{version}*/bin/{name}"), reverse=True)


def _pyenv_roots() -> Iterator[Path]:
    told = os.environ.get("PYENV_ROOT")
    if told:
        yield Path(told)
    elif pyenv := shutil.which("pyenv"):
        asked = subprocess.run([pyenv, "root"], check=False, capture_output=True, text=True)
        if asked.returncode == 0:
            yield Path(asked.stdout.strip())


def _runs(path: Path) -> bool:
    try:
        return subprocess.run([path, "--version"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False
