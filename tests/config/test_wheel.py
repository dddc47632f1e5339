"""The wheel in an empty environment, without Node: it installs, starts, answers, and stops."""

import os
import re
import shutil
import signal
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from tests.faults.installation import free_port, wait

pytestmark = pytest.mark.wheel
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and the locked requirements, nothing else."""
    wheels = list((ROOT / "dist").glob("paike-*.whl"))
    assert len(wheels) == 1, "make wheel"
    folder = tmp_path_factory.mktemp("wheel") / "venv"
    venv.create(folder, with_pip=True)
    lock = ["--require-hashes", "-r", str(ROOT / "requirements.lock")]
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    install = [uv, "pip", "install", "--python", f"{folder}/bin/python"] if uv else [
        f"{folder}/bin/python", "-m", "pip", "install", "--disable-pip-version-check",
    ]  # fmt: skip
    subprocess.run([*install, "--quiet", *lock], check=True, timeout=600)
    subprocess.run([*install, "--quiet", "--no-deps", str(wheels[0])], check=True, timeout=120)
    return folder


@pytest.fixture
def address(home: Path, tmp_path: Path) -> Iterator[str]:
    """The address of an installation that was started from the wheel, far from this checkout."""
    port = free_port()
    # Node is installed beside system tools: a folder with links to the tools alone hides it.
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("unshare", "setpriv", "true", "test", "sh"):
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    environment = {"PATH": f"{home}/bin:{tools}", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    assert shutil.which("node", path=environment["PATH"]) is None
    command = [f"{home}/bin/paike", "up", "--port", str(port), "--data", str(tmp_path / "data")]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"

    def ready() -> bool:
        assert process.poll() is None, (tmp_path / "log").read_text()
        return address in (tmp_path / "log").read_text()

    try:
        wait(ready, seconds=120, what="paike up is ready")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_home_page_and_its_assets(address: str) -> None:
    page = httpx.get(address + "/", timeout=30)
    assert page.status_code == 200, page.text[:500]
    assert "拍客" in page.text
    assets = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    assert [name for name in assets if name.endswith(".css")]
    assert [name for name in assets if name.endswith(".js")]
    for name in assets:
        answer = httpx.get(urljoin(address, name), timeout=30)
        assert answer.status_code == 200, name
        if "/assets/" in name:
            assert "immutable" in answer.headers["cache-control"], name


def test_english_is_in_it(address: str) -> None:
    page = httpx.get(address + "/", headers={"Accept-Language": "en"}, timeout=30)
    assert '<html lang="en"' in page.text


def test_built_in_rulebooks_are_in_it(home: Path) -> None:
    found = list(home.glob("lib/python*/site-packages/paike/campaigns/built_in/*.toml"))
    assert {path.name for path in found} == {
        path.name for path in (ROOT / "campaigns").glob("*.toml")
    }
    done = subprocess.run(
        [f"{home}/bin/paike", "rulebook", "check", str(found[0])],
        env={**os.environ, "PAIKE_DATA": str(home / "nothing")}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
