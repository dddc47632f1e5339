"""Every kind of file of a published log, damaged in every way: the verifier names it, in both
languages, and says so by its exit code."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paike_verify import pack
from tests.factories.kept_vote import LOG, RUNNING, KeptVote
from tests.paike_verify.damage import (
    ACTS,
    CHINESE,
    ENGLISH,
    Act,
    Said,
    damaged,
    is_signed_as_before,
    run,
)

pytestmark = pytest.mark.django_db
some = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ENTRIES = re.compile(r"tile/entries/(\d+)(?:\.p/(\d+))?")

# The size of this vote is its own: 569 entries at the end, 560 half-way, 330 of those readable.
AT_THE_END = (
    "checkpoint", "checkpoint.witnessed", "key.vkey", "tile/0/000", "tile/0/001", "tile/0/002.p/57",
    "tile/1/000.p/2", "tile/entries/000", "tile/entries/001", "tile/entries/002.p/57",
)  # fmt: skip
HALF_WAY = (
    "checkpoint", "checkpoint.witnessed", "key.vkey", "tile/0/000", "tile/0/001", "tile/0/002.p/48",
    "tile/1/000.p/2", "tile/entries/000", "tile/entries/001.p/74", "entries-to",
)  # fmt: skip
FILES = [(LOG, path) for path in AT_THE_END] + [(RUNNING, path) for path in HALF_WAY]
TEXTS = ("checkpoint", "checkpoint.witnessed", "key.vkey", "entries-to")


@pytest.fixture(scope="module")
def copy(vote: KeptVote, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The logs, for tests that put back what they damage."""
    place = tmp_path_factory.mktemp("copy")
    for name in (LOG, RUNNING):
        shutil.copytree(vote.folder / name, place / name)
    return place


@contextmanager
def instead(path: Path, data: bytes | None) -> Iterator[None]:
    """A file that holds something else, or is not there, for a while."""
    before = path.read_bytes()
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    try:
        yield
    finally:
        path.write_bytes(before)


def checked(folder: Path, vote: KeptVote, path: str) -> Said:
    """The whole check. The key is taken from elsewhere where the log's own is not looked at."""
    key = [] if path == "key.vkey" else ["--key", vote.key]
    return run("log", folder, "--witness", vote.witness, *key)


def is_named(said: Said, path: str) -> bool:
    entries = ENTRIES.fullmatch(path)
    if entries is None:
        return said.names(path)
    first = int(entries[1]) * 256
    return said.names(path) or said.names_entry(first, first + int(entries[2] or 256))


@pytest.mark.parametrize("name", [LOG, RUNNING])
def test_nothing_is_found_in_what_is_not_damaged(copy: Path, vote: KeptVote, name: str) -> None:
    said = run("log", copy / name, "--key", vote.key, "--witness", vote.witness)
    assert (said.code, said.findings) == (0, [])


def test_every_file_that_is_published_is_of_a_kind_that_is_damaged_here(copy: Path) -> None:
    """But for partial tiles of earlier heads, which whoever has those heads may still ask for."""
    for name, known in ((LOG, AT_THE_END), (RUNNING, HALF_WAY)):
        folder = copy / name
        there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        assert set(known) <= there
        outdated = there - set(known)
        assert all(re.fullmatch(r"tile/\w+/\d+\.p/\d+", path) for path in outdated)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("name", "path"), FILES)
@some
@given(data=st.data())
def test_damage_is_named(
    copy: Path, vote: KeptVote, name: str, path: str, act: Act, data: st.DataObject
) -> None:
    folder = copy / name
    before = (folder / path).read_bytes()
    now = data.draw(damaged(before, act))
    with instead(folder / path, now):
        said = checked(folder, vote, path)
        if path == "entries-to" and _is_less(now) and said.code == 0:
            # Publishing slowly is no fault. It is told, and nobody counts before all is public.
            assert said.names(path)
            assert run("recount", folder, "--key", vote.key).code == 3
            return
        if said.code == 0 and path.startswith("checkpoint"):
            assert is_signed_as_before(before, now)
            return
    assert said.code in (1, 3)
    assert said.is_clear()
    assert is_named(said, path)


