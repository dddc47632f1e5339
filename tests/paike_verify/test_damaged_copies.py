"""What people keep besides the log itself, damaged: a receipt, the computation of a result, what a
witness has on a stick, an earlier state of the log. Damage to a file is told as that: it is not taken
for a history that was rewritten, nor for a ballot that was lost."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.kept_vote import COMPUTATION, LOG, RECEIPT, RUNNING, STICK, KeptVote
from tests.paike_verify.damage import ACTS, Act, damaged, is_signed_as_before, run
from tests.paike_verify.test_damaged_log import AT_THE_END, instead

pytestmark = pytest.mark.django_db
some = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
HASHES = [path for path in AT_THE_END if path.startswith("tile/") and "entries" not in path]
PRESS = "the press"


@pytest.fixture(scope="module")
def copy(vote: KeptVote, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that was kept, for tests that put back what they damage."""
    return Path(shutil.copytree(vote.folder, tmp_path_factory.mktemp("copy") / "kept"))


def test_nothing_is_found_in_what_is_not_damaged(copy: Path, vote: KeptVote) -> None:
    key = ("--key", vote.key)
    for command in (
        ("receipt", copy / RECEIPT, "--log", copy / LOG),
        ("result", copy / COMPUTATION, "--log", copy / LOG),
        ("recount", copy / LOG),
        ("consistency", copy / RUNNING, copy / LOG),
        ("consistency", copy / RUNNING / "checkpoint", copy / LOG),
        ("consistency", copy / LOG / "checkpoint.witnessed", copy / LOG),
        ("witness", shutil.copytree(copy / STICK, copy / "another"), copy / LOG),
    ):
        said = run(*command, *key)
        assert (said.code, said.findings) == (0, []), command


@pytest.mark.parametrize("act", ACTS)
@some
@given(data=st.data())
def test_a_damaged_receipt(copy: Path, vote: KeptVote, act: Act, data: st.DataObject) -> None:
    before = (copy / RECEIPT).read_bytes()
    now = data.draw(damaged(before, act))
    with instead(copy / RECEIPT, now):
        said = run("receipt", copy / RECEIPT, "--log", copy / LOG, "--key", vote.key)
    if said.code == 0:  # its code leads to the ballot's page and proves nothing, nor do spaces
        assert _what_it_proves(now) == _what_it_proves(before)
        return
    assert said.code in (1, 3)
    assert said.is_clear()


def _what_it_proves(receipt: bytes) -> list[object]:
    whole = json.loads(receipt)
    names = ("format", "origin", "vkey", "entry", "salt", "voter", "proof")
    promise = ("note", "index", "size", "path")
    return [whole[name] for name in names] + [whole["promise"][name] for name in promise]


@pytest.mark.parametrize("path", HASHES)
@pytest.mark.parametrize("act", ACTS)
@some
@given(data=st.data())
def test_a_receipt_and_a_damaged_log(
    copy: Path, vote: KeptVote, act: Act, path: str, data: st.DataObject
) -> None:
    """It is found there all the same, or the damaged file is named: never is it said to be lost."""
    now = data.draw(damaged((copy / LOG / path).read_bytes(), act))
    with instead(copy / LOG / path, now):
        said = run("receipt", copy / RECEIPT, "--log", copy / LOG, "--key", vote.key)
    assert "not-in-log" not in said.codes
    assert said.code == 0 or said.names("tile/")
    assert said.code == 0 or said.is_clear()


def test_a_ballot_that_is_not_in_the_log_is_said_to_be_lost(copy: Path, vote: KeptVote) -> None:
    whole = json.loads((copy / RECEIPT).read_text("utf-8"))
    other = whole | {"entry": whole["entry"].replace('"w":[', '"w":[7,')}
    with instead(copy / RECEIPT, json.dumps(other | {"proof": None}).encode()):
        said = run("receipt", copy / RECEIPT, "--log", copy / LOG, "--key", vote.key)
    assert {"not-in-log", "promise"} <= said.codes


