"""What the intake knows of each call's vote, renewed every second, with what is worked out once."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from paike.voting.queries.contests import Contest, Keys
from paike.voting.rules import grammar, secrets
from paike.voting.rules.ballot_log import notes
from paike.voting.rules.secrets import Mac

_FAR = 2**63
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """A moment as hours are compared for every ballot: exact, and quicker than with time zones."""
    return (moment - _EPOCH) // _MICROSECOND


@dataclass(slots=True)
class Period:
    """The period that runs: its name, the key of its tags, when it began for us and when it ends
    (microseconds)."""

    name: str
    mac: Mac = field(repr=False)
    next_at: datetime | None
    since: int
    until: int


class Desk:
    """One call's vote. `contest` is replaced as it changes; the rest follows from its keys."""

    def __init__(self, contest: Contest, keys: Keys) -> None:
        self.contest = contest
        self.keys = keys
        self.slug = contest.slug.encode()
        self.tokens, self.receipts = Mac(keys.tokens), Mac(keys.receipts)
        self.secret = Mac(keys.secret)
        self.vkey = notes.verifier_key(contest.origin, contest.public_key)
        self.sign: Callable[[bytes], bytes] = Ed25519PrivateKey.from_private_bytes(
            keys.signing
        ).sign
        self._period: Period | None = None
        self._since, self._until = _hours(contest)
        # The beginning of a receipt is the same for all.
        self.head = (
            f'{{"format":"paike-receipt-1","origin":{json.dumps(contest.origin)}'
            f',"vkey":{json.dumps(self.vkey)},"code":"'
        ).encode()

    def is_open(self, received: int) -> bool:
        """`Contest.is_open` for a moment in microseconds."""
        return self._since <= received < self._until

    def period(self, received: int) -> Period:
        """The period of a moment in microseconds, worked out when it changes."""
        known = self._period
        if known is None or not known.since <= received < known.until:
            now = _EPOCH + received * _MICROSECOND
            slot = grammar.slot(self.contest.rule, now=now, zone=self.contest.zone)
            mac = Mac(secrets.period_key(self.keys.secret, slot.name))
            until = _FAR if slot.next_at is None else microseconds(slot.next_at)
            known = self._period = Period(slot.name, mac, slot.next_at, received, until)
        return known

    def next_at(self, period: str) -> datetime | None:
        """When the period after `period` begins. By the time a ballot of it is refused it may have
        begun: then one may vote again at once."""
        known = self._period
        return known.next_at if known is not None and known.name == period else None

    def renew(self, contest: Contest) -> bool:
        """Take what was read now; False: the keys are others, this desk is no longer good."""
        if contest.keys != self.keys or contest.origin != self.contest.origin:
            return False
        if contest.rule != self.contest.rule or contest.zone != self.contest.zone:
            self._period = None
        self.contest = contest
        self._since, self._until = _hours(contest)
        return True


def _hours(contest: Contest) -> tuple[int, int]:
    """From when until when ballots count, in microseconds; no time at all where they don't."""
    if contest.opened_at is None or contest.closed_at is not None or contest.is_halted:
        return 0, 0
    return microseconds(contest.rule.opens), microseconds(contest.rule.closes)


def state(contest: Contest, *, now: datetime) -> dict[str, object]:
    """What everybody may know of a vote."""
    is_open = contest.is_open(now) and contest.keys is not None
    slot = grammar.slot(contest.rule, now=now, zone=contest.zone) if is_open else None
    shown = contest.counts
    return {
        "open": is_open,
        "opens": contest.rule.opens,
        "closes": contest.rule.closes,
        "period": slot.name if slot else None,
        "next_at": slot.next_at if slot else None,
        "counts": {str(work): votes for work, votes in sorted(shown.items())}
        if shown is not None
        else None,
        "as_of": contest.counts_at,
        "paused": sorted(work for work, until in contest.paused.items() if now < until),
    }
