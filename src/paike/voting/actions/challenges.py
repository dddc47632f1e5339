"""Each solved puzzle is good once."""

from datetime import UTC, datetime

from django.db import IntegrityError, connection, transaction

from paike.voting.models import SpentChallenge
from paike.voting.rules.challenges import Solved


class Spent(Exception):
    """This solution was used before."""


def spend(solved: Solved) -> None:
    """Take a solution; the unique constraint lets it pass once. Raises Spent."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # After a crash a puzzle of the last second could be used twice: nothing is lost by
                # it, and the disk is needed for ballots.
                cursor.execute("SET LOCAL synchronous_commit = off")
            SpentChallenge.objects.create(
                nonce=solved.nonce, expires_at=datetime.fromtimestamp(solved.expires_at, tz=UTC)
            )
    except IntegrityError as fault:
        raise Spent from fault


def forget(*, now: datetime) -> int:
    """Drop what is too old to be accepted anyway; gives how many."""
    dropped, _ = SpentChallenge.objects.filter(expires_at__lte=now).delete()
    return dropped
