"""The models' runtime keeps to itself."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LOAD = "from paike.media.adapters.sandbox import models; models.load()"
PLAIN = "import onnxruntime; onnxruntime.InferenceSession({!r})"
MODELS = Path(__file__).parents[4] / "src/paike/media/adapters/sandbox/models"


def _left_behind(code: str, home: Path, *before: str) -> list[str]:
    """What a fresh Python leaves in its home after the code. In CI the runtime is quiet by itself,
    so nothing of our environment goes with it."""
    home.mkdir()
    environment = {
        "HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = [*before, sys.executable, "-c", code]
    subprocess.run(command, env=environment, check=True, timeout=120, capture_output=True)
    return [path.name for path in home.rglob("*") if path.is_file()]


def test_the_runtime_does_not_report_to_its_maker(tmp_path: Path) -> None:
    assert _left_behind(LOAD, tmp_path / "ours") == []


def test_it_would_report_if_we_let_it(tmp_path: Path) -> None:
    """Else the test above could not fail. Without a network, so that nothing is really sent."""
    alone = [shutil.which("unshare") or "unshare", "--map-root-user", "--net"]
    if subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine allows no process without a network")
    code = PLAIN.format(str(MODELS / "find.onnx"))
    assert "deviceid" in _left_behind(code, tmp_path / "plain", *alone)
