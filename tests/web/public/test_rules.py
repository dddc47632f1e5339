"""The page of rules: how the result is made, and every amendment with its difference."""

from datetime import timedelta

import pytest
from django.test import Client

from paike.campaigns.actions import amendments
from paike.campaigns.queries import campaigns as queries
from paike.kernel import clock
from tests.factories import campaigns, orgs

pytestmark = pytest.mark.django_db


def test_the_rules_say_how_the_result_is_made_and_carry_their_hash() -> None:
    call = campaigns.campaign(now=clock.now())
    text = Client().get(f"/c/{call.slug}/rules/").content.decode()
    assert "恰好选 5 部作品" in text
    assert "投票 30%、评审 70%" in text
    assert "不看提交先后" in text
    assert "规则没有修订过" in text
    assert call.rulebook_hash in text


def test_an_amendment_stands_there_with_reason_and_difference() -> None:
    now = clock.now()
    call = campaigns.campaign(now=now)
    end = queries.rulebook_of(call).stages[0].end
    amendments.extend_stage(
        campaign_id=call.pk,
        stage="collect",
        new_end=end + timedelta(hours=8),
        reason="应各地要求延长八小时",
        by=orgs.organiser(),
        now=now,
    )
    text = Client().get(f"/c/{call.slug}/rules/").content.decode()
    assert "应各地要求延长八小时" in text
    assert "stages.collect.end" in text
    assert call.frozen_hash in text


def test_the_rules_can_be_read_in_english() -> None:
    call = campaigns.campaign(now=clock.now())
    page = Client().get(f"/c/{call.slug}/rules/", headers={"accept-language": "en"})
    assert "30% votes and 70% jury" in page.content.decode()
