"""Two hosts that share the database and the bucket and nothing else: each has a data folder and a
working directory of its own. One is lost, disk and all, in the middle of a film; the other does the
film."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from paike.kernel import clock
from paike.media.actions import inspections
from paike.media.models import Inspection
from paike.media.queries import renditions
from paike.objects import ports as objects
from paike.objects.adapters import choice
from tests.factories import media
from tests.faults.installation import wait
from tests.objects.conftest import ACCESS, BUCKET, SECRET, seaweed

__all__ = ["seaweed"]
pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
KEYS = {"AWS_ACCESS_KEY_ID": ACCESS, "AWS_SECRET_ACCESS_KEY": SECRET}


@pytest.fixture
def store_url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The bucket, which this process uses, too."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    url = f"s3://{BUCKET}?endpoint={request.getfixturevalue('seaweed')}"
    objects.use(lambda: choice.make(url, folder=settings.DATA / "objects"))
    yield url
    objects.use(lambda: choice.make(settings.STORE_URL, folder=settings.DATA / "objects"))


def _host(folder: Path, store_url: str) -> "subprocess.Popen[bytes]":
    """`paike worker` as on another host: the keys were copied there, nothing else."""
    data, here = folder / "data", folder / "here"
    here.mkdir(parents=True)
    data.mkdir(mode=0o700)
    shutil.copytree(settings.DATA / "keys", data / "keys")
    database = connection.settings_dict
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PAIKE_")}
    return subprocess.Popen(
        [sys.executable, "-m", "paike.config.cli", "worker", "--concurrency", "1"],
        cwd=here,
        env=clean
        | KEYS
        | {
            "PAIKE_DATA": str(data),
            "PAIKE_DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}"
            f"?host={database['HOST']}",
            "PAIKE_STORE_URL": store_url,
            "PAIKE_RENDITION_PRESET": "medium",
            "TMPDIR": str(here),
        },
        start_new_session=True,
    )


def _files_of(folder: Path) -> list[str]:
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in found)


def test_what_a_lost_host_had_begun_is_done_by_the_other(tmp_path: Path, store_url: str) -> None:
    film = media.sealed_object(content=media.tiny_mp4(seconds=12, rate=25))
    inspection = inspections.request(film=film, limits=media.film_rules(), now=clock.now())
    first = _host(tmp_path / "first", store_url)
    try:
        wait(
            lambda: 0 < renditions.progress(film.pk) < 100,
            seconds=120,
            what="the first host makes the copies",
        )
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    assert not renditions.is_ready(film.pk)
    shutil.rmtree(tmp_path / "first")
    second = _host(tmp_path / "second", store_url)
    try:
        wait(
            lambda: renditions.is_ready(film.pk), seconds=180, what="the second host has made them"
        )
    finally:
        second.terminate()
        second.wait(timeout=40)
    assert Inspection.objects.get(pk=inspection.pk).outcome == "pass"
    made = renditions.of([film.pk])[film.pk]
    assert made["film-576"].attempts == 2
    for one in made.values():
        assert objects.store().stat(one.key) == one.size  # in the bucket
    # What is left on the host are its keys: no film, no picture.
    assert [name for name in _files_of(tmp_path / "second" / "data") if "keys/" not in name] == []
    assert _files_of(tmp_path / "second" / "here") == []
