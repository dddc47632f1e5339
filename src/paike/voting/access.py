"""Who may vote."""

from paike.accounts.models import Account, ContactKind
from paike.campaigns.rules.rulebook import BallotRule


def may_vote(account: Account, rule: BallotRule) -> bool:
    """An open account with a confirmed phone or address; a phone where the rulebook asks for one."""
    contacts = account.contacts.all()
    if rule.identity == "phone":
        contacts = contacts.filter(kind=ContactKind.PHONE)
    return account.closed_at is None and contacts.exists()
