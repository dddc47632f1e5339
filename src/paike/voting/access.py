"""Who may vote, rule on ballots, explain, and declare mobilisation."""

from paike.accounts.models import Account, ContactKind
from paike.accounts.queries import vouching
from paike.campaigns.rules.rulebook import BallotRule
from paike.entries.models import Entry
from paike.orgs import access as orgs_access
from paike.orgs.models import Organisation, Role
from paike.orgs.queries import organisations
from paike.voting.models import Quarantine, Ruling
from paike.voting.rules.identity import Voucher

# What an account must have confirmed, by the rulebook's word for a voter.
KINDS: dict[str, tuple[str, ...]] = {
    "account": (ContactKind.PHONE.value, ContactKind.EMAIL.value),
    "phone": (ContactKind.PHONE.value,),
    "email": (ContactKind.EMAIL.value,),
}


def voucher(account: Account, rule: BallotRule) -> Voucher | None:
    """What vouches for a signed-in person: the contact of the wanted kind that was confirmed first.
    None: there is none, or this call does not go by accounts."""
    contact = vouching.contact_of(account, kinds=KINDS.get(rule.identity, ()))
    return Voucher(contact.kind, contact.index) if contact else None


def may_rule(account: Account) -> bool:
    """Whether the account looks into stuffed ballots and decides about them: an organiser."""
    return orgs_access.is_organiser(account)


def may_confirm(account: Account, ruling: Ruling) -> bool:
    """Whether the account is a second person beside who proposed the ruling."""
    return orgs_access.may_second(account, first=ruling.proposed_by, since=ruling.quarantine.at)


def may_answer(account: Account, quarantine: Quarantine) -> bool:
    """The entrant whose work it is about."""
    return quarantine.entry.owner_id == account.pk


def may_declare(account: Account, unit: Organisation, entry: Entry) -> bool:
    """A clerk of the unit, for a work that came from it or through it."""
    if entry.unit is None or not orgs_access.serves(account, unit, Role.CLERK):
        return False
    return unit.pk in {one.pk for one in organisations.road_of(entry.unit)}
