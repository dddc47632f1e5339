"""The demo's installation, a browser, and a small call that the road's tests walk together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.rules import reading
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel import clock
from tests.e2e import installation as installations
from tests.e2e import screens, server
from tests.e2e.installation import Installation
from tests.e2e.visits import Visit
from tests.factories import accounts, campaigns, orgs

Begin = Callable[..., Visit]


@dataclass
class Road:
    """A call of its own in the demo's installation. `reach` brings it to a scene: what no test has
    done before is played behind the browser's back, so every test may run alone."""

    installation: Installation
    slug: str
    rulebook: Rulebook
    join: str  # the code of its grass-roots union's link
    unit: str  # that union's name
    staff: dict[str, tuple[str, str]]
    reached: set[str] = field(default_factory=set)

    def reach(self, scene: str) -> None:
        if scene not in self.reached:
            self.installation.stagehand("reach", slug=self.slug, scene=scene)
            self.reached.add(scene)


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installations.running(tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture(scope="session")
def road(installation: Installation) -> Road:
    slug = f"road-{uuid4().hex[:6]}"
    opened = installation.stagehand("open", slug=slug)
    staff = {role: (login[0], login[1]) for role, login in opened["staff"].items()}
    rulebook = reading.read(opened["source"])
    return Road(installation, slug, rulebook, opened["join"], opened["unit"], staff)


@pytest.fixture(params=screens.SIZES)
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def begin(chromium: Browser, installation: Installation) -> Iterator[Begin]:
    """Opens browsers of this installation and closes them after the test; a page that complained
    on its console fails it."""
    open_visits: list[Visit] = []

    def start(size: str, language: str = "zh") -> Visit:
        open_visits.append(Visit.begin(chromium, installation, size, language))
        return open_visits[-1]

    yield start
    for visit in open_visits:
        visit.end()


@pytest.fixture
def address(transactional_db: None) -> Iterator[str]:
    """Of a server on the test's own database, for what needs no demo."""
    with server.running() as found:
        yield found


@pytest.fixture
def call() -> Campaign:
    """The built-in call while works are collected, with its recommending bodies."""
    orgs.tree()
    return campaigns.campaign(now=clock.now())


@pytest.fixture
def person() -> Account:
    return accounts.account(real_name="王小明")
