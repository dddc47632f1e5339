"""Who may see and change an entry. `may_see_personal_data` is the one predicate for names, phones
and units of people; nothing else decides about them."""

from paike.accounts.models import Account
from paike.entries.models import Entry, Route
from paike.entries.queries import entries
from paike.entries.rules import standing
from paike.orgs import access as orgs_access
from paike.orgs.models import Organisation, Role
from paike.orgs.queries import organisations


def is_owner(account: Account, entry: Entry) -> bool:
    return entry.owner_id == account.pk


def may_see(account: Account, entry: Entry) -> bool:
    """The entrant always; organisers, editors and the clerks on its road once it was submitted."""
    return is_owner(account, entry) or (entry.number is not None and _on_duty(account, entry))


def may_edit(account: Account, entry: Entry) -> bool:
    """The entrant, while the form is theirs: a draft, refused by the gate, or given back."""
    return is_owner(account, entry) and entries.standing_of(entry) in standing.EDITABLE


def may_withdraw(account: Account, entry: Entry) -> bool:
    """The entrant, while the work is in the call; the action refuses it once shortlisted."""
    return is_owner(account, entry) and entries.standing_of(entry) not in standing.OUT


def may_caption(account: Account, entry: Entry) -> bool:
    """The entrant while the form is theirs; the editor while the work is in the call: captions are
    what an editor prepares for the public."""
    if entries.standing_of(entry) in standing.OUT:
        return False
    return may_edit(account, entry) or (entry.number is not None and orgs_access.is_editor(account))


def may_see_personal_data(account: Account, entry: Entry) -> bool:
    """The entrant; organisers and editors; clerks of the units on the entry's road."""
    return is_owner(account, entry) or (entry.number is not None and _on_duty(account, entry))


def _on_duty(account: Account, entry: Entry) -> bool:
    if orgs_access.is_organiser(account) or orgs_access.is_editor(account):
        return True
    return any(orgs_access.serves(account, unit, Role.CLERK) for unit in _road(entry))


def _road(entry: Entry) -> list[Organisation]:
    if entry.route == Route.INDIVIDUAL:
        desk = organisations.undertaker()
        return [desk] if desk is not None else []
    return organisations.road_of(entry.unit) if entry.unit is not None else []
