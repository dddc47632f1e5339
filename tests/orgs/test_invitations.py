"""Links: a unit's own for entrants, and one-time links for colleagues."""

from datetime import timedelta
from uuid import uuid4

import pytest

from paike.orgs import access
from paike.orgs.actions import invite_links, staff_invitations
from paike.orgs.actions import memberships as membership_actions
from paike.orgs.models import Role, StaffInvitation
from paike.orgs.queries import invitations, memberships
from tests.factories import accounts
from tests.factories import orgs as make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def test_a_unit_has_one_live_link_in_a_call() -> None:
    unit, call = make.unit(), uuid4()
    link = invite_links.issue(organisation=unit, campaign_id=call, by=None, now=NOW)
    assert invite_links.issue(organisation=unit, campaign_id=call, by=None, now=NOW) == link
    assert invitations.link_of(organisation=unit, campaign_id=call) == link
    typed = f"{link.code[:5].lower()}-{link.code[5:]}"
    assert invitations.by_code(typed) == link


def test_a_renewed_link_stops_the_old_one() -> None:
    unit, call = make.unit(), uuid4()
    old = invite_links.issue(organisation=unit, campaign_id=call, by=None, now=NOW)
    new = invite_links.renew(organisation=unit, campaign_id=call, by=None, now=NOW)
    assert invitations.by_code(old.code) is None
    assert invitations.by_code(new.code) == new


def test_a_staff_invitation_works_once_and_only_its_hash_is_kept() -> None:
    unit = make.unit()
    invitation, token = staff_invitations.issue(
        organisation=unit, role=Role.CLERK, by=None, now=NOW
    )
    assert token not in str(StaffInvitation.objects.values().get())
    assert staff_invitations.find(token, NOW) == invitation
    colleague = accounts.staff_account()
    staff_invitations.accept(token, colleague, NOW)
    assert access.serves(colleague, unit, Role.CLERK)
    assert staff_invitations.find(token, NOW) is None
    with pytest.raises(staff_invitations.Expired):
        staff_invitations.accept(token, accounts.staff_account(), NOW)


def test_a_staff_invitation_ends_after_a_week_or_when_revoked() -> None:
    unit, by = make.unit(), make.organiser()
    invitation, token = staff_invitations.issue(organisation=unit, role=Role.CLERK, by=by, now=NOW)
    assert staff_invitations.find(token, NOW + timedelta(days=7)) is None
    assert invitations.open_staff_invitations(organisation=unit, now=NOW) == [invitation]
    staff_invitations.revoke(invitation_id=invitation.pk, by=by, now=NOW)
    assert staff_invitations.find(token, NOW) is None
    assert invitations.open_staff_invitations(organisation=unit, now=NOW) == []
    with pytest.raises(staff_invitations.Expired):
        staff_invitations.accept(token, by, NOW)


def test_the_links_of_who_may_not_appoint_any_longer_stop() -> None:
    unit = make.unit()
    clerk = make.clerk(unit)
    _, token = staff_invitations.issue(organisation=unit, role=Role.CLERK, by=clerk, now=NOW)
    assert staff_invitations.find(token, NOW) is not None
    (membership,) = memberships.live(account=clerk)
    membership_actions.end(membership_id=membership.pk, by=None, now=NOW)
    assert staff_invitations.find(token, NOW) is None
    with pytest.raises(staff_invitations.Expired):
        staff_invitations.accept(token, accounts.staff_account(), NOW)
