"""The package with its own configuration on a real nginx: the films end by their date."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from paike.exhibition.actions import packages
from paike.kernel import clock
from tests.e2e import server
from tests.factories import exhibition, review
from tests.faults import nginx

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not Path(nginx.PROGRAM).exists(), reason="nginx is not installed"),
]


@pytest.mark.parametrize(("age", "status"), [(0, 200), (4 * 365, 410)], ids=["on show", "over"])
def test_films_are_gone_after_the_term_without_script(
    tmp_path: Path, age: int, status: int
) -> None:
    campaign = review.small_call(now=clock.now() - timedelta(days=age))
    (work,) = exhibition.published(campaign=campaign, works=1)
    now, target = review.moment(campaign, "exhibit"), tmp_path / "www" / "special" / "show"
    target.parent.mkdir(parents=True)
    package = packages.build(campaign_id=campaign.pk, target=target, by=None, now=now)
    assert package.expires_at is not None
    assert (clock.now() < package.expires_at) == (status == 200)
    with serving(tmp_path, target / "nginx.conf.example") as address:
        film = httpx.get(f"{address}/special/show/films/{work.pk.hex}-360.mp4")
        assert film.status_code == status
        page = httpx.get(f"{address}/special/show/works/{work.pk.hex}.html")
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")


@contextmanager
def serving(folder: Path, example: Path) -> Iterator[str]:
    """nginx with the package's example, its root and its port changed as the example asks."""
    port = server.free_port()
    example_text = example.read_text()
    changes = {"listen 80;": f"listen 127.0.0.1:{port};", "/srv/exhibition": f"{folder}/www"}
    for old, new in changes.items():
        assert old in example_text
        example_text = example_text.replace(old, new)
    kinds = "types { text/html html; video/mp4 mp4; }"
    places = " ".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    own = f"http {{ access_log off; {kinds} {places}\n{example_text}}}"
    file = folder / "nginx.conf"
    file.write_text(f"user root; events {{}} {own}" if os.getuid() == 0 else f"events {{}} {own}")
    command = [nginx.PROGRAM, "-p", str(folder), "-c", str(file), "-e", str(folder / "error.log")]
    process = subprocess.Popen([*command, "-g", f"daemon off; pid {folder}/pid;"])
    try:
        server.wait_for_port(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
