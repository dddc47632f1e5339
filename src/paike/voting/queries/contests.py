"""A call's vote as the intake needs it: all of it in memory, nothing asked per ballot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.rulebook import BallotRule
from paike.vault.fields import Sealed
from paike.voting.models import BallotLog
from paike.voting.queries import candidates, standings, tallies
from paike.voting.rules import secrets

# What differs when anything but the figures differs: every change of candidates, every pause and
# ruling is a statement.
MARK = """
SELECT (SELECT max(id) FROM voting_statement),
       string_agg(concat_ws(' ', log.id, campaign.rulebook_hash, log.opened_at, log.closed_at,
                            log.halted_at, log.secret_destroyed_at), ' ' ORDER BY log.id)
FROM voting_ballotlog log JOIN campaigns_campaign campaign ON campaign.id = log.campaign_id
"""


@dataclass(frozen=True)
class Keys:
    """The keys of one log, made of its secret once. None of them is ever shown or logged."""

    secret: bytes = field(repr=False)
    signing: bytes = field(repr=False)  # Ed25519 seed
    receipts: bytes = field(repr=False)
    passes: bytes = field(repr=False)
    tokens: bytes = field(repr=False)


@dataclass(frozen=True)
class Contest:
    """One call's vote at the moment it was read. `candidates` and `paused` are works' numbers,
    `candidates_version` is that of the log's row or older;
    `is_halted`: a person has to compare what was published first;
    `keys` is None once the secret is destroyed: then nobody votes any more. `counts` are the votes
    that the rulebook shows now, and of when they are."""

    campaign_id: UUID
    slug: str
    origin: str
    public_key: bytes
    rule: BallotRule
    zone: str
    opened_at: datetime | None
    closed_at: datetime | None
    is_halted: bool
    candidates: frozenset[int]
    candidates_version: int
    paused: Mapping[int, datetime]
    counts: Mapping[int, int] | None
    counts_at: datetime | None
    receipt_key: bytes = field(repr=False)
    keys: Keys | None = field(repr=False)

    def is_open(self, now: datetime) -> bool:
        """Whether a ballot received at `now` counts: by the rulebook's hours, once the opening
        stands in the log and until the close does, unless the log is halted."""
        opened = self.opened_at is not None and self.closed_at is None
        return opened and not self.is_halted and self.rule.opens <= now < self.rule.closes


def load(now: datetime) -> dict[str, Contest]:
    """Every call that has a ballot log, by slug."""
    logs = BallotLog.objects.select_related("campaign")
    return {log.campaign.slug: of_log(log, now=now) for log in logs}


def of_campaign(campaign_id: UUID, *, now: datetime) -> Contest | None:
    log = BallotLog.objects.select_related("campaign").filter(campaign_id=campaign_id).first()
    return of_log(log, now=now) if log else None


def of_log(log: BallotLog, *, now: datetime) -> Contest:
    campaign: Campaign = log.campaign
    rulebook = campaigns.rulebook_of(campaign)
    shown = tallies.shown(campaign.pk, rule=rulebook.ballot, now=now)
    numbers = candidates.numbers(campaign.pk)
    return Contest(
        campaign_id=campaign.pk,
        slug=campaign.slug,
        origin=log.origin,
        public_key=bytes(log.public_key),
        rule=rulebook.ballot,
        zone=rulebook.timezone,
        opened_at=log.opened_at,
        closed_at=log.closed_at,
        is_halted=log.halted_at is not None,
        candidates=frozenset(numbers.values()),
        candidates_version=log.candidates_version,
        paused=standings.paused(campaign.pk, now=now),
        counts={numbers[work]: n for work, n in shown.votes.items()} if shown else None,
        counts_at=shown.as_of if shown else None,
        receipt_key=_opened(log.receipt_key),
        keys=keys_of(log),
    )


def keys_of(log: BallotLog) -> Keys | None:
    """The keys of a log; None once its secret is destroyed."""
    if not log.secret:
        return None
    secret = _opened(log.secret)
    return Keys(
        secret=secret,
        signing=_opened(log.private_key),
        receipts=_opened(log.receipt_key),
        passes=secrets.pass_key(secret),
        tokens=secrets.token_key(secret),
    )


def _opened(sealed: object) -> bytes:
    """What a sealed field of hexadecimal digits holds."""
    return bytes.fromhex(sealed.open()) if isinstance(sealed, Sealed) else b""
