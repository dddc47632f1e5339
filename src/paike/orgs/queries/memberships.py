"""Who serves where."""

from dataclasses import dataclass
from uuid import UUID

from paike.accounts.models import Account
from paike.orgs.models import Membership, Organisation, Role, StaffInvitation
from paike.orgs.rules import planting


@dataclass(frozen=True)
class Offices:
    """What an account is anywhere: what every page asks to show the ways that are open."""

    is_organiser: bool
    is_editor: bool
    is_clerk: bool


def offices(*, account: Account) -> Offices:
    """One query, where `orgs.access` asks one for each."""
    held = set(
        Membership.objects.filter(account=account, ended_at__isnull=True).values_list(
            "role", "organisation__code"
        )
    )
    organising = {role for role, code in held if code in planting.ORGANISING}
    return Offices(
        is_organiser=Role.ORGANISER in organising,
        is_editor=Role.EDITOR in organising,
        is_clerk=any(role == Role.CLERK for role, _code in held),
    )


def live(*, account: Account) -> list[Membership]:
    """The account's memberships that have not ended, with their units."""
    found = Membership.objects.filter(account=account, ended_at__isnull=True)
    return list(found.select_related("organisation").order_by("since"))


def of_organisation(*, organisation: Organisation) -> list[Membership]:
    """A unit's live memberships, with their accounts."""
    found = Membership.objects.filter(organisation=organisation, ended_at__isnull=True)
    return list(found.select_related("account").order_by("role", "since"))


def by_id(membership_id: UUID) -> Membership | None:
    found = Membership.objects.select_related("organisation", "account")
    return found.filter(pk=membership_id).first()


def has_clerk(*, organisation: Organisation) -> bool:
    """Whether somebody reviews for this unit."""
    return Membership.objects.filter(
        organisation=organisation, role=Role.CLERK, ended_at__isnull=True
    ).exists()


def clerks_of(*, organisation: Organisation) -> list[Account]:
    """The unit's clerks, longest serving first."""
    found = Membership.objects.filter(
        organisation=organisation, role=Role.CLERK, ended_at__isnull=True
    )
    return [one.account for one in found.select_related("account").order_by("since")]


def appointers(*, account: Account, role: str) -> set[UUID]:
    """Who invited the account to `role`, who invited those, and so on. Nobody, where whoever runs
    the machine did."""
    found: set[UUID] = set()
    new = {account.pk}
    while new:
        rows = StaffInvitation.objects.filter(
            accepted_by__in=new, role=role, created_by__isnull=False
        )
        new = set(rows.values_list("created_by_id", flat=True)) - found
        found |= new
    return found


def people_with_role(*, role: str) -> list[Account]:
    """Everybody who serves any unit in `role`."""
    return list(
        Account.objects.filter(memberships__role=role, memberships__ended_at__isnull=True)
        .distinct()
        .order_by("created_at")
    )
