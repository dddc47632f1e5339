"""The only way to personal data of somebody else: opened and audited in one step."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.kernel.text import Text
from paike.vault.fields import Sealed, SealedTextField


class NoReason(Exception):
    """Looking at personal data needs a reason."""

    text = Text("查看个人信息需要写明原因。", "Say why you need to see the personal details.")


@transaction.atomic
def open_fields(
    *,
    thing: models.Model,
    fields: list[str],
    by: Account,
    reason: str,
    now: datetime,
    role: str = "",
    unit_name: str = "",
    campaign_id: UUID | None = None,
    entry_id: UUID | None = None,
) -> dict[str, str]:
    """The plain texts of `fields` of `thing` ("" for what was not given), after writing into the
    trail who looked at which fields and why. The caller has checked that `by` may.

    Raises NoReason, vault.cipher.Tampered, and ValueError for a field that is not sealed.
    """
    if not reason.strip():
        raise NoReason
    for name in fields:
        if not isinstance(thing._meta.get_field(name), SealedTextField):
            raise ValueError(f"{name} is not a sealed field")
    records.write(
        now=now,
        act="personal-data.revealed",
        thing=thing._meta.model_name or "",
        thing_id=thing.pk,
        actor=by,
        role=role,
        unit_name=unit_name,
        audience=Audience.STAFF,
        campaign_id=campaign_id,
        entry_id=entry_id,
        details={"fields": sorted(fields), "reason": reason.strip()[:500]},
    )
    return {name: _open(getattr(thing, name)) for name in fields}


def _open(value: object) -> str:
    if isinstance(value, Sealed):
        return value.open()
    return value if isinstance(value, str) else ""
