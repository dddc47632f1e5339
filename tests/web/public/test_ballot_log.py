"""The page that explains the log, and the program it gives to whoever wants to check."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from paike.kernel import clock
from tests.factories import ballots, race

pytestmark = pytest.mark.django_db


def test_the_verifier_comes_as_one_file_that_runs(client: Client, tmp_path: Path) -> None:
    call = race.campaign(now=clock.now())
    race.shortlist(call, works=2, now=clock.now())
    ballots.open_vote(call, now=clock.now())
    page = client.get(f"/c/{call.slug}/log/").content.decode()
    address = f"/c/{call.slug}/log/paike-verify.pyz"
    assert f'href="{address}"' in page
    assert page.count("--key key.vkey") == 3, "whoever trusts the log's own key learns little"
    answer = client.get(address)
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert not answer.cookies
    program = tmp_path / "paike-verify.pyz"
    program.write_bytes(answer.content)
    command = [sys.executable, "-I", "-S", str(program), "recount", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "No key.vkey" in done.stderr) == (3, True)


def test_an_unknown_call_has_no_program(client: Client) -> None:
    assert client.get("/c/nowhere/log/paike-verify.pyz").status_code == 404
