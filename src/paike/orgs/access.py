"""Who may do what in the tree of organisations."""

from datetime import datetime

from django.db.models import QuerySet

from paike.accounts.models import Account
from paike.orgs.models import Membership, Organisation, Role
from paike.orgs.queries import memberships, organisations
from paike.orgs.rules import planting


def serves(account: Account, organisation: Organisation, role: str) -> bool:
    """Whether the account has a live membership of `role` in exactly that unit."""
    return Membership.objects.filter(
        account=account, organisation=organisation, role=role, ended_at__isnull=True
    ).exists()


def is_organiser(account: Account) -> bool:
    """Whether the account runs calls: an organiser of the national unit or the undertaker."""
    return _serves_organising_unit(account, Role.ORGANISER)


def may_second(account: Account, *, first: Account, since: datetime) -> bool:
    """Whether two people really decide when the account says the second word after `first`, about
    something of the moment `since`. Both run calls, and neither of them was invited by the other,
    directly or through others; the second did so before that moment, or whoever runs the machine
    invited them. Else an organiser could invite himself."""
    above = memberships.appointers(account=account, role=Role.ORGANISER)
    early = _organising(account, Role.ORGANISER).filter(since__lt=since)
    return (
        account.pk != first.pk
        and is_organiser(account)
        and (early.exists() or not above)
        and first.pk not in above
        and account.pk not in memberships.appointers(account=first, role=Role.ORGANISER)
    )


def is_editor(account: Account) -> bool:
    """Whether the account publishes: an editor of the national unit or the undertaker."""
    return _serves_organising_unit(account, Role.EDITOR)


def is_clerk(account: Account) -> bool:
    """Whether the account reviews for any unit."""
    return Membership.objects.filter(
        account=account, role=Role.CLERK, ended_at__isnull=True
    ).exists()


def may_manage(account: Account, organisation: Organisation) -> bool:
    """Whether the account looks after the unit: an organiser, or a clerk of it or of one above."""
    if is_organiser(account):
        return True
    above = [unit.pk for unit in organisations.line_of(organisation)]
    return Membership.objects.filter(
        account=account, organisation__in=above, role=Role.CLERK, ended_at__isnull=True
    ).exists()


def may_appoint(account: Account, organisation: Organisation, role: str) -> bool:
    """Whether the account may give `role` in the unit. Clerks appoint clerks in and below their
    own unit; organisers and editors are appointed by organisers, in the organising units only."""
    if role == Role.CLERK:
        return may_manage(account, organisation)
    return is_organiser(account) and organisation.code in planting.ORGANISING


def may_reset_totp(account: Account, other: Account) -> bool:
    """Whether the account may have somebody set up the authenticator anew: organisers for every
    member of staff and juror; clerks only for who serves nowhere but below their own units.
    Nobody for themselves: that is what recovery codes are for."""
    if account.pk == other.pk or other.username is None:
        return False
    if is_organiser(account):
        return True
    served = memberships.live(account=other)
    return bool(served) and all(
        one.role == Role.CLERK and _serves_above(account, one.organisation) for one in served
    )


def _serves_above(account: Account, organisation: Organisation) -> bool:
    above = [unit.pk for unit in organisations.line_of(organisation)[1:]]
    return Membership.objects.filter(
        account=account, organisation__in=above, role=Role.CLERK, ended_at__isnull=True
    ).exists()


def may_import(account: Account) -> bool:
    """Whether the account may load a list of units: organisers and clerks (below their own)."""
    return is_organiser(account) or is_clerk(account)


def _serves_organising_unit(account: Account, role: str) -> bool:
    return _organising(account, role).exists()


def _organising(account: Account, role: str) -> QuerySet[Membership]:
    return Membership.objects.filter(
        account=account,
        organisation__code__in=planting.ORGANISING,
        role=role,
        ended_at__isnull=True,
    )
