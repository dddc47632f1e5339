"""Our logs are read by the reference implementation of their formats: Go's golang.org/x/mod/sumdb,
as Debian packages it. Whatever is changed in a log, it refuses."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.factories import ballot_log
from tests.voting.independent.proving import proof_of

HERE = Path(__file__).parent
SOURCES = Path("/usr/share/gocode")


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of `check.go`."""
    go = shutil.which("go")
    if go is None or not (SOURCES / "src/golang.org/x/mod/sumdb").exists():
        pytest.fail("As root: apt-get install golang-go golang-golang-x-mod-dev")
    folder = tmp_path_factory.mktemp("reference")
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": str(SOURCES),
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
        "CGO_ENABLED": "0",
    }
    program = folder / "check"
    subprocess.run([go, "build", "-o", program, HERE / "check.go"], env=environment, check=True)
    return program


@pytest.fixture
def log() -> ballot_log.MadeLog:
    made = ballot_log.MadeLog().begin()
    made.ballots(600)
    made.close()
    made.count()
    return made


def verdict(reference: Path, *arguments: Path | str) -> tuple[int, str]:
    done = subprocess.run([reference, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_it_verifies_checkpoint_tiles_entries_and_all_proofs(
    reference: Path, log: ballot_log.MadeLog, tmp_path: Path
) -> None:
    folder = log.write(tmp_path / "log", turns=[1, 3, 255, 256, 257, 511])
    assert verdict(reference, folder, ballot_log.VKEY) == (0, "verified 604 entries\n")


def test_it_verifies_the_proofs_of_receipts(
    reference: Path, log: ballot_log.MadeLog, tmp_path: Path
) -> None:
    folder = log.write(tmp_path / "log")
    given: list[Path] = []
    for index in (2, 255, 256, 600):
        proof, leaf = tmp_path / f"{index}.tlog-proof", tmp_path / f"{index}.leaf"
        proof.write_text(proof_of(log, index), encoding="utf-8")
        leaf.write_bytes(log.entries[index])
        given += [proof, leaf]
    assert verdict(reference, folder, ballot_log.VKEY, *given)[0] == 0
    given[1].write_bytes(log.entries[3])
    assert verdict(reference, folder, ballot_log.VKEY, *given)[0] == 1


@pytest.mark.parametrize(
    "path", ["checkpoint", "tile/0/000", "tile/0/002.p/92", "tile/1/000.p/2", "tile/entries/001"]
)
def test_it_refuses_a_flipped_byte(
    reference: Path, log: ballot_log.MadeLog, tmp_path: Path, path: str
) -> None:
    folder = log.write(tmp_path / "log")
    data = bytearray((folder / path).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / path).write_bytes(data)
    assert verdict(reference, folder, ballot_log.VKEY)[0] != 0
