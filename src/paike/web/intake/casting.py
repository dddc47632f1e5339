"""Two steps to a ballot: a token for those whom a provider vouched for, and the ballot itself."""

from collections.abc import Awaitable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from paike.voting.actions import batches
from paike.voting.actions.ballot_logs import SETTLING
from paike.voting.actions.batches import Cast
from paike.voting.queries import contests
from paike.voting.rules import grammar, secrets, tokens
from paike.voting.rules.ballot_log import leaves
from paike.voting.rules.tokens import Token
from paike.web.intake import gatekeeping, receipts, texts
from paike.web.intake.answers import Answer, Refusal, ok, refusal
from paike.web.intake.batching import Queue
from paike.web.intake.desks import Desk, microseconds
from paike.web.intake.gatekeeping import Facts

COOKIE = "paike_pass"
_MIN_AGE = round(tokens.MIN_AGE.total_seconds() * 1000)
_MAX_AGE = round(tokens.MAX_AGE.total_seconds() * 1000)
_MOST_WATCHED = 32767
_HOURS = 1  # second: the sequencer looks at them every second
_LONGEST_LINK = 300
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS = 2**31 - 1


async def token(
    desk: Desk, facts: Facts, *, carried: str, asked: Mapping[str, Any], shards: int
) -> Answer:
    """A token for the ballot with the key that was asked for. `carried`: the pass cookie."""
    contest, now = facts.contest, facts.now
    if not desk.contest.is_open(now):
        raise _not_open(desk.contest, now)
    try:
        holder = tokens.read_pass(carried, slug=contest.slug, key=desk.keys.passes)
        key = UUID(asked["key"])
    except tokens.NotOurs:
        holder = None
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise refusal(400, "body", texts.BROKEN_BODY) from fault
    if holder is None or not holder.is_fresh(now):
        way = f"/c/{contest.slug}/ballots/pass/"
        raise refusal(401, "no-pass", texts.NO_PASS, more={"pass": way})
    await gatekeeping.before_token(facts, holder, asked)
    period = desk.period(microseconds(now))
    given = Token(
        voter=holder.voter,
        key=key.bytes,
        period=period.name,
        issued=secrets.milliseconds(now),
        first_seen=secrets.milliseconds(holder.first_seen),
        network=secrets.network(desk.keys.secret, facts.network),
        provider=holder.provider,
    )
    return ok(
        {
            "token": tokens.sign_token(given, slug=desk.slug, key=desk.tokens),
            "usable_at": now + tokens.MIN_AGE + timedelta(seconds=1),
            "expires_at": now + tokens.MAX_AGE,
            "period": period.name,
            "cast": f"/intake/{contest.slug}/{holder.voter[0] % shards}/ballots",
        }
    )


def ballot(
    desk: Desk, now: datetime, *, sent: Mapping[str, Any], queue: Queue, lookups: batches.Run
) -> Awaitable[Answer]:
    """Take a ballot that was received at `now`; when the answer is here, it is on disk."""
    try:
        given = tokens.read_token(sent["token"], slug=desk.slug, key=desk.tokens)
    except (tokens.NotOurs, KeyError, AttributeError, TypeError) as fault:
        raise refusal(403, "token", texts.TOKEN) from fault
    received = microseconds(now)
    # Before anything is looked up: an old token costs the database more than a new one.
    gatekeeping.before_ballot(given.voter, at=received / 1_000_000)
    age = received // 1000 - given.issued
    period = desk.period(received)
    if not desk.is_open(received) or age > _MAX_AGE or given.period != period.name:
        return _of_earlier(desk, given, lookups, otherwise=_too_late(desk, now))
    if age < _MIN_AGE:
        raise refusal(425, "too-early", texts.TOO_EARLY, retry_after=3)
    try:
        works = _works(sent.get("works"), desk, now)
    except Refusal as refused:
        return _of_earlier(desk, given, lookups, otherwise=refused)
    salt = secrets.salt(desk.secret, given.key)
    entry = leaves.ballot(
        period=period.name,
        tag=secrets.tag(period.mac, given.voter),
        commitment=secrets.commitment(salt, given.voter),
        works=works,
    )
    watched, referral = _traces(sent.get("traces"), desk)
    seen_for = (given.issued + age - given.first_seen) // 1000
    return queue.put(
        desk,
        Cast(
            given.voter,
            given.key,
            period.name,
            works,
            entry,
            received,
            given.network,
            min(max(seen_for, 0), _YEARS),
            watched,
            referral,
            given.provider,
            salt,
        ),
    )


