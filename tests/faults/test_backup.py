"""The drill: back up, restore elsewhere, compare everything."""

import hashlib
import shutil
import tarfile
from pathlib import Path

import pytest
from psycopg import sql

from paike.config.postgres import cluster
from tests.faults.installation import Installation

pytestmark = pytest.mark.faults


@pytest.fixture
def lived_in(ready: Installation) -> Installation:
    """With rows in the database and a film in the store."""
    with ready.connect() as connection:
        connection.execute("CREATE TABLE drill (line text)")
        connection.execute("INSERT INTO drill SELECT '作品 ' || n FROM generate_series(1, 5000) n")
    film = ready.data / "objects" / "ab" / "film"
    film.parent.mkdir(parents=True)
    film.write_bytes(bytes(range(256)) * 4096)
    return ready


def _tables(installation: Installation) -> dict[str, str]:
    """The SHA-256 of every table's rows, in an order that does not depend on storage."""
    with installation.connect() as connection:
        names = [
            row[0]
            for row in connection.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            )
        ]
        found = {}
        for name in names:
            query = sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(name))
            rows = connection.execute(query).fetchall()
            found[name] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def test_what_comes_back_is_what_was_there(lived_in: Installation, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar"
    done = lived_in.paike("backup", str(target))
    assert done.returncode == 0, done.stderr
    assert "keys" in done.stderr
    assert target.stat().st_mode & 0o077 == 0
    assert lived_in.paike("backup", str(target)).returncode == 1, "never overwritten"
    with tarfile.open(target) as tar:
        names = tar.getnames()
    assert not [name for name in names if name.startswith("keys/")]

    elsewhere = Installation(data=tmp_path / "elsewhere")
    lacking = elsewhere.paike("restore", str(target))
    assert lacking.returncode == 1
    assert "--keys" in lacking.stderr
    shutil.rmtree(elsewhere.data)
    done = elsewhere.paike("restore", str(target), "--keys", str(lived_in.data / "keys"))
    assert done.returncode == 0, done.stderr
    cluster.start(elsewhere.data)
    try:
        tables = _tables(elsewhere)
        assert len(tables) > 30
        assert tables == _tables(lived_in)
    finally:
        cluster.stop(elsewhere.data)
    for path in (Path("objects/ab/film"), Path("keys/secret-key"), Path("keys/keyring.json")):
        assert (elsewhere.data / path).read_bytes() == (lived_in.data / path).read_bytes()
    assert elsewhere.paike("restore", str(target)).returncode == 1, "only into an empty folder"


def test_a_flipped_byte_is_noticed_and_nothing_restored(
    lived_in: Installation, tmp_path: Path
) -> None:
    target = tmp_path / "backup.tar"
    assert lived_in.paike("backup", "--with-keys", str(target)).returncode == 0
    body = bytearray(target.read_bytes())
    place = body.index(bytes(range(256)) * 4) + 1000
    body[place] ^= 1
    target.write_bytes(bytes(body))
    elsewhere = Installation(data=tmp_path / "elsewhere")
    refused = elsewhere.paike("restore", str(target))
    assert refused.returncode == 1
    assert "objects/ab/film" in refused.stderr
    assert not any(elsewhere.data.iterdir())
    target.write_bytes(bytes(body[: len(body) // 2]))
    assert elsewhere.paike("restore", str(target)).returncode == 1
    assert not any(elsewhere.data.iterdir())
