"""A clerk whose unit serves two calls at once."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from paike.campaigns.models import Campaign
from paike.kernel import clock
from paike.notify.models import Message
from paike.orgs.models import Organisation
from paike.review.models import Referral
from tests.factories import accounts, campaigns, orgs, review

pytestmark = pytest.mark.django_db


@dataclass
class Desks:
    old: Campaign
    new: Campaign
    unit: Organisation
    browser: Client

    def queue(self, **asked: str) -> str:
        address = reverse("unit-queue", args=[self.unit.pk])
        return self.browser.get(address, asked).content.decode()

    def wait(self, campaign: Campaign) -> Referral:
        return review.waiting(campaign=campaign, unit=self.unit, now=clock.now())


@pytest.fixture
def desks() -> Desks:
    now, unit = clock.now(), orgs.body()
    old = campaigns.campaign(now=now, deed="recommend")
    new = campaigns.campaign(
        now=now,
        deed="recommend",
        replace={
            'slug = "party-stories-2021"': 'slug = "second-call"',
            'zh = "我身边的党员故事"': 'zh = "第二次征集活动"',
        },
    )
    return Desks(old, new, unit, accounts.client(orgs.clerk(unit), strong=True))


def test_one_call_alone_is_not_named_in_addresses(desks: Desks) -> None:
    desks.wait(desks.old)
    page = desks.browser.get(reverse("desk")).content.decode()
    assert f'href="{reverse("unit-queue", args=[desks.unit.pk])}"' in page
    assert "?call=" not in page
    assert "?call=" not in desks.queue()


def test_two_calls_stand_apart_and_one_goes_from_one_to_the_other(desks: Desks) -> None:
    first, second = desks.wait(desks.old), desks.wait(desks.new)
    page = desks.browser.get(reverse("desk")).content.decode()
    for call in (desks.old, desks.new):
        assert f"?call={call.slug}" in page
    for call, mine, other in ((desks.old, first, second), (desks.new, second, first)):
        queue = desks.queue(call=call.slug)
        assert mine.version.composed_title in queue
        assert other.version.composed_title not in queue
        assert queue.count("?call=") >= 2  # the switch


def test_the_queue_opens_where_something_waits(desks: Desks) -> None:
    waiting = desks.wait(desks.old)
    review.accepted(campaign=desks.new, unit=desks.unit)  # decided: nothing waits there
    assert waiting.version.composed_title in desks.queue()


def test_the_next_work_is_one_of_the_same_call(desks: Desks) -> None:
    first = desks.wait(desks.old)
    desks.wait(desks.new)
    last = desks.wait(desks.old)
    answer = desks.browser.post(
        reverse("referral-decision", args=[first.pk]), {"outcome": "accept"}, follow=True
    )
    assert answer.redirect_chain[0][0].startswith(reverse("review-desk", args=[last.pk]))
    answer = desks.browser.post(
        reverse("referral-decision", args=[last.pk]), {"outcome": "accept"}, follow=True
    )
    assert f"call={desks.old.slug}" in answer.redirect_chain[0][0]


def test_each_call_announces_its_first_work(desks: Desks) -> None:
    for call in (desks.old, desks.old, desks.new):
        desks.wait(call)
    told = Message.objects.filter(kind="review.waiting").order_by("created_at")
    assert [message.link.partition("?")[2] for message in told] == ["", "call=second-call"]


def test_a_call_that_the_unit_does_not_serve_is_not_found(desks: Desks) -> None:
    desks.wait(desks.old)
    address = reverse("unit-queue", args=[desks.unit.pk])
    assert desks.browser.get(address, {"call": desks.new.slug}).status_code == 404
