"""What is left of a person's uploads when the account is closed."""

from paike.accounts.events import AccountClosed
from paike.uploads.models import Upload


def erase(event: AccountClosed) -> None:
    """Unfinished uploads expire now: the next cleaning removes their bytes."""
    mine = Upload.objects.filter(owner_id=event.account_id)
    mine.filter(sealed_at__isnull=True, ended_at__isnull=True).update(expires_at=event.at)
    mine.update(fingerprint="")
