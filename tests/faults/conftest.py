"""Installations for tests that kill things."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from paike.config.postgres import cluster
from tests.faults.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An empty data folder; whatever is started in it is stopped afterwards."""
    found = Installation(data=tmp_path / "data")
    yield found
    if found.data.exists():
        found.end()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that `paike migrate` makes, at rest: made once, copied for each test."""
    found = Installation(data=tmp_path_factory.mktemp("migrated") / "data")
    done = found.paike("migrate")
    assert done.returncode == 0, done.stderr
    assert not cluster.running(found.data)
    return found.data


@pytest.fixture
def ready(installation: Installation, migrated: Path) -> Installation:
    """An installation of its own with all its tables; its database runs."""
    # cp, because the database's files belong to another user where root runs the tests.
    subprocess.run(["cp", "-a", str(migrated), str(installation.data)], check=True)
    cluster.start(installation.data)
    return installation
