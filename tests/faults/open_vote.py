"""Makes a call of seven works in the middle of its vote, in the installation of PAIKE_DATA, and says
on standard output what a voter's page and a judge of the outcome need. A number as argument: the
vote closes in so many seconds."""

import json
import os
import sys
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "paike.config.settings"

import django

django.setup()

from paike.kernel import clock  # noqa: E402 - after Django is ready
from paike.voting.queries import contests  # noqa: E402
from paike.voting.rules import grammar  # noqa: E402
from tests.factories import ballots, campaigns, race  # noqa: E402

if __name__ == "__main__":
    now = clock.now()
    middle = now
    if sys.argv[1:]:
        half = campaigns.rules(now=now, deed="vote").ballot.closes - now
        middle = now + timedelta(seconds=float(sys.argv[1])) - half
    call = race.campaign(now=middle, replace={'counts = "frozen-last-day"': 'counts = "live"'})
    race.shortlist(call, works=7, now=now)
    ballots.open_vote(call, now=now)
    contest = contests.of_campaign(call.pk, now=now)
    assert contest is not None
    assert contest.keys is not None
    made = {
        "slug": call.slug,
        "token_key": contest.keys.tokens.hex(),
        "period": grammar.slot(contest.rule, now=now, zone=contest.zone).name,
    }
    sys.stdout.write(json.dumps(made) + "\n")
