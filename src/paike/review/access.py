"""Who may decide, rank and seal."""

from paike.accounts.models import Account
from paike.orgs import access as orgs_access
from paike.orgs.models import Organisation, Role
from paike.review.models import RecommendationList, Referral


def may_serve(account: Account, unit: Organisation) -> bool:
    """A clerk of exactly this unit: neither the unit above nor the one below decides for it."""
    return orgs_access.serves(account, unit, Role.CLERK)


def may_decide(account: Account, referral: Referral) -> bool:
    return may_serve(account, referral.unit)


def may_keep(account: Account, recommendation_list: RecommendationList) -> bool:
    """Rank and submit a body's list."""
    return may_serve(account, recommendation_list.body)


def may_read_list(account: Account, recommendation_list: RecommendationList) -> bool:
    """The body's own clerks always; organisers and editors once it is submitted."""
    if may_keep(account, recommendation_list):
        return True
    return recommendation_list.submitted_at is not None and (
        orgs_access.is_organiser(account) or orgs_access.is_editor(account)
    )


def may_organise(account: Account) -> bool:
    """Shortlist, seal, refill, disqualify, extend."""
    return orgs_access.is_organiser(account)


def may_judge_likeness(account: Account) -> bool:
    """See two works side by side whose films show the same, and say what that means."""
    return orgs_access.is_organiser(account) or orgs_access.is_editor(account)
