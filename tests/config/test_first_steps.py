"""From an empty installation to the first organiser: `paike call open`, `paike staff invite`."""

from argparse import Namespace
from pathlib import Path

import pytest
from django.test import Client

from paike.campaigns.queries import campaigns
from paike.config.commands import call, staff
from paike.config.refusal import Refusal
from paike.orgs.queries import organisations
from tests.factories import campaigns as factory

pytestmark = pytest.mark.django_db


def _rulebook(folder: Path) -> Path:
    file = folder / "call.toml"
    file.write_text(factory.source(), encoding="utf-8")
    return file


def test_a_call_opens_with_its_organisations_and_its_first_organiser(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call.run(Namespace(action="open", file=_rulebook(tmp_path))) == 0
    campaign = campaigns.current()
    assert campaign is not None
    assert campaign.frozen_hash == campaign.rulebook_hash
    rulebook = campaigns.rulebook_of(campaign)
    assert len(organisations.bodies(rulebook)) == len(rulebook.bodies)
    root = organisations.root()
    assert root is not None
    assert root.name == campaigns.rulebook_of(campaign).organiser.name.zh
    capsys.readouterr()

    assert staff.run(Namespace(action="invite", role="organiser", unit=None)) == 0
    link = capsys.readouterr().out.strip()
    page = Client().get("/" + link.split("/", 3)[3])
    assert page.status_code == 200
    assert root.name in page.content.decode()


def test_a_faulty_rulebook_opens_nothing(tmp_path: Path) -> None:
    file = tmp_path / "call.toml"
    file.write_text(
        factory.source().replace("recommend_min = 3", "recommend_min = 9"), encoding="utf-8"
    )
    with pytest.raises(Exception, match="recommend"):
        call.run(Namespace(action="open", file=file))
    assert campaigns.current() is None
    assert organisations.root() is None


def test_an_invitation_needs_a_unit_that_exists() -> None:
    with pytest.raises(Refusal):
        staff.run(Namespace(action="invite", role="clerk", unit=None))
    with pytest.raises(Refusal):
        staff.run(Namespace(action="invite", role="clerk", unit="NOWHERE"))
