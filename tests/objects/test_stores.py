"""One contract for every object store: the folder, the memory, a bucket on a real SeaweedFS."""

import io
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from paike.objects import ports
from paike.objects.adapters import choice
from paike.objects.adapters.local import LocalStore
from paike.objects.adapters.memory import MemoryStore
from paike.objects.adapters.s3 import Bucket
from paike.objects.ports import ObjectStore
from tests.objects.conftest import ACCESS, BUCKET, SECRET

CONTENT = bytes(range(256)) * 4096  # 1 MB


@pytest.fixture(params=["local", "memory", "s3"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ObjectStore:
    if request.param == "memory":
        return MemoryStore()
    if request.param == "local":
        return LocalStore(tmp_path / "objects")
    return _bucket(request.getfixturevalue("seaweed"), monkeypatch)


def _bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    return Bucket(f"s3://{BUCKET}?endpoint={endpoint}")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def key(request: pytest.FixtureRequest) -> str:
    return f"films/{abs(hash(request.node.name)):x}-{os.getpid()}.mp4"


def test_what_was_put_is_there(store: ObjectStore, file: Path, key: str) -> None:
    store.put_file(key, file)
    assert store.stat(key) == len(CONTENT)
    with store.open_read(key) as stored:
        assert stored.read() == CONTENT
        assert stored.seek(-256, io.SEEK_END) == len(CONTENT) - 256
        assert stored.read(1000) == CONTENT[-256:]
        assert stored.seek(1000) == 1000
        assert stored.read(10) == CONTENT[1000:1010]


def test_ranges(store: ObjectStore, file: Path, key: str) -> None:
    store.put_file(key, file)
    assert store.read_range(key, 0, 4) == CONTENT[:4]
    assert store.read_range(key, 300_000, 70_000) == CONTENT[300_000:370_000]
    assert store.read_range(key, len(CONTENT) - 5, 100) == CONTENT[-5:]
    assert store.read_range(key, len(CONTENT), 100) == b""


def test_a_local_copy_for_code_that_needs_a_file(store: ObjectStore, file: Path, key: str) -> None:
    store.put_file(key, file)
    with store.materialise(key) as path:
        assert path.read_bytes() == CONTENT
    assert store.stat(key) == len(CONTENT)


def test_putting_again_replaces_whole(store: ObjectStore, file: Path, key: str) -> None:
    store.put_file(key, file)
    file.write_bytes(b"short")
    store.put_file(key, file)
    with store.open_read(key) as stored:
        assert stored.read() == b"short"


def test_an_empty_file(store: ObjectStore, file: Path, key: str) -> None:
    file.write_bytes(b"")
    store.put_file(key, file)
    assert store.stat(key) == 0
    with store.open_read(key) as stored:
        assert stored.read() == b""


def test_deleting_is_final_and_may_be_repeated(store: ObjectStore, file: Path, key: str) -> None:
    store.put_file(key, file)
    store.delete(key)
    store.delete(key)
    with pytest.raises(ports.NoSuchObject):
        store.stat(key)


def test_what_is_not_there(store: ObjectStore) -> None:
    with pytest.raises(ports.NoSuchObject):
        store.stat("films/none.mp4")
    with pytest.raises(ports.NoSuchObject):
        store.open_read("films/none.mp4")
    with pytest.raises(ports.NoSuchObject):
        store.read_range("films/none.mp4", 0, 1)
    with pytest.raises(ports.NoSuchObject), store.materialise("films/none.mp4"):
        pass


@pytest.mark.parametrize(
    "bad",
    ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".hidden", "a/.b", "A", "a b", "片子.mp4",
     "a\0b", "a\\b", "a\n", "x" * 201],
)  # fmt: skip
def test_what_is_no_key(store: ObjectStore, file: Path, bad: str) -> None:
    with pytest.raises(ports.BadKey):
        store.put_file(bad, file)
    with pytest.raises(ports.BadKey):
        store.stat(bad)
    with pytest.raises(ports.BadKey):
        store.delete(bad)
    with pytest.raises(ports.BadKey):
        store.presigned_get(bad, 60)


def test_a_presigned_address_can_be_read_in_ranges(
    seaweed: str, file: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _bucket(seaweed, monkeypatch)
    store.put_file(key, file)
    address = store.presigned_get(key, 2)
    assert address is not None
    assert SECRET not in address
    part = httpx.get(address, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, CONTENT[10:20])
    assert httpx.get(address.split("?")[0]).status_code == 403
    time.sleep(3)
    assert httpx.get(address).status_code == 403


def test_a_server_that_is_away_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    store = Bucket("s3://paike-tests?endpoint=http://127.0.0.1:9", retries=0)
    with pytest.raises(ports.StoreUnreachable):
        store.put_file("films/a.mp4", file)


@pytest.mark.parametrize("url", ["http://x", "s3://", "s3://bucket?endpont=http://x", "bucket"])
def test_a_wrong_address_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="PAIKE_STORE_URL"):
        choice.make(url, folder=tmp_path)


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Files of this process may have 100 kB: writing more fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, file: Path, small_disk: None) -> None:
    store = LocalStore(tmp_path / "objects")
    with pytest.raises(ports.StoreFull) as full:
        store.put_file("films/a.mp4", file)
    assert "已满" in full.value.text.zh
    assert list((tmp_path / "objects" / "films").iterdir()) == []
    with pytest.raises(ports.NoSuchObject):
        store.stat("films/a.mp4")


def test_a_full_disk_keeps_the_old_object(tmp_path: Path, file: Path) -> None:
    store = LocalStore(tmp_path / "objects")
    file.write_bytes(b"old")
    store.put_file("films/a.mp4", file)
    file.write_bytes(CONTENT)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(ports.StoreFull):
            store.put_file("films/a.mp4", file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert store.read_range("films/a.mp4", 0, 10) == b"old"


def test_the_folder_belongs_to_us_alone(tmp_path: Path, file: Path) -> None:
    store = LocalStore(tmp_path / "objects")
    store.put_file("films/a.mp4", file)
    assert (tmp_path / "objects").stat().st_mode & 0o077 == 0
