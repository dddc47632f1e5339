"""The entrant is asked about everything, by one letter a day, and has the full time from then on."""

from datetime import datetime, timedelta

import pytest

from paike.notify.models import Message
from paike.voting.actions import inquiries, rulings
from paike.voting.models import Act, Inquiry, Quarantine, Ruling
from tests.factories import ballots, orgs, race, stuffed

pytestmark = pytest.mark.django_db
NOW, HOUR = race.NOW, timedelta(hours=1)
CROWD = 12


class House:
    """A vote in which crowds for the first work are set aside, one after the other."""

    def __init__(self) -> None:
        self.vote = stuffed.vote(works=8)
        self.by = orgs.organiser()

    def set_aside(self, *, now: datetime) -> Quarantine:
        numbers, at = self.vote.numbers, self.vote.opens + HOUR
        crowd = [stuffed.one(self.vote, numbers[:5], at=at) for _ in range(CROWD)]
        return ballots.set_aside(self.vote.call, numbers[0], crowd, now=now)

    def letters(self) -> list[str]:
        owner = self.vote.works[0].owner_id
        sent = Message.objects.filter(recipient_id=owner, kind="ballots.quarantined")
        return list(sent.order_by("created_at").values_list("body", flat=True))

    def propose(self, of: Quarantine, act: Act, *, now: datetime) -> Ruling:
        return rulings.propose(
            quarantine_id=of.pk, act=act, sanctioned=False, reason="脚本", by=self.by, now=now
        )


def test_what_is_found_later_is_asked_about_in_one_letter_a_day_later() -> None:
    house = House()
    house.set_aside(now=NOW)
    assert len(house.letters()) == 1
    for hours in (2, 5):
        house.set_aside(now=NOW + hours * HOUR)
    inquiries.ask_due(now=NOW + 24 * HOUR - timedelta(seconds=1))
    assert len(house.letters()) == 1
    for minutes in (0, 1):
        inquiries.ask_due(now=NOW + 24 * HOUR + timedelta(minutes=minutes))
    _first, second = house.letters()
    assert f" {2 * CROWD} 张" in second
    house.set_aside(now=NOW + 72 * HOUR)
    assert len(house.letters()) == 3, "after a quiet day at once"


def test_time_runs_from_the_letter_and_nothing_is_void_unheard_before() -> None:
    house = House()
    house.set_aside(now=NOW)
    later = house.set_aside(now=NOW + HOUR)
    with pytest.raises(rulings.TooEarly):
        house.propose(later, Act.VOID, now=NOW + 300 * HOUR)
    asked = NOW + 30 * HOUR  # the machine stood still meanwhile
    inquiries.ask_due(now=asked)
    with pytest.raises(rulings.TooEarly):
        house.propose(later, Act.VOID, now=asked + 48 * HOUR - timedelta(seconds=1))
    house.propose(later, Act.VOID, now=asked + 48 * HOUR)


def test_what_is_released_meanwhile_is_not_asked_about() -> None:
    house = House()
    house.set_aside(now=NOW)
    later = house.set_aside(now=NOW + HOUR)
    made = house.propose(later, Act.RELEASE, now=NOW + 2 * HOUR)
    rulings.confirm(ruling_id=made.pk, by=orgs.organiser(), now=NOW + 2 * HOUR)
    inquiries.ask_due(now=NOW + 30 * HOUR)
    assert len(house.letters()) == 1
    assert Inquiry.objects.count() == 1
