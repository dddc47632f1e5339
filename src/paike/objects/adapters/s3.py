"""The object store as a bucket of any S3-compatible server, through obstore.

`PAIKE_STORE_URL` is `s3://bucket?endpoint=http://127.0.0.1:8333&region=us-east-1`; the keys come
from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), never from the address.
"""

import contextlib
import io
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore import exceptions
from obstore.store import S3Store

from paike.objects import ports

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 8 * 1024 * 1024


class Bucket:
    """Objects are keys of one bucket; an optional path in the address is a prefix."""

    def __init__(self, url: str, *, retries: int = 3) -> None:
        parts = urlsplit(url)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        unknown = set(query) - {"endpoint", "region"}
        if parts.scheme != "s3" or not parts.netloc or unknown:
            raise ValueError("PAIKE_STORE_URL is s3://bucket?endpoint=…&region=…")
        options: dict[str, Any] = {"region": query.get("region", "us-east-1")}
        if "endpoint" in query:
            options["endpoint"] = query["endpoint"]
            options["virtual_hosted_style_request"] = False
        self._store: Any = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            client_options={"allow_http": query.get("endpoint", "").startswith("http://")},
            retry_config={"max_retries": retries, "retry_timeout": timedelta(seconds=20)},
            **options,
        )

    def put_file(self, key: str, path: Path) -> None:
        with _named_faults(key), path.open("rb") as file:
            obstore.put(self._store, ports.check_key(key), file, chunk_size=CHUNK)

    def open_read(self, key: str) -> IO[bytes]:
        size = self.stat(key)
        return io.BufferedReader(_RangeReader(self, key, size), buffer_size=256 * 1024)

    def read_range(self, key: str, start: int, length: int) -> bytes:
        length = min(length, max(self.stat(key) - start, 0))
        if length <= 0:
            return b""
        with _named_faults(key):
            return bytes(obstore.get_range(self._store, key, start=start, length=length))

    def stat(self, key: str) -> int:
        with _named_faults(key):
            return int(obstore.head(self._store, ports.check_key(key))["size"])

    def delete(self, key: str) -> None:
        with contextlib.suppress(ports.NoSuchObject), _named_faults(key):
            obstore.delete(self._store, ports.check_key(key))

    def presigned_get(self, key: str, seconds: int) -> str | None:
        ports.check_key(key)
        with _named_faults(key):
            return str(obstore.sign(self._store, "GET", key, timedelta(seconds=seconds)))

    def materialise(self, key: str) -> AbstractContextManager[Path]:
        return self._lend(key)

    @contextlib.contextmanager
    def _lend(self, key: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="paike-object-") as folder:
            path = Path(folder) / "object"
            with _named_faults(key), path.open("wb") as file:
                for chunk in obstore.get(self._store, ports.check_key(key)).stream(CHUNK):
                    file.write(chunk)
            yield path


class _RangeReader(io.RawIOBase):
    """A seekable file over range requests."""

    def __init__(self, bucket: Bucket, key: str, size: int) -> None:
        self._bucket, self._key, self._size, self._at = bucket, key, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("seek before the start")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        place = memoryview(buffer).cast("B")
        chunk = self._bucket.read_range(self._key, self._at, len(place))
        place[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)


@contextlib.contextmanager
def _named_faults(key: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, exceptions.NotFoundError) as fault:
        raise ports.NoSuchObject(key) from fault
    except (exceptions.BaseError, OSError) as fault:
        if "507" in str(fault) or "InsufficientStorage" in str(fault):
            raise ports.StoreFull(key) from fault
        raise ports.StoreUnreachable(f"{key}: {fault}") from fault
