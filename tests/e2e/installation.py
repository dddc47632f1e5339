"""A demo installation as a whole: `paike demo` in a folder of its own, all processes real.

It plays once per test run. To write tests without waiting for that, let one run beside you and name
it: `PAIKE_E2E_URL=http://127.0.0.1:8000 PAIKE_E2E_DATA=~/paike-demo python -m pytest tests/e2e`.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from paike.kernel import clock
from tests.e2e import server

ROOT = Path(__file__).parent.parent.parent
FILMS = 18
LONGEST_PLAY = 420.0  # seconds, on a machine that is busy with other tests
CODE = re.compile(r"\b(\d{6})\b")
# Of the tests' own installation; the demo has another.
FOREIGN = ("PAIKE_DATABASE_URL", "PAIKE_TEST_READY", "PAIKE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")


@dataclass(frozen=True)
class Installation:
    """A running demo: its address and its data folder."""

    url: str
    data: Path

    def now(self) -> datetime:
        """What the installation's clock says."""
        with self._its_clock():
            return clock.now()

    def later(self, span: timedelta) -> None:
        """Let time pass: limits on codes and sign-ins count by it."""
        with self._its_clock():
            clock.move_to(clock.now() + span)

    def codes_for(self, phone: str) -> list[str]:
        """The codes sent to a phone, latest first."""
        query = {"to": f"+86{phone}"}
        letters = httpx.get(f"{self.url}/dev/outbox.json", params=query).json()["letters"]
        return [code[1] for letter in letters if (code := CODE.search(letter["text"]))]

    def code_for(self, phone: str, *, after: list[str]) -> str:
        """The next code sent to a phone: the worker sends it, so it takes a moment."""
        for _attempt in range(150):
            codes = self.codes_for(phone)
            if codes[:1] != after[:1]:
                return codes[0]
            time.sleep(0.1)
        raise AssertionError(f"no code reached {phone}")

    def stagehand(self, act: str, **known: str) -> dict[str, Any]:
        """Have something done behind the browser's back: see `tests/e2e/stagehand.py`."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.stagehand", act, json.dumps(known)],
            cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{act}: {done.stderr[-3000:]}"
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return answer

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A `paike` command of this installation."""
        return subprocess.run(
            [sys.executable, "-m", "paike.config.cli", *arguments],
            cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip

    def environment(self) -> dict[str, str]:
        """What a process of this installation is started with."""
        kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        return kept | {
            "PAIKE_DATA": str(self.data),
            "PAIKE_CLOCK_FILE": str(self.data / "clock"),
            "PAIKE_DEVELOPMENT": "1",
            "PAIKE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "paike.config.settings",
        }

    @contextmanager
    def _its_clock(self) -> Iterator[None]:
        before = os.environ.get("PAIKE_CLOCK_FILE")
        os.environ["PAIKE_CLOCK_FILE"] = str(self.data / "clock")
        try:
            yield
        finally:
            os.environ.pop("PAIKE_CLOCK_FILE")
            if before is not None:
                os.environ["PAIKE_CLOCK_FILE"] = before


@contextmanager
def running(folder: Path) -> Iterator[Installation]:
    """The installation that was named, or one that plays the demo in `folder`."""
    if os.environ.get("PAIKE_E2E_URL"):
        yield Installation(os.environ["PAIKE_E2E_URL"], Path(os.environ["PAIKE_E2E_DATA"]))
        return
    port = server.free_port()
    found = Installation(f"http://127.0.0.1:{port}", folder / "data")
    log = folder / "demo.log"
    command = ["demo", "--data", str(found.data), "--port", str(port), "--films", str(FILMS)]
    environment = found.environment() | {"COLUMNS": "100"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "paike.config.cli", *command, "--json"],
            cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _wait_until_played(process, log)
        yield found
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_until_played(process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the play's summary stands in its output."""
    limit = time.monotonic() + LONGEST_PLAY
    while time.monotonic() < limit and process.poll() is None:
        if '"awards"' in log.read_text(encoding="utf-8", errors="replace"):
            return
        time.sleep(0.3)
    said = log.read_text(encoding="utf-8", errors="replace")[-3000:]
    raise AssertionError(f"the demo did not play to its end:\n{said}")
