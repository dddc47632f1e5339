"""The trail of a thing, oldest first, in words that may be shown to its audience."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from paike.audit.models import Audience, Record
from paike.audit.rules import acts, roles
from paike.kernel.text import Text

MOST = 1000  # lines of one trail


@dataclass(frozen=True)
class Line:
    """One act: when, who (never a real name), in which role and for which unit, and what."""

    at: datetime
    who: Text
    role: Text
    unit_name: str
    act: str
    words: Text
    details: dict[str, Any]


def of_entry(*, entry_id: UUID, audiences: Collection[Audience]) -> list[Line]:
    """What happened to an entry, as far as these audiences may know."""
    return _lines(Record.objects.filter(entry_id=entry_id), audiences)


def of_campaign(*, campaign_id: UUID, audiences: Collection[Audience]) -> list[Line]:
    """What happened in a campaign; the latest thousand acts."""
    return _lines(Record.objects.filter(campaign_id=campaign_id), audiences)


def of_thing(
    *, thing: str, thing_id: UUID | str | int, audiences: Collection[Audience]
) -> list[Line]:
    """What happened to any other thing, such as a recommendation list."""
    return _lines(Record.objects.filter(thing=thing, thing_id=str(thing_id)), audiences)


def of_actor(*, actor_id: UUID) -> list[Line]:
    """What a person did, for the export of their data."""
    return _lines(Record.objects.filter(actor_id=actor_id), list(Audience))


def _lines(records: QuerySet[Record], audiences: Collection[Audience]) -> list[Line]:
    found = records.filter(audience__in=audiences).select_related("actor").order_by("-at", "-id")
    return [_line(record) for record in reversed(found[:MOST])]


def _line(record: Record) -> Line:
    display_name = getattr(record.actor, "display_name", "")
    return Line(
        at=record.at,
        who=roles.name(
            role=record.role, display_name=display_name, by_paike=record.actor_id is None
        ),
        role=roles.words(record.role),
        unit_name=record.unit_name,
        act=record.act,
        words=acts.words(record.act),
        details=record.details,
    )
