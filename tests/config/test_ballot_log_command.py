"""`paike log rebuild`: a damaged file of a published log comes back as it was."""

from argparse import Namespace
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from paike.config.commands import log as command
from paike.config.refusal import Refusal
from tests.factories import ballots, race
from tests.factories.published_log import published

pytestmark = pytest.mark.django_db


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_damaged_and_a_lost_file_come_back(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paike.kernel.clock.now", lambda: race.NOW)
    settings.BALLOT_LOGS = tmp_path / "ballot-logs"
    call = race.campaign()
    works = race.shortlist(call, works=7)
    ballots.open_vote(call, now=race.NOW)
    for _ in range(300):  # one whole tile and a piece of the next
        ballots.cast(call, works[:5], now=race.NOW)
    folder = published(call, settings.BALLOT_LOGS, now=race.NOW)
    before = files(folder)
    whole, lost = folder / "tile" / "0" / "000", folder / "tile" / "entries" / "000"
    whole.write_bytes(b"\0" * len(before[whole]))
    lost.unlink()
    assert command.run(Namespace(action="rebuild", campaign=call.slug)) == 0
    assert files(folder) == before


def test_an_unknown_call_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        command.run(Namespace(action="rebuild", campaign="nobody"))
    assert "nobody" in refused.value.text.zh
