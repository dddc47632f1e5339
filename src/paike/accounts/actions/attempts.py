"""Count what is limited, so that two requests at once can't both be the last one allowed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from paike.accounts.models import Attempt
from paike.accounts.rules import limits
from paike.kernel.text import Text
from paike.vault import cipher

FORGET_AFTER = timedelta(days=180)


class TooMany(Exception):
    """A limit is reached. `wait`: how long until the next try counts."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        spoken = limits.spoken(wait)
        self.text = Text(
            f"操作太频繁，请 {spoken.zh}后再试。",
            f"Too many tries. Please wait {spoken.en} and try again.",
        )
        super().__init__(self.text.en)


@transaction.atomic
def count(*, kind: str, subject: str, allowed: Sequence[limits.Limit], now: datetime) -> int:
    """Write down one attempt of `kind` by or at `subject` (plain; only its blind index is kept);
    returns its number. Raises TooMany, and writes nothing, when it would pass a limit."""
    index = cipher.blind_index(subject, purpose=f"attempt.{kind}")
    _one_at_a_time(f"{kind}.{index}")
    since = now - limits.longest(allowed)
    past = Attempt.objects.filter(kind=kind, subject=index, at__gt=since)
    wait = limits.wait(list(past.values_list("at", flat=True)), allowed, now=now)
    if wait:
        raise TooMany(wait)
    return Attempt.objects.create(kind=kind, subject=index, at=now).pk


def take_back(number: int) -> None:
    """This attempt does not count any more: it was somebody honest's."""
    Attempt.objects.filter(pk=number).delete()


@transaction.atomic
def forget(*, kind: str, subject: str) -> None:
    """Earlier attempts do not count any more: the person proved who they are."""
    index = cipher.blind_index(subject, purpose=f"attempt.{kind}")
    Attempt.objects.filter(kind=kind, subject=index).delete()


@transaction.atomic
def delete_old(*, now: datetime) -> int:
    """Delete what is older than 180 days; returns how many."""
    return Attempt.objects.filter(at__lt=now - FORGET_AFTER).delete()[0]


def _one_at_a_time(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