def _is_less(entries_to: bytes) -> bool:
    """A number there might have been."""
    return bool(re.fullmatch(rb"(0|[1-9]\d*)\n", entries_to)) and int(entries_to) < 330


@pytest.mark.parametrize(("name", "path"), FILES)
def test_a_file_that_is_gone_is_named(copy: Path, vote: KeptVote, name: str, path: str) -> None:
    with instead(copy / name / path, None):
        said = checked(copy / name, vote, path)
    assert said.code in (1, 3)
    assert said.is_clear()
    assert said.names(path)


@pytest.mark.parametrize(("name", "path"), FILES)
def test_a_file_that_stands_there_twice_over_is_named(
    copy: Path, vote: KeptVote, name: str, path: str
) -> None:
    with instead(copy / name / path, 2 * (copy / name / path).read_bytes()):
        said = checked(copy / name, vote, path)
    assert said.code in (1, 3)
    assert said.is_clear()
    assert said.names(path)


@pytest.mark.parametrize("name", [LOG, RUNNING])
@some
@given(data=st.data())
def test_files_that_changed_places_are_named(
    copy: Path, vote: KeptVote, name: str, data: st.DataObject
) -> None:
    known = AT_THE_END if name == LOG else HALF_WAY
    one, other = data.draw(st.lists(st.sampled_from(known), min_size=2, max_size=2, unique=True))
    folder = copy / name
    first, second = (folder / one).read_bytes(), (folder / other).read_bytes()
    with instead(folder / one, second), instead(folder / other, first):
        said = checked(folder, vote, "key.vkey" if "key.vkey" in (one, other) else one)
    assert said.code in (1, 3)
    assert said.is_clear()
    assert is_named(said, one) or is_named(said, other)


def test_a_file_of_another_state_of_the_log_is_named(copy: Path, vote: KeptVote) -> None:
    for path in sorted(set(AT_THE_END) & set(HALF_WAY)):
        earlier = (copy / RUNNING / path).read_bytes()
        if earlier == (copy / LOG / path).read_bytes():
            continue
        with instead(copy / LOG / path, earlier):
            said = checked(copy / LOG, vote, path)
        assert said.code in (1, 3), path
        assert said.is_clear()


@pytest.mark.parametrize("path", ["tile/0/000", "tile/1/000.p/2", "tile/entries/000"])
def test_a_folder_where_a_file_should_be_is_named(copy: Path, vote: KeptVote, path: str) -> None:
    file = copy / LOG / path
    with instead(file, None):
        file.mkdir()
        said = checked(copy / LOG, vote, path)
        file.rmdir()
    assert said.code == 1
    assert said.names(path)


def test_a_size_that_is_made_up_is_not_walked_to_its_end(copy: Path, vote: KeptVote) -> None:
    path = copy / LOG / "checkpoint"
    lines = path.read_text().split("\n")
    lines[1] = "9" * 18
    with instead(path, "\n".join(lines).encode()):
        said = checked(copy / LOG, vote, "checkpoint")
        assert {"signature", "gave-up"} <= said.codes
        assert run("recount", copy / LOG, "--key", vote.key).code == 1
    assert said.code == 1


@pytest.mark.parametrize(("name", "path"), FILES)
def test_people_read_it_in_both_languages(
    copy: Path, vote: KeptVote, name: str, path: str, verifier: Path
) -> None:
    """The single file, as it is run at home: words, and no traceback."""
    whole = (copy / name / path).read_bytes()
    middle = len(whole) // 2
    key = [] if path == "key.vkey" else ["--key", vote.key]
    command = [sys.executable, "-I", "-S", str(verifier), "log", str(copy / name), *key]
    with instead(copy / name / path, whole[:middle] + b"#" + whole[middle + 1 :]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (1, 3)
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) % 2 == 0
    for zh, en in zip(lines[::2], lines[1::2], strict=True):
        assert CHINESE.search(zh)
        assert en.startswith("  ")
        assert ENGLISH.search(en)


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("verifier") / "paike-verify.pyz"
    made.write_bytes(pack.packed())
    return made
