"""Who may mark and who may run the panel."""

from paike.accounts.models import Account
from paike.jury.models import Seat
from paike.orgs import access as orgs_access


def may_mark(account: Account, seat: Seat) -> bool:
    """The juror whose seat it is, as long as it is."""
    return seat.account_id == account.pk and seat.left_at is None


def may_organise(account: Account) -> bool:
    """Invite, release, close."""
    return orgs_access.is_organiser(account)
