"""What people do to their own account, in the audit trail."""

from datetime import datetime

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience


def write(
    *, act: str, account: Account, now: datetime, details: dict[str, str] | None = None
) -> None:
    """That the account did `act` to itself; for organisers only."""
    records.write(
        now=now,
        act=act,
        thing="account",
        thing_id=account.id,
        actor=account,
        audience=Audience.STAFF,
        details=details,
    )
