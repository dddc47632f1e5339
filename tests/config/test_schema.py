"""Commands that need tables make them in an installation of our own, and only there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.faults

CALL = Path(__file__).parents[2] / "campaigns" / "party-stories-2021.toml"


def test_the_first_command_of_a_fresh_installation_finds_its_tables(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "paike.config.cli", "call", "open", str(CALL)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PAIKE_")}
    place = {"PAIKE_DATA": str(tmp_path / "data")}
    ran = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=180, env=clean | place
    )
    assert ran.returncode == 0, ran.stderr
    assert "已启动" in ran.stdout
