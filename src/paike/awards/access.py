"""Who may see a result before it is published, and who may publish it."""

from paike.accounts.models import Account
from paike.orgs import access as orgs_access


def may_organise(account: Account) -> bool:
    """See drafts, record committee ballots, publish, refill."""
    return orgs_access.is_organiser(account)
