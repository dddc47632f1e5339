"""The call that is voted on, and ballots for it: each of a voter of its own, with a signed token."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bench.vote.stage import Installation

WORKS = 100
PICKS = 5


@dataclass
class Call:
    """An open vote and what its tokens are signed with."""

    slug: str
    campaign_id: uuid.UUID
    period: str
    token_key: bytes
    secret: bytes
    rule: Any
    sent: int = 0

    def ballots(self, number: int) -> list[bytes]:
        """Bodies of ballots nobody has cast yet."""
        from paike.kernel import clock
        from paike.voting.rules import secrets, tokens

        now = clock.now()
        issued = secrets.milliseconds(now - timedelta(seconds=30))
        seen = secrets.milliseconds(now - timedelta(minutes=3))
        chance = random.Random(self.sent)
        made = []
        for _ in range(number):
            self.sent += 1
            token = tokens.Token(
                voter=self.sent.to_bytes(16, "big"),
                key=chance.randbytes(16),
                period=self.period,
                issued=issued,
                first_seen=seen,
                network=b"networks",
                provider="phone",
            )
            text = tokens.sign_token(token, slug=self.slug.encode(), key=self.token_key)
            works = chance.sample(range(1, WORKS + 1), PICKS)
            made.append(f'{{"token":"{text}","works":{works},"traces":{{"watched":3}}}}'.encode())
        return made


def casts(call: Call, number: int) -> "Iterator[Any]":
    """Ballots as the intake would queue them, each of a voter of its own."""
    from paike.kernel import clock
    from paike.voting.actions.batches import Cast
    from paike.voting.rules import secrets
    from paike.voting.rules.ballot_log import leaves

    chance = random.Random(number)
    period = secrets.Mac(secrets.period_key(call.secret, call.period))
    secret = secrets.Mac(call.secret)
    received = int(clock.now().timestamp() * 1_000_000)
    for one in range(number):
        voter, key = one.to_bytes(16, "big"), chance.randbytes(16)
        works = tuple(sorted(chance.sample(range(1, WORKS + 1), PICKS)))
        entry = leaves.ballot(
            period=call.period,
            tag=secrets.tag(period, voter),
            commitment=secrets.commitment(secrets.salt(secret, key), voter),
            works=works,
        )
        yield Cast(
            voter=voter,
            key=key,
            period=call.period,
            works=works,
            entry=entry,
            received=received + one,
            network=b"networks",
            seen_for=60,
            watched=3,
            referral=None,
            provider="phone",
        )


def prepare(_installation: Installation, *, counts: str = "frozen-last-day") -> Call:
    """A call of a hundred works in the middle of its vote."""
    import django

    django.setup()
    from tests.factories import ballots, race

    from paike.kernel import clock
    from paike.voting.queries import contests
    from paike.voting.rules import grammar

    now = clock.now()
    campaign = race.campaign(
        now=now, replace={'counts = "frozen-last-day"': f'counts = "{counts}"'}
    )
    race.shortlist(campaign, works=WORKS, now=now)
    ballots.open_vote(campaign, now=now)
    contest = contests.of_campaign(campaign.pk, now=now)
    assert contest is not None
    assert contest.keys is not None
    slot = grammar.slot(contest.rule, now=now, zone=contest.zone)
    return Call(
        campaign.slug,
        campaign.pk,
        slot.name,
        contest.keys.tokens,
        contest.keys.secret,
        contest.rule,
    )


def check(_installation: Installation, call: Call) -> None:
    """Every ballot of ours stands in the log once the sequencer is through, none twice."""
    import time

    from paike.voting.models import Ballot, LogEntry, Pending

    for _ in range(600):
        if not Pending.objects.exists():
            break
        time.sleep(0.1)
    ballots = Ballot.objects.filter(campaign_id=call.campaign_id, entry__gt=b"").count()
    placed = LogEntry.objects.filter(campaign_id=call.campaign_id).exclude(ballot=None).count()
    assert ballots == placed, (ballots, placed)
