"""Who is held up before a token is given or a ballot queued.

Both functions either return or raise `answers.Refusal`. Addresses
and hours never refuse anybody by themselves: whole factories vote from one address, at night. A
busy network or a filling queue makes everybody there solve a puzzle first, which costs a person a
moment and a machine its haste.
"""

import asyncio
import math
import secrets as random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import close_old_connections

from paike.voting.actions import challenges as spending
from paike.voting.queries.contests import Contest
from paike.voting.rules import challenges, secrets
from paike.voting.rules.tokens import Pass
from paike.web.intake import texts
from paike.web.intake.answers import Refusal, refusal
from paike.web.intake.throttles import NETWORK, VOTER, Throttle, neighbourhood

CROWDED = 0.5  # from this filling of the queue on, everybody solves a puzzle

_askers: Throttle[bytes] = Throttle(VOTER)
_casters: Throttle[bytes] = Throttle(VOTER)
_networks: Throttle[str] = Throttle(NETWORK)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a request for a token. `network` is the client's address or IPv6 network seen
    past our own proxies; `load` how full the queue of ballots is, from 0 to 1."""

    contest: Contest
    network: str
    now: datetime
    load: float


async def before_token(facts: Facts, holder: Pass, asked: Mapping[str, Any]) -> None:
    """Called before `holder` gets a token; `asked` is the request's JSON, whose `key` is a UUID.
    May wait for a database."""
    at = facts.now.timestamp()
    _hold_up(_askers.take(holder.voter, at=at))
    is_busy = _networks.take(neighbourhood(facts.network), at=at) > 0
    solution = asked.get("challenge")
    if solution is None and not is_busy and facts.load < CROWDED:
        return
    keys = facts.contest.keys
    if keys is None:
        return
    key, ballot = secrets.challenge_key(keys.secret), UUID(asked["key"])
    if solution is None:
        raise _puzzle(facts, holder, ballot, key)
    try:
        solved = challenges.check(
            solution, voter=holder.voter, ballot=ballot, key=key, now=facts.now
        )
        await asyncio.to_thread(_spend, solved)
    except (challenges.NotSolved, spending.Spent) as fault:
        raise _puzzle(facts, holder, ballot, key) from fault


def before_ballot(voter: bytes, *, at: float) -> None:
    """Called for every ballot with a valid token, before it is queued, with the moment (seconds) of
    its receipt. Must be quick."""
    seconds = _casters.take(voter, at=at)
    if seconds > 0:
        _hold_up(seconds)


def _hold_up(seconds: float) -> None:
    if seconds > 0:
        raise refusal(429, "too-often", texts.TOO_OFTEN, retry_after=math.ceil(seconds))


def _puzzle(facts: Facts, holder: Pass, ballot: UUID, key: bytes) -> Refusal:
    made = challenges.make(
        voter=holder.voter,
        ballot=ballot,
        number=random.randbelow(challenges.MOST + 1),
        random=random.token_bytes(12),
        key=key,
        now=facts.now,
    )
    return refusal(428, "challenge", texts.CHALLENGE, more={"challenge": made})


def _spend(solved: challenges.Solved) -> None:
    close_old_connections()
    spending.spend(solved)
