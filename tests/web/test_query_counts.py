"""Lists of works cost as many queries for three works as for one."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.jury.models import Panel, Seat
from paike.kernel import clock
from paike.orgs.models import Organisation
from paike.review.actions import referrals
from tests.factories import accounts, orgs, race

pytestmark = pytest.mark.django_db


class House:
    """A call in its vote with a clerk, an organiser, an editor and a juror at their desks."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.call: Campaign = race.campaign(now=now)
        self.unit: Organisation = orgs.unit()
        self.clerk: Account = orgs.clerk(self.unit)
        self.panel: Panel = race.panel(self.call, now=now)
        self.seat: Seat = race.seat(self.panel, now=now)

    def more(self, number: int) -> None:
        """So many works more: shortlisted, in the race, and waiting at the unit."""
        for work in race.shortlist(self.call, works=number, unit=self.unit, now=self.now):
            referrals.open_first(version_id=work.versions.get().pk, now=self.now)

    def desks(self) -> dict[str, Account]:
        """Address -> who may open it."""
        slug, organiser = self.call.slug, orgs.organiser()
        assert self.seat.account is not None
        return {
            "/desk/": self.clerk,
            f"/desk/units/{self.unit.pk}/queue/": self.clerk,
            f"/organise/{slug}/": organiser,
            f"/organise/{slug}/entries/": organiser,
            f"/organise/{slug}/shortlist/": organiser,
            f"/organise/{slug}/jury/": organiser,
            f"/organise/{slug}/result/": organiser,
            f"/editor/{slug}/": orgs.editor(),
            f"/jury/{self.panel.pk}/": self.seat.account,
        }


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is read once per process is not the page's
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(seen)


def test_lists_cost_the_same_for_few_and_many_works() -> None:
    house = House(clock.now())
    desks = {
        address: accounts.client(account, strong=True) for address, account in house.desks().items()
    }
    house.more(1)
    few = {address: queries(client, address) for address, client in desks.items()}
    house.more(2)
    many = {address: queries(client, address) for address, client in desks.items()}
    assert many == few
    assert max(many.values()) < 40
