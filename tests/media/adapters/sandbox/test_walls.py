"""The wall of bubblewrap, where this machine allows one."""

import subprocess
import sys
from pathlib import Path

import pytest

from paike.media.adapters.sandbox import obedience, walls


@pytest.fixture
def wall(tmp_path: Path) -> list[str]:
    found = walls.around(tmp_path)
    if not found:
        pytest.skip("no bubblewrap here, or no namespaces allowed")
    return found


def _inside(wall: list[str], code: str) -> str:
    done = subprocess.run(
        [*wall, "--", sys.executable, "-I", "-S", "-c", code],
        check=True, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    return done.stdout.strip()


def test_inside_there_is_no_network(wall: list[str]) -> None:
    seen = _inside(wall, "print(open('/proc/net/dev').read())")
    assert {line.split(":")[0].strip() for line in seen.splitlines() if ":" in line} == {"lo"}


def test_inside_the_data_folder_is_empty(wall: list[str], tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("secret", encoding="utf-8")
    seen = _inside(wall, f"import os; print(os.listdir({str(tmp_path)!r}))")
    assert seen == "[]"
    assert _inside(walls.around(), f"import os; print(os.listdir({str(tmp_path)!r}))") != "[]"


def test_inside_nothing_can_be_written_and_no_other_process_seen(
    wall: list[str], tmp_path: Path
) -> None:
    code = f"""
import os
try:
    open({str(Path(__file__).parent / "left")!r}, "w")
    print("written")
except OSError:
    print(len([one for one in os.listdir("/proc") if one.isdigit()]))
"""
    assert int(_inside(wall, code)) <= 2


def test_a_folder_that_holds_our_python_is_not_hidden() -> None:
    assert "--tmpfs" not in walls.around(Path(sys.prefix))


def test_without_the_program_there_is_no_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert walls.around() == []


def test_ffmpeg_does_as_it_is_told() -> None:
    assert obedience.refused(obedience.foreign()) == []


def test_one_that_does_not_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(obedience.decoding, "DECODERS", ("h264", "mjpeg"))  # type: ignore[attr-defined] # the module it uses
    assert obedience.refused(obedience.foreign()) == ["FFmpeg plays a codec off the list"]
