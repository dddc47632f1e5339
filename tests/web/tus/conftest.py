import shutil
from collections.abc import Iterator

import pytest

from paike.objects import ports
from paike.objects.adapters.memory import MemoryStore
from paike.uploads.queries import parts
from tests.web.tus import driver


@pytest.fixture(autouse=True)
def connections_closed(transactional_db: None) -> Iterator[None]:
    """The application's threads have connections of their own: let go of the test database."""
    shutil.rmtree(parts.folder())
    yield
    driver.rest()


@pytest.fixture
def store() -> Iterator[MemoryStore]:
    """The object store in memory."""
    made, before = MemoryStore(), ports._make
    ports.use(lambda: made)
    yield made
    assert before is not None
    ports.use(before)
