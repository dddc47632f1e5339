"""Which works a juror must not mark, whatever the juror declares."""

from uuid import UUID

from paike.accounts.models import Account
from paike.entries.models import Entry
from paike.entries.queries import race
from paike.orgs.queries import memberships, organisations


def of_juror(*, account: Account, campaign_id: UUID) -> list[UUID]:
    """Works of the juror's own, and works that come from a body in whose branch (the body and all
    units below it) the juror serves."""
    bound = _bound_units(account)
    found = race.of_campaign(campaign_id)
    return [entry.pk for entry in found if _is_bound(entry, account, bound)]


def is_conflict(entry: Entry, *, account: Account) -> bool:
    """Whether the juror is bound to this work."""
    return _is_bound(entry, account, _bound_units(account))


def _is_bound(entry: Entry, account: Account, bound: set[UUID]) -> bool:
    return entry.owner_id == account.pk or entry.unit_id in bound


def _bound_units(account: Account) -> set[UUID]:
    """Every unit of every body the juror serves. Who serves above the bodies (the national unit,
    the undertaker) is bound to none of them."""
    served = (organisations.body_of(one.organisation) for one in memberships.live(account=account))
    return organisations.branches_ids([body.pk for body in served if body is not None])
