"""A unit's own link: whoever follows it enters the call with that unit chosen."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.orgs.models import InviteLink, Organisation


@transaction.atomic
def issue(
    *, organisation: Organisation, campaign_id: UUID, by: Account | None, now: datetime
) -> InviteLink:
    """The unit's live link in the call; made when there is none."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    live = _live(organisation, campaign_id)
    if live is not None:
        return live
    link = InviteLink.objects.create(
        organisation=organisation, campaign_id=campaign_id, created_by=by, created_at=now
    )
    _record(link, act="invite-link.issued", by=by, now=now)
    return link


@transaction.atomic
def renew(
    *, organisation: Organisation, campaign_id: UUID, by: Account | None, now: datetime
) -> InviteLink:
    """Another link in place of the live one, which stops to work: posters must be printed anew."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    live = _live(organisation, campaign_id)
    if live is not None:
        live.revoked_at = now
        live.save(update_fields=["revoked_at"])
        _record(live, act="invite-link.revoked", by=by, now=now)
    return issue(organisation=organisation, campaign_id=campaign_id, by=by, now=now)


def _live(organisation: Organisation, campaign_id: UUID) -> InviteLink | None:
    return InviteLink.objects.filter(
        organisation=organisation, campaign_id=campaign_id, revoked_at__isnull=True
    ).first()


def _record(link: InviteLink, *, act: str, by: Account | None, now: datetime) -> None:
    records.write(
        now=now,
        act=act,
        thing="invite-link",
        thing_id=str(link.pk),
        audience=Audience.STAFF,
        actor=by,
        unit_name=link.organisation.name,
        campaign_id=link.campaign_id,
        details={"organisation": link.organisation.code},
    )
