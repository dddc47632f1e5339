"""Links by which people come: to a unit as entrants, or into it as staff."""

from datetime import datetime
from uuid import UUID

from paike.kernel import ids
from paike.orgs.models import InviteLink, Organisation, StaffInvitation


def link_of(*, organisation: Organisation, campaign_id: UUID) -> InviteLink | None:
    """The unit's live link in a call."""
    return InviteLink.objects.filter(
        organisation=organisation, campaign_id=campaign_id, revoked_at__isnull=True
    ).first()


def by_code(code: str) -> InviteLink | None:
    """The live link with this code, with its unit; the code as typed."""
    found = InviteLink.objects.filter(code=ids.read_code(code), revoked_at__isnull=True)
    return found.select_related("organisation").first()


def open_staff_invitations(*, organisation: Organisation, now: datetime) -> list[StaffInvitation]:
    """Invitations into the unit that may still be accepted, newest first."""
    found = StaffInvitation.objects.filter(
        organisation=organisation, accepted_at__isnull=True, expires_at__gt=now
    )
    return list(found.order_by("-created_at"))


def staff_invitation(invitation_id: UUID) -> StaffInvitation | None:
    found = StaffInvitation.objects.select_related("organisation")
    return found.filter(pk=invitation_id).first()
