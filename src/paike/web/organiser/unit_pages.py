"""What the page of a unit shows, whoever asked for it and after whichever act."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.queries import units as entry_units
from paike.kernel import clock
from paike.kernel.text import Text
from paike.orgs import access
from paike.orgs.models import Organisation, Role
from paike.orgs.queries import invitations, memberships, organisations, units
from paike.orgs.rules import levels
from paike.review.queries import branches
from paike.web.organiser.unit_forms import LEVEL_NAMES, ROLE_NAMES, InvitationForm, UnitForm
from paike.web.shared import gate

FIGURES = {
    "invited": Text("扫码或链接来的", "Came by link"),
    "people": Text("参与人数", "People"),
    "drafts": Text("草稿", "Drafts"),
    "submitted": Text("已提交", "Submitted"),
    "waiting": Text("审核中", "Under review"),
    "returned": Text("待修改", "To be changed"),
    "accepted": Text("审核通过", "Accepted"),
    "recommended": Text("已推荐", "Recommended"),
    "shortlisted": Text("已入围", "Shortlisted"),
}


def call_of(slug: str) -> Campaign:
    return gate.find(campaigns.by_slug(slug))


def managed(request: HttpRequest, unit_id: UUID) -> Organisation:
    """The unit, if this account looks after it."""
    unit = gate.find(organisations.by_id(unit_id))
    gate.require(access.may_manage(gate.account(request), unit))
    return unit


def level_choices(unit: Organisation) -> list[tuple[str, str]]:
    """The levels that may stand under this unit, nearest first."""
    return [
        (level, str(LEVEL_NAMES[level]))
        for level in LEVEL_NAMES
        if level != "national" and levels.may_stand_under(level, unit.level)
    ]


def role_choices(account: Account, unit: Organisation) -> list[tuple[str, str]]:
    """The roles this account may give in the unit."""
    return [
        (role, str(ROLE_NAMES[role])) for role in Role if access.may_appoint(account, unit, role)
    ]


def render_unit(
    request: HttpRequest, campaign: Campaign, unit: Organisation, **more: Any
) -> HttpResponse:
    """The page of a unit; `more` replaces or adds to what it shows."""
    account, now = gate.account(request), clock.now()
    rulebook = campaigns.rulebook_of(campaign)
    link = invitations.link_of(organisation=unit, campaign_id=campaign.pk)
    road = organisations.line_of(unit)[1:]
    context: dict[str, Any] = {
        "campaign": campaign,
        "rulebook": rulebook,
        "sends_in": entry_units.may_send_in(unit, rulebook=rulebook),
        "unit": unit,
        "level": LEVEL_NAMES[unit.level],
        "above": [one for one in reversed(road) if access.may_manage(account, one)],
        "children": units.below(unit)[: units.PAGE],
        "more_children": organisations.children(unit).count() > units.PAGE,
        "people": [
            (
                one,
                ROLE_NAMES[one.role],
                access.may_appoint(account, unit, one.role),
                access.may_reset_totp(account, one.account),
            )
            for one in memberships.of_organisation(organisation=unit)
        ],
        "waiting": [
            (one, ROLE_NAMES[one.role])
            for one in invitations.open_staff_invitations(organisation=unit, now=now)
        ],
        "figures": _figures(campaign, unit),
        "link": link,
        "join_url": request.build_absolute_uri(reverse("join", args=[link.code])) if link else "",
        "unit_form": UnitForm(levels=level_choices(unit)),
        "invitation_form": InvitationForm(roles=role_choices(account, unit)),
        "may_have_children": bool(level_choices(unit)),
    }
    return render(request, "organiser/units/unit.html", context | more)


def _figures(campaign: Campaign, unit: Organisation) -> list[tuple[Text, int]]:
    """What the page counts, each with its name."""
    counted = branches.figures(campaign_id=campaign.pk, unit=unit)
    return [(name, getattr(counted, key)) for key, name in FIGURES.items()]
