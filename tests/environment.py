"""A real PostgreSQL for the tests: the one of PAIKE_DATABASE_URL, or an embedded one of our own."""

import atexit
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import hypothesis
from django.contrib.auth.hashers import Argon2PasswordHasher

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))


def _have_a_folder_of_ones_own(shared: Path) -> None:
    """Tests that run at once must not clear away each other's files. Keys and server are shared."""
    own = shared / os.environ["PYTEST_XDIST_WORKER"]
    own.mkdir(exist_ok=True)
    for name in ("keys", "postgres", "run"):
        if (shared / name).exists() and not (own / name).exists():
            (own / name).symlink_to(shared / name)
    os.environ["PAIKE_DATA"] = str(own)


def _prepare() -> None:
    if "PAIKE_TEST_READY" in os.environ:  # an xdist worker: its controller has prepared everything
        _have_a_folder_of_ones_own(Path(os.environ["PAIKE_DATA"]))
        return
    folder = Path(tempfile.mkdtemp(prefix="paike-"))
    os.environ.update(PAIKE_DATA=str(folder), PAIKE_TEST_READY="1", PAIKE_DEVELOPMENT="1")
    keys = folder / "keys"
    keys.mkdir()
    (keys / "secret-key").write_text("tests-only-" * 6, encoding="ascii")
    from paike.vault import keyring

    keyring.create(keys / "keyring.json")
    # Pure rules need no database, and none is started for a run of nothing else.
    embedded = not {"PAIKE_DATABASE_URL", "PAIKE_TEST_RULES"} & set(os.environ)
    if embedded:
        from paike.config.postgres import cluster

        cluster.start(folder)

    def clean() -> None:
        if embedded:
            cluster.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(clean)
    # A run that is ended from outside stops its server too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


_prepare()

# Staff are hired by the hundred here; how strong the hash is belongs to Django's own tests.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 64

# The same examples on every run and every machine, however slow. `--hypothesis-profile=search` looks
# for new ones.
hypothesis.settings.register_profile(
    "paike", deadline=None, derandomize=True, max_examples=60, database=None
)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("paike")
