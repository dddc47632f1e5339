"""Runs every kind of test one after the other and ends with one line that counts them all.

python tools/run_tests.py           everything
python tools/run_tests.py check     what is quick: lint, types, contracts, pure rules
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).parent.parent))
from tools import interpreters

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
FRONTEND = ROOT / "frontend"
CODE = ("src", "tests", "tools", "bench", "manage.py")
NEWER = "python3.13"
# Browsers, workers and databases share the machine with all else that runs on it. What fails once is
# tried once more, and named with its first fault at the end of its step: something to mend, in the test
# or in the code. The pure rules have no such excuse.
ONCE_MORE = ("--reruns", "1", "-rR")
KINDS = ("passed", "failed", "skipped")


@dataclass
class Tally:
    """Counts of all tests so far; `broken` names the steps that failed without counting."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    broken: list[str] = field(default_factory=list)

    def add_report(self, path: Path) -> None:
        """Add a JUnit report, as pytest and vitest write them."""
        if not path.exists():
            return
        for suite in ElementTree.parse(path).getroot().iter("testsuite"):  # noqa: S314 - our own file
            number = {
                key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
            }
            failed = number["failures"] + number["errors"]
            self.counts["failed"] += failed
            self.counts["skipped"] += number["skipped"]
            self.counts["passed"] += number["tests"] - failed - number["skipped"]

    def line(self, seconds: float) -> str:
        """`==== 812 passed, 3 skipped in 512.1s ====`, as pytest says it."""
        parts = [
            f"{self.counts[kind]} {kind}"
            for kind in ("failed", "passed", "skipped")
            if self.counts[kind]
        ]
        if self.broken:
            parts.insert(0, f"{len(self.broken)} errors")
        return f" {', '.join(parts)} in {seconds:.1f}s ".center(80, "=")


def main() -> int:
    """Run the wanted steps; 0 when all of them succeed."""
    begun, tally = time.monotonic(), Tally()
    steps: list[Callable[[Tally, Path], None]] = [check]
    if sys.argv[1:] != ["check"]:
        steps += [newer_python, our_postgres, debians_postgres, front_end, wheel]
    with tempfile.TemporaryDirectory(prefix="paike-tests-") as folder:
        for step in steps:
            step(tally, Path(folder))
    for name in tally.broken:
        print(f"ERROR {name}")
    print(tally.line(time.monotonic() - begun))
    return 1 if tally.broken or tally.counts["failed"] else 0


