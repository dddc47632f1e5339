"""Pythons beside our own, found where people keep them."""

import os
import sys
from pathlib import Path

import pytest

from tools import interpreters

pytestmark = pytest.mark.rules


def program(path: Path, *, code: int) -> Path:
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with an empty path and a pyenv of its own."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    return tmp_path


def test_one_on_the_path(alone: Path) -> None:
    mine = program(alone / "bin" / "python3.77", code=0)
    assert interpreters.find("python3.77") == mine


def test_the_newest_of_pyenv_where_the_path_has_only_a_stand_in(alone: Path) -> None:
    program(alone / "bin" / "python3.77", code=127)
    program(alone / "pyenv" / "versions" / "3.77.0" / "bin" / "python3.77", code=0)
    newest = program(alone / "pyenv" / "versions" / "3.77.1" / "bin" / "python3.77", code=0)
    assert interpreters.find("python3.77") == newest


def test_none(alone: Path) -> None:
    program(alone / "pyenv" / "versions" / "3.77.0" / "bin" / "python3.77", code=1)
    assert interpreters.find("python3.77") is None


def test_pyenv_is_asked_where_it_keeps_them(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYENV_ROOT")
    pyenv = program(alone / "bin" / "pyenv", code=0)
    pyenv.write_text(f"#!/bin/sh\necho {alone / 'elsewhere'}\n")
    kept = program(alone / "elsewhere" / "versions" / "3.77.0" / "bin" / "python3.77", code=0)
    assert interpreters.find("python3.77") == kept


def test_our_own() -> None:
    found = interpreters.find(Path(sys.executable).name)
    assert found is not None
