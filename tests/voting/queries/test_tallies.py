"""The figures of a past moment, when some of its ballots turn out stuffed later."""

from datetime import timedelta

import pytest

from paike.campaigns.queries import campaigns
from paike.voting.actions import sequencing
from paike.voting.models import BallotLog
from paike.voting.queries import tallies
from tests.factories import race
from tests.factories import stuffed as ballots

pytestmark = pytest.mark.django_db

EVERY_TEN_MINUTES = {'counts = "frozen-last-day"': 'counts = "every-10-minutes"'}


@pytest.mark.parametrize("quarantined_after", [timedelta(minutes=1), timedelta(hours=5)])
def test_only_what_was_in_a_figure_is_taken_out_of_it(quarantined_after: timedelta) -> None:
    vote = ballots.vote(works=6, replace=EVERY_TEN_MINUTES)
    first = vote.numbers[:5]
    before = [ballots.one(vote, first, at=race.NOW) for _ in range(7)]
    at = race.NOW + timedelta(minutes=10)
    sequencing.keep_snapshots(now=at)
    after = [ballots.one(vote, first, at=at) for _ in range(20)]
    ballots.quarantine(vote, [*before[:3], *after], now=at + quarantined_after)
    rule = campaigns.rulebook_of(vote.call).ballot
    shown = tallies.shown(vote.call.pk, rule=rule, now=at + timedelta(minutes=5))
    assert shown is not None
    assert shown.votes[vote.works[0].pk] == 4  # seven less three; the later twenty were not in it
    assert tallies.votes(vote.call.pk)[vote.works[0].pk] == 4
    assert BallotLog.objects.get(campaign=vote.call).size == 27


def test_what_was_set_aside_long_before_is_out_of_the_figure_too() -> None:
    vote = ballots.vote(works=6, replace=EVERY_TEN_MINUTES)
    made = [ballots.one(vote, vote.numbers[:5], at=race.NOW) for _ in range(5)]
    ballots.quarantine(vote, made[:2], now=race.NOW)
    at = race.NOW + timedelta(hours=5)
    sequencing.keep_snapshots(now=at)
    rule = campaigns.rulebook_of(vote.call).ballot
    shown = tallies.shown(vote.call.pk, rule=rule, now=at + timedelta(minutes=5))
    assert shown is not None
    assert shown.votes[vote.works[0].pk] == 3