def check(tally: Tally, folder: Path) -> None:
    """What needs no database; the slow ones run beside each other."""
    places = [place for place in CODE if (ROOT / place).exists()]
    commands: dict[str, list[str | Path]] = {
        "types": [BIN / "mypy", "src", "tools", "tests", "bench"],
        "lint": [BIN / "ruff", "check", "--quiet", *places],
        "format": [BIN / "ruff", "format", "--check", "--quiet", *places],
        "import contracts": [BIN / "lint-imports"],
        "both languages": [BIN / "python", "-m", "tools.messages", "check"],
        "front end": ["npm", "run", "--silent", "check"],
    }
    running = {
        name: subprocess.Popen(
            command, cwd=FRONTEND if name == "front end" else ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for name, command in commands.items()
    }  # fmt: skip
    with _environment(PAIKE_TEST_RULES="1"):
        _pytest(tally, folder, "rules", "-n", "2", "-m", "rules")
    for name, process in running.items():
        output, _ = process.communicate()
        _say(name, ok=process.returncode == 0)
        if process.returncode:
            print(output)
            tally.broken.append(name)


def newer_python(tally: Tally, folder: Path) -> None:
    """The pure rules once more on the newest Python we promise, with another order of sets."""
    found = interpreters.find(NEWER)
    if found is None:
        print(f"--- {NEWER}: not on this machine, left out", flush=True)
        return
    python = _newer_environment(found)
    if python is None:
        tally.broken.append(f"an environment for {NEWER}")
        return
    with _environment(PYTHONHASHSEED="2021", PAIKE_TEST_RULES="1"):
        _pytest(tally, folder, "rules-newer", "-m", "rules", python=python)


def _newer_environment(found: Path) -> Path | None:
    """The Python of an environment beside ours, made when the lock has changed."""
    place, lock = ROOT / ".venv" / NEWER, ROOT / "requirements-dev.lock"
    python, stamp = place / "bin" / "python", place / "lock"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return python
    uv = shutil.which("uv", path=f"{BIN}:{os.environ['PATH']}")
    install = (
        [uv, "pip", "install", "--python", str(python)]
        if uv
        else [str(python), "-m", "pip", "install"]
    )
    for command in (
        [str(found), "-m", "venv", "--clear", str(place)],
        [*install, "--quiet", "-r", str(lock)],
        [*install, "--quiet", "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
    ):
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            return None
    shutil.copy(lock, stamp)
    return python


def our_postgres(tally: Tally, folder: Path) -> None:
    """Every test, on the embedded PostgreSQL; those that kill and measure have the machine alone."""
    kinds = "not rules and not browser and not faults and not wheel"
    _pytest(tally, folder, "tests", "-n", "2", "-m", kinds, *ONCE_MORE)
    # Apart: Playwright leaves an event loop running in its process, and asyncio.run wants none. By
    # groups: the tests that share one demo installation stay in one process.
    _pytest(tally, folder, "browser", "-n", "2", "--dist", "loadgroup", "-m", "browser", *ONCE_MORE)
    _pytest(tally, folder, "faults", "-m", "faults", *ONCE_MORE)


def debians_postgres(tally: Tally, folder: Path) -> None:
    """Everything that uses the database once more on Debian's PostgreSQL, reached by an address."""
    sys.path.insert(0, str(ROOT / "src"))
    from paike.config.postgres import cluster, programs  # noqa: PLC0415 - only when it is needed

    found = programs.of_debian()
    if not found:
        tally.broken.append("Debian's PostgreSQL is not installed")
        return
    with _environment(PAIKE_POSTGRES_BIN=str(found[0])):
        socket = cluster.start(folder / "debian")
    try:
        with _environment(PAIKE_DATABASE_URL=f"postgresql://postgres@/paike?host={socket}"):
            kinds = "django_db and not browser and not faults"
            _pytest(tally, folder, "debian", "-n", "2", "-m", kinds, *ONCE_MORE)
    finally:
        with _environment(PAIKE_POSTGRES_BIN=str(found[0])):
            cluster.stop(folder / "debian")


def front_end(tally: Tally, folder: Path) -> None:
    """The TypeScript modules' own tests."""
    report = folder / "frontend.xml"
    command = ["npm", "test", "--silent", "--", "--reporter=default", "--reporter=junit"]
    _counted(
        tally, "front end tests", [*command, f"--outputFile.junit={report}"], report, cwd=FRONTEND
    )


def wheel(tally: Tally, folder: Path) -> None:
    """Builds the wheel, installs it into an empty environment and runs it."""
    made = subprocess.run(["make", "--no-print-directory", "wheel"], cwd=ROOT, check=False)
    if made.returncode:
        tally.broken.append("make wheel")
        return
    _pytest(tally, folder, "wheel", "-m", "wheel")


def _pytest(
    tally: Tally, folder: Path, name: str, *arguments: str, python: Path = BIN / "python"
) -> None:
    report = folder / f"{name}.xml"
    command = [str(python), "-m", "pytest", "-q", f"--junit-xml={report}", "--durations=20"]
    command += ["--durations-min=2", *arguments]
    _counted(tally, f"pytest {name}", command, report)


def _counted(tally: Tally, name: str, command: list[str], report: Path, cwd: Path = ROOT) -> None:
    before, begun = tally.counts["failed"], time.monotonic()
    code = subprocess.run(command, cwd=cwd, check=False).returncode
    tally.add_report(report)
    _say(name, ok=code == 0, since=begun)
    # 5: pytest found no test of this kind.
    if code not in (0, 5) and tally.counts["failed"] == before:
        tally.broken.append(name)


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


def _say(name: str, *, ok: bool, since: float = 0.0) -> None:
    took = f" in {time.monotonic() - since:.0f} s" if since else ""
    print(f"--- {name}: {'ok' if ok else 'FAILED'}{took}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
