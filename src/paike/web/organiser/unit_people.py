"""Who serves a unit: inviting colleagues, ending memberships, the staff of the organising units."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from paike.accounts.actions import totp_resets
from paike.accounts.queries import staff as staff_accounts
from paike.kernel import clock
from paike.orgs import access
from paike.orgs.actions import memberships as actions
from paike.orgs.actions import staff_invitations
from paike.orgs.queries import invitations, memberships, units
from paike.web.organiser.unit_forms import ROLE_NAMES, InvitationForm
from paike.web.organiser.unit_pages import call_of, managed, render_unit, role_choices
from paike.web.shared import gate
from paike.web.shared.templatetags.paike import in_language


@require_POST
@gate.open_to(gate.strong)
def invite(request: HttpRequest, slug: str, unit_id: UUID) -> HttpResponse:
    """A one-time link for a colleague. It is shown here, once, and stored nowhere."""
    campaign, unit = call_of(slug), managed(request, unit_id)
    account = gate.account(request)
    form = InvitationForm(request.POST, roles=role_choices(account, unit))
    if not form.is_valid():
        return render_unit(request, campaign, unit, invitation_form=form, open="invitation")
    role = form.cleaned_data["role"]
    gate.require(access.may_appoint(account, unit, role))
    invitation, token = staff_invitations.issue(
        organisation=unit, role=role, by=account, now=clock.now()
    )
    return render_unit(
        request,
        campaign,
        unit,
        invitation=invitation,
        invitation_role=ROLE_NAMES[invitation.role],
        invitation_url=request.build_absolute_uri(reverse("staff-invitation", args=[token])),
    )


@require_POST
@gate.open_to(gate.strong)
def revoke(request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """An unused invitation stops to work."""
    invitation = gate.find(invitations.staff_invitation(invitation_id))
    account, unit = gate.account(request), invitation.organisation
    gate.require(access.may_appoint(account, unit, invitation.role))
    staff_invitations.revoke(invitation_id=invitation.pk, by=account, now=clock.now())
    messages.success(request, _("邀请已撤回，链接不再有效。"))
    return redirect("unit", call_of(slug).slug, unit.pk)


@require_POST
@gate.open_to(gate.strong)
def end(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """Somebody stops serving the unit."""
    membership = gate.find(memberships.by_id(membership_id))
    account, unit = gate.account(request), membership.organisation
    gate.require(access.may_appoint(account, unit, membership.role))
    actions.end(membership_id=membership.pk, by=account, now=clock.now())
    messages.success(request, _("任命已结束。"))
    return redirect("unit", call_of(slug).slug, unit.pk)


@require_safe
@gate.open_to(gate.strong)
def staff(request: HttpRequest, slug: str) -> HttpResponse:
    """Organisers and editors, by the unit they serve."""
    gate.require(access.is_organiser(gate.account(request)))
    groups = [
        (
            unit,
            [(one, ROLE_NAMES[one.role]) for one in memberships.of_organisation(organisation=unit)],
        )
        for unit in units.organising()
    ]
    return render(
        request, "organiser/units/staff.html", {"campaign": call_of(slug), "groups": groups}
    )


@require_POST
@gate.open_to(gate.strong)
def reset_totp(request: HttpRequest, slug: str, account_id: UUID) -> HttpResponse:
    """A colleague or juror lost the authenticator: the next sign-in sets up a new one."""
    campaign, other = call_of(slug), gate.find(staff_accounts.by_id(account_id))
    account = gate.account(request)
    gate.require(access.may_reset_totp(account, other))
    reason = request.POST.get("reason", "")[:500]
    try:
        totp_resets.reset(account=other, by=account, reason=reason, now=clock.now())
        messages.success(request, _("已重置，对方会收到通知。"))
    except (totp_resets.NoReason, totp_resets.NothingToReset) as refusal:
        messages.error(request, in_language(refusal.text))
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("units", campaign.slug)
