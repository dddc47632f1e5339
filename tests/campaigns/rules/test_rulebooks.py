"""The shipped rulebooks load and say what their notices say."""

from decimal import Decimal

import pytest

from paike.campaigns.rules import rulebook as rulebooks
from paike.campaigns.rules import stages, support
from paike.kernel import canonical_json
from tests.factories import campaigns

pytestmark = pytest.mark.rules


def test_the_notice_is_stated_whole() -> None:
    rules = campaigns.rules()
    assert len(rules.bodies) == 35
    assert (rules.funnel.recommend_min, rules.funnel.recommend_max) == (3, 5)
    assert rules.funnel.individuals
    assert rules.funnel.shortlist == 100
    assert [theme.key for theme in rules.themes] == ["model-workers", "good-deeds", "vlog"]
    assert rules.film.frame_sizes == ("720x576",)
    assert rules.film.duration_max == 90
    assert rules.film.size_max == 50 * 1024 * 1024
    assert [rung.count for rung in rules.ladder] == [3, 10, 20, 30, 37]
    assert (rules.blend.votes, rules.blend.jury) == (Decimal("0.3"), Decimal("0.7"))
    assert [channel.key for channel in rules.channels] == ["weibo", "douyin"]
    assert rules.official_films is not None
    assert rules.official_films.count == 5
    assert len(rules.exhibition.sites) == 3


def test_the_notices_rulebook_is_carried_out_whole() -> None:
    assert support.unsupported(campaigns.rules()) == []


def test_json_and_back_is_the_same_rulebook() -> None:
    rules = campaigns.rules()
    data = rulebooks.to_json(rules)
    again = rulebooks.Rulebook.model_validate(data)
    assert rulebooks.digest(again) == rulebooks.digest(rules) == canonical_json.digest(data)


def test_the_stages_are_half_open() -> None:
    rules = campaigns.rules()
    window = stages.window(rules, "submit")
    assert window is not None
    assert stages.allows(rules, "submit", window.start)
    assert not stages.allows(rules, "submit", window.end)
    vote = stages.window(rules, "vote")
    assert vote is not None
    assert stages.allows(rules, "vote", vote.start)
    assert not stages.allows(rules, "vote", vote.end)
