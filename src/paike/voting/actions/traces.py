"""The traces of a ballot go after a while; the ballot stays."""

from datetime import datetime, timedelta

from paike.voting.models import Ballot

KEPT = timedelta(days=180)  # as long as networks that asked for codes are kept


def empty_due(*, now: datetime) -> int:
    """Empty the traces of ballots older than KEPT; gives how many. What was promised to the voter
    does not change: the database refuses that."""
    due = Ballot.objects.filter(cast_at__lte=now - KEPT).exclude(
        network=None, seen_for=None, watched=None, referral=None, provider=""
    )
    return due.update(network=None, seen_for=None, watched=None, referral=None, provider="")