@pytest.mark.parametrize("act", ACTS)
@some
@given(data=st.data())
def test_a_damaged_computation(copy: Path, vote: KeptVote, act: Act, data: st.DataObject) -> None:
    now = data.draw(damaged((copy / COMPUTATION).read_bytes(), act))
    with instead(copy / COMPUTATION, now):
        said = run("result", copy / COMPUTATION, "--log", copy / LOG, "--key", vote.key)
        alone = run("result", copy / COMPUTATION)
    assert said.code == 1
    assert "digest" in said.codes
    assert said.is_clear()
    # Without anything to compare it with, titles may be what they like; that is told too.
    assert alone.code in (0, 1, 3)
    assert alone.is_clear()


@pytest.mark.parametrize("kept", ["witness.key", "*.checkpoint"])
@pytest.mark.parametrize("act", ACTS)
@some
@given(data=st.data())
def test_a_damaged_memory_of_a_witness(
    copy: Path, vote: KeptVote, kept: str, act: Act, data: st.DataObject
) -> None:
    """It signs nothing, and does not tell the world that the log is at fault."""
    [path] = (copy / STICK).glob(kept)
    [head] = (copy / STICK).glob("*.checkpoint")
    signed_last = head.read_bytes()
    now = data.draw(damaged(path.read_bytes(), act))
    with instead(path, now):
        said = run("witness", copy / STICK, copy / LOG, "--key", vote.key)
        kept_now = head.read_bytes()
    head.write_bytes(signed_last)
    if said.code == 0:
        before = path.read_bytes()
        if path == head:
            assert is_signed_as_before(before, now)
        else:  # other letters for the same bytes, or the copy of its own public key is gone
            assert _secret(now) == _secret(before)
        return
    assert said.code == 1
    assert said.is_clear()
    assert path.name in said.text
    assert PRESS not in said.text
    assert kept_now == (now if path == head else signed_last)


def _secret(key: bytes) -> tuple[str, bytes]:
    value = json.loads(key)
    return value["name"], bytes.fromhex(value["seed"])


@pytest.mark.parametrize("path", ["checkpoint", *HASHES])
@pytest.mark.parametrize("act", ACTS)
@some
@given(data=st.data())
def test_a_witness_and_a_damaged_log(
    copy: Path, vote: KeptVote, act: Act, path: str, data: st.DataObject
) -> None:
    [head] = (copy / STICK).glob("*.checkpoint")
    signed_last = head.read_bytes()
    now = data.draw(damaged((copy / LOG / path).read_bytes(), act))
    with instead(copy / LOG / path, now):
        said = run("witness", copy / STICK, copy / LOG, "--key", vote.key)
    if said.code:
        assert head.read_bytes() == signed_last
        assert said.is_clear()
        assert said.names("checkpoint" if path == "checkpoint" else "tile/")
        assert PRESS not in said.text
    else:  # what it looked at was not what is damaged
        assert path.startswith("tile/0/000")
        head.write_bytes(signed_last)


@pytest.mark.parametrize("state", [RUNNING, LOG])
@pytest.mark.parametrize("act", ACTS)
@some
@given(data=st.data())
def test_damage_is_no_other_history(
    copy: Path, vote: KeptVote, act: Act, state: str, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(["checkpoint", "tile/0/000", "tile/0/001", "tile/1/000.p/2"]))
    now = data.draw(damaged((copy / state / path).read_bytes(), act))
    with instead(copy / state / path, now):
        said = run("consistency", copy / RUNNING, copy / LOG, "--key", vote.key)
    if said.code:
        assert said.is_clear()
        assert "forked" not in said.codes or "signature" in said.codes
    else:  # of the older log its head is enough, of the newer one what leads from one to the other
        assert path.startswith("tile/")


@pytest.mark.parametrize("act", ACTS)
@some
@given(data=st.data())
def test_a_damaged_key_is_refused(copy: Path, act: Act, data: st.DataObject) -> None:
    before = (copy / LOG / "key.vkey").read_bytes()
    now = data.draw(damaged(before, act))
    with instead(copy / LOG / "key.vkey", now):
        said = run("log", copy / LOG, "--key", copy / LOG / "key.vkey")
    if said.code == 2:
        assert said.is_clear()
        assert "key.vkey" in said.text
    else:  # white space around it, when it is typed or pasted
        assert said.code == 0
        assert now.strip() == before.strip()
