from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from paike.vault import cipher, keyring


@pytest.fixture
def ring(tmp_path: Path, settings: Settings) -> Path:
    path = tmp_path / "keys" / "keyring.json"
    settings.KEYRING_FILE = path
    keyring.create(path)
    return path


def test_readable_by_its_owner_only(ring: Path) -> None:
    assert ring.stat().st_mode & 0o777 == 0o600
    ring.chmod(0o640)
    with pytest.raises(keyring.OpenToOthers, match="chmod 600"):
        keyring.current()


def test_made_once(ring: Path) -> None:
    before = ring.read_text()
    keyring.create(ring)
    assert ring.read_text() == before


def test_missing_is_an_error(ring: Path) -> None:
    ring.unlink()
    with pytest.raises(keyring.NoKeyring):
        cipher.seal("x", place="t.c.1")


def test_a_new_key_is_used_at_once_and_the_old_one_still_opens(ring: Path) -> None:
    old = cipher.seal("王师傅", place="t.c.1")
    name = keyring.add_key(ring)
    new = cipher.seal("王师傅", place="t.c.1")
    assert cipher.key_id(new).hex() == name
    assert cipher.key_id(old) != cipher.key_id(new)
    assert cipher.open_box(old, place="t.c.1") == cipher.open_box(new, place="t.c.1") == "王师傅"


def test_blind_indexes_outlive_a_rotation(ring: Path) -> None:
    before = cipher.blind_index("+8613800138000", purpose="phone")
    keyring.add_key(ring)
    assert cipher.blind_index("+8613800138000", purpose="phone") == before
    assert cipher.blind_index("+8613800138000", purpose="other") != before


def test_a_key_does_not_show_itself(ring: Path) -> None:
    key = keyring.current()
    assert key.secret.hex() not in repr(key)
    assert repr(key) == f"Key({key.id.hex()})"
