"""People begin and end to serve a unit. Both are on the record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.events import AccountClosed
from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.orgs.models import Membership, Organisation, Role


@transaction.atomic
def appoint(
    *, account: Account, organisation: Organisation, role: str, by: Account | None, now: datetime
) -> Membership:
    """The account serves the unit in `role`. Appointing again gives the membership it has."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    live = Membership.objects.filter(
        account=account, organisation=organisation, role=Role(role), ended_at__isnull=True
    ).first()
    if live is not None:
        return live
    membership = Membership.objects.create(
        account=account, organisation=organisation, role=Role(role), since=now
    )
    _record(membership, act="membership.appointed", by=by, now=now)
    return membership


@transaction.atomic
def end(*, membership_id: UUID, by: Account | None, now: datetime) -> Membership:
    """The membership ends; ending it again changes nothing."""
    membership = Membership.objects.select_for_update(no_key=True).get(pk=membership_id)
    if membership.ended_at is None:
        membership.ended_at = now
        membership.save(update_fields=["ended_at"])
        _record(membership, act="membership.ended", by=by, now=now)
    return membership


@transaction.atomic
def end_all(event: AccountClosed) -> None:
    """Who closed the account serves nowhere any more: works must not wait for them."""
    live = Membership.objects.filter(account_id=event.account_id, ended_at__isnull=True)
    for membership in live.order_by("pk"):
        end(membership_id=membership.pk, by=None, now=event.at)


def _record(membership: Membership, *, act: str, by: Account | None, now: datetime) -> None:
    records.write(
        now=now,
        act=act,
        thing="membership",
        thing_id=str(membership.pk),
        audience=Audience.STAFF,
        actor=by,
        unit_name=membership.organisation.name,
        details={
            "account": str(membership.account_id),
            "organisation": membership.organisation.code,
            "role": membership.role,
        },
    )
