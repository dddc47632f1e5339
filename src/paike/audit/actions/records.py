"""Write a line into the audit trail, in the transaction of the act it tells of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from paike.audit.models import Audience, Record


@transaction.atomic
def write(
    *,
    now: datetime,
    act: str,
    thing: str,
    thing_id: UUID | str | int,
    audience: Audience = Audience.CONCERNED,
    actor: AbstractBaseUser | None = None,
    role: str = "",
    unit_name: str = "",
    campaign_id: UUID | None = None,
    entry_id: UUID | None = None,
    details: dict[str, Any] | None = None,
) -> Record:
    """Record that `actor` (None: Paike itself) did `act` to `thing`.

    `act` is one of `audit.rules.acts.ACTS`. `details` holds ids, numbers and reasons, never
    personal data. `role` is the capacity in which the actor acted, `unit_name` for whom.
    """
    return Record.objects.create(
        at=now,
        actor_id=None if actor is None else actor.pk,
        role=role,
        unit_name=unit_name,
        act=act,
        thing=thing,
        thing_id=str(thing_id),
        campaign_id=campaign_id,
        entry_id=entry_id,
        audience=audience,
        details=details or {},
    )
