"""Installations for tests that kill things."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An empty data folder; whatever is started in it is stopped afterwards."""
    found = Installation(data=tmp_path / "data")
    yield found
    if found.data.exists():
        found.end()