async def _of_earlier(
    desk: Desk, given: Token, lookups: batches.Run, *, otherwise: Refusal
) -> Answer:
    """It can't be a new ballot (too late, or a work has left), but it may be one that was taken and
    whose first answer got lost."""
    taken = await batches.find(
        lookups, campaign_id=desk.contest.campaign_id, voter=given.voter, key=given.key
    )
    if taken is not None:
        return receipts.known(desk, voter=given.voter, key=given.key, taken=taken)
    raise otherwise


def _too_late(desk: Desk, now: datetime) -> Refusal:
    contest = desk.contest
    if contest.is_open(now):
        return refusal(403, "token", texts.TOKEN)
    closes = contest.rule.closes
    if contest.closed_at is None and closes <= now < closes + SETTLING:
        # It may be a ballot of the last second that is being committed.
        return refusal(503, "closing", texts.CLOSING, retry_after=_HOURS)
    return _not_open(contest, now)


def _not_open(contest: contests.Contest, now: datetime) -> Refusal:
    opens, closes = contest.rule.opens, contest.rule.closes
    if contest.is_halted and opens <= now < closes:
        return refusal(503, "halted", texts.HALTED, retry_after=receipts.HALTED)
    if contest.closed_at is None and now < opens:
        return refusal(410, "not-open", texts.NOT_YET, more={"opens": opens})
    if contest.closed_at is None and now < closes:
        # The hour has come and the opening is not in the log yet, or not yet read here.
        return refusal(503, "opening", texts.OPENING, retry_after=_HOURS)
    return refusal(410, "closed", texts.CLOSED, more={"closes": closes})


def _works(sent: object, desk: Desk, now: datetime) -> tuple[int, ...]:
    """The works of a ballot, ascending. Raises Refusal with all that is wrong."""
    contest = desk.contest
    if not isinstance(sent, list) or {*map(type, sent)} - {int}:
        raise refusal(400, "body", texts.BROKEN_BODY)
    works = tuple(sorted(sent))
    rule, different = contest.rule, set(works)
    plain = (
        len(different) == len(works)
        and rule.works_min <= len(works) <= rule.works_max
        and different <= contest.candidates
    )
    if not plain:  # repeats, or something is wrong: ask the rules which
        faults = grammar.faults(works, rule=rule, candidates=contest.candidates)
        if faults:
            raise Refusal(receipts.invalid([(fault.key, fault.text) for fault in faults]))
    if contest.paused:
        paused = [work for work in different if now < contest.paused.get(work, _EPOCH)]
        if paused:
            until = max(contest.paused[work] for work in paused)
            said = {"works": sorted(paused), "until": until}
            raise refusal(423, "work-paused", texts.PAUSED, more=said)
    return works


def _traces(sent: object, desk: Desk) -> tuple[int | None, bytes | None]:
    """What the page says of the time before: works played, and the link that led to it. Both are
    taken as they come, a page can say what it likes; neither can break a ballot."""
    if not isinstance(sent, dict):
        return None, None
    watched, link = sent.get("watched"), sent.get("referral")
    number = min(max(watched, 0), _MOST_WATCHED) if type(watched) is int else None
    if not isinstance(link, str) or not link:
        return number, None
    return number, secrets.referral(desk.secret, link[:_LONGEST_LINK])
