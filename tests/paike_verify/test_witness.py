"""A witness looks at one thing at a time."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from paike_verify import witness
from paike_verify.files import Folder
from paike_verify.notes import parse_key
from tests.factories.ballot_log import VKEY, MadeLog

pytestmark = pytest.mark.rules
KEY = parse_key(VKEY)
LONG = 30.0  # seconds until a test is given up


class Held(Folder):
    """A site that answers slowly: it says when it was asked for a tile, and waits."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.asked, self.answers = Event(), Event()

    def read(self, path: str) -> bytes | None:
        if path.startswith("tile/"):
            self.asked.set()
            assert self.answers.wait(LONG)
        return super().read(path)


def history(folder: Path, name: str) -> Path:
    made = MadeLog().begin()
    made.ballots(3, prefix=name)
    return made.write(folder / name / "spring")


@pytest.fixture
def state(tmp_path: Path) -> witness.State:
    return witness.new(tmp_path / "state", "example.org/witness")


def test_two_looks_at_once_do_not_sign_two_histories(state: witness.State, tmp_path: Path) -> None:
    slow, other = Held(history(tmp_path, "a")), Folder(history(tmp_path, "b"))
    with ThreadPoolExecutor() as pool:
        first = pool.submit(witness.look, state, slow, key=KEY, now=1000)
        assert slow.asked.wait(LONG)
        try:
            with pytest.raises(witness.Refused) as refused:
                witness.look(state, other, key=KEY, now=1001)
        finally:
            slow.answers.set()
        first.result(LONG)
    assert "looking already" in refused.value.en
    assert "另一次核对" in refused.value.zh
    with pytest.raises(witness.Refused, match="rewritten"):
        witness.look(state, other, key=KEY, now=1002)


def test_a_look_that_failed_leaves_the_next_one_free(state: witness.State, tmp_path: Path) -> None:
    log = history(tmp_path, "a")
    checkpoint = log / "checkpoint"
    good = checkpoint.read_bytes()
    checkpoint.write_bytes(good.replace(b"5\n", b"4\n"))
    with pytest.raises(witness.Refused):
        witness.look(state, Folder(log), key=KEY, now=1000)
    checkpoint.write_bytes(good)
    assert witness.look(state, Folder(log), key=KEY, now=1001)
