"""`paike up` as a person meets it: start, kill, stop, start again."""

import contextlib
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from paike.config.postgres import cluster
from tests.faults.installation import Installation, wait

pytestmark = pytest.mark.faults


def test_from_an_empty_folder_to_an_answer_and_back(installation: Installation) -> None:
    up = installation.up()
    keys = installation.data / "keys"
    for path in (installation.data, keys, keys / "secret-key", keys / "keyring.json"):
        assert path.stat().st_mode & 0o077 == 0, path
    up.send_signal(signal.SIGTERM)
    output, _ = up.communicate(timeout=40)
    assert up.returncode == 0, output
    assert f"http://127.0.0.1:{installation.port}" in output
    assert "Traceback" not in output
    log = installation.data / "log"
    assert str(log) in output
    assert sorted(path.name for path in log.iterdir()) == [
        "intake.log",
        "sequencer.log",
        "web.log",
        "worker.log",
    ]
    assert installation.children() == []
    assert not cluster.running(installation.data)


def _another(installation: Installation, name: str, victims: list[int]) -> bool:
    return bool(set(installation.children("paike.config.cli", f" {name} ")) - set(victims))


def test_dead_children_are_started_again_and_none_is_left_behind(ready: Installation) -> None:
    installation, up = ready, ready.up()
    for name in ("web", "worker", "intake", "sequencer"):
        victims = installation.children("paike.config.cli", f" {name} ")
        assert victims, name
        for pid in victims:
            with contextlib.suppress(ProcessLookupError):  # it followed its parent
                os.kill(pid, signal.SIGKILL)
        wait(partial(_another, installation, name, victims), seconds=20, what=f"{name} is back")
    wait(installation.answers, seconds=20, what="the web server answers again")
    up.kill()
    up.communicate()
    wait(
        lambda: not installation.children("paike.config.cli"),
        seconds=30,
        what="all of them end with their killed parent",
    )
    again = installation.up()  # the database was left running and is found again
    assert again.poll() is None


def test_a_second_up_is_refused_on_the_same_folder_and_on_the_same_port(
    ready: Installation,
) -> None:
    up = ready.up()
    second = ready.paike("up", "--port", "0")
    assert second.returncode == 1
    assert str(up.pid) in second.stderr
    assert "already uses the data folder" in second.stderr
    assert "Traceback" not in second.stderr
    other = Installation(data=ready.data.parent / "other")
    refused = other.paike("up", "--port", str(ready.port))
    assert refused.returncode == 1
    assert str(ready.port) in refused.stderr
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert ready.answers()


@pytest.mark.parametrize("name", ["secret-key", "keyring.json"])
def test_a_lost_key_is_never_replaced(ready: Installation, name: str) -> None:
    key = ready.data / "keys" / name
    key.unlink()
    commands = (("up", "--port", "0"), ("migrate",), ("web", "--port", "0"), ("worker",))
    with ThreadPoolExecutor(len(commands)) as people:  # all at once: none may make a new one
        for command, refused in zip(
            commands, people.map(lambda one: ready.paike(*one), commands), strict=True
        ):
            assert refused.returncode == 1, (command, refused.stderr)
            assert name in refused.stderr
            assert "Traceback" not in refused.stderr
    assert not key.exists()


def test_a_data_folder_that_cannot_be_is_a_message(installation: Installation) -> None:
    installation.data.write_text("a file where the folder should be")
    refused = installation.paike("up", "--port", "0")
    installation.data.unlink()
    assert refused.returncode == 1
    assert str(installation.data) in refused.stderr
    assert "Traceback" not in refused.stderr
