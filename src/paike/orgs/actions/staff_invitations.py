"""Invite a colleague to serve a unit: a link that works once, for a week. Only its hash is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.kernel.text import Text
from paike.orgs import access
from paike.orgs.actions import memberships
from paike.orgs.models import Membership, Organisation, Role, StaffInvitation

LASTS = timedelta(days=7)


class Expired(Exception):
    """The link was used, revoked or is too old."""

    text = Text(
        zh="这个邀请链接已经使用过或已过期。请向邀请您的同事要一个新的。",
        en="This invitation was used already or has expired. Ask your colleague for a new one.",
    )


@transaction.atomic
def issue(
    *, organisation: Organisation, role: str, by: Account | None, now: datetime
) -> tuple[StaffInvitation, str]:
    """An invitation and the token of its link, which is shown once and never stored."""
    token = secrets.token_urlsafe(32)
    invitation = StaffInvitation.objects.create(
        organisation=organisation,
        role=Role(role),
        token_hash=_hash(token),
        created_by=by,
        created_at=now,
        expires_at=now + LASTS,
    )
    _record(invitation, act="staff-invitation.issued", by=by, now=now)
    return invitation, token


def find(token: str, now: datetime) -> StaffInvitation | None:
    """The invitation of a link that still works. It does no more once its issuer may not appoint
    any longer: who was released must not come back by a link made before."""
    found = StaffInvitation.objects.filter(
        token_hash=_hash(token), accepted_at__isnull=True, expires_at__gt=now
    )
    invitation = found.select_related("organisation", "created_by").first()
    if invitation is None or invitation.created_by is None:
        return invitation
    unit, role = invitation.organisation, invitation.role
    return invitation if access.may_appoint(invitation.created_by, unit, role) else None


@transaction.atomic
def accept(token: str, account: Account, now: datetime) -> Membership:
    """The account serves the unit; the link works no more. Raises Expired."""
    list(StaffInvitation.objects.select_for_update(no_key=True).filter(token_hash=_hash(token)))
    invitation = find(token, now)
    if invitation is None:
        raise Expired
    invitation.accepted_at = now
    invitation.accepted_by = account
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _record(invitation, act="staff-invitation.accepted", by=account, now=now)
    return memberships.appoint(
        account=account,
        organisation=invitation.organisation,
        role=invitation.role,
        by=invitation.created_by,
        now=now,
    )


@transaction.atomic
def revoke(*, invitation_id: UUID, by: Account, now: datetime) -> None:
    """An unused link stops to work; a used one is left alone."""
    invitation = StaffInvitation.objects.select_for_update(no_key=True).get(pk=invitation_id)
    if invitation.accepted_at is None and invitation.expires_at > now:
        invitation.expires_at = now
        invitation.save(update_fields=["expires_at"])
        _record(invitation, act="staff-invitation.revoked", by=by, now=now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _record(invitation: StaffInvitation, *, act: str, by: Account | None, now: datetime) -> None:
    records.write(
        now=now,
        act=act,
        thing="staff-invitation",
        thing_id=str(invitation.pk),
        audience=Audience.STAFF,
        actor=by,
        unit_name=invitation.organisation.name,
        details={"organisation": invitation.organisation.code, "role": invitation.role},
    )
