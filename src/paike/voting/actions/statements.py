"""What stands in the ballot log besides ballots."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from paike.kernel import canonical_json
from paike.voting.models import Pending, Statement

LARGEST = 65_535  # an entry bundle writes an entry's length in two bytes


class TooLarge(Exception):
    """A statement that no entry of the log can hold. Split it."""


@transaction.atomic
def put(*, campaign_id: UUID, kind: str, body: Mapping[str, Any], now: datetime) -> Statement:
    """State `body` in the call's log; the sequencer gives it its place within a second.

    `kind` is one of docs/spec/ballot-log.md and becomes the entry's `k`. Raises TooLarge.
    """
    entry = canonical_json.dumps({**body, "k": kind})
    if len(entry) > LARGEST:
        raise TooLarge(f"{kind}: {len(entry)} bytes")
    statement = Statement.objects.create(campaign_id=campaign_id, kind=kind, body=entry, at=now)
    Pending.objects.create(campaign_id=campaign_id, statement=statement)
    return statement


def moment(when: datetime) -> str:
    """A time as statements write it: UTC, to the second."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
