"""Works on their way up, for tests: waiting at a unit, accepted, recommended, shortlisted.

Everything after the gate goes through the real actions; up to the gate plain rows are enough.
"""

import itertools
from datetime import datetime
from typing import Any

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns as campaign_queries
from paike.campaigns.rules import stages
from paike.campaigns.rules.collecting import Deed
from paike.entries.models import Entry, Route, Version
from paike.media.models import Inspection
from paike.orgs.models import Organisation, Role
from paike.orgs.queries import memberships, organisations
from paike.review.actions import decisions, recommendation_lists, referrals, shortlists
from paike.review.models import RecommendationList, Referral, Shortlist
from paike.review.queries import recommendation_lists as lists
from paike.review.queries import referrals as referral_queries
from paike.review.queries import shortlists as shortlist_queries
from tests.factories import campaigns, media, orgs

_number = itertools.count(1)


def moment(campaign: Campaign, deed: Deed) -> datetime:
    """The middle of the time in which a call allows a deed."""
    window = stages.window(campaign_queries.rulebook_of(campaign), deed)
    assert window is not None
    return window.start + (window.end - window.start) / 2


def small_call(size: int = 6, **values: Any) -> Campaign:
    """A call with a shortlist of `size` (5 or more), every work of which gets a prize: one on each
    level, and the rest on the last."""
    replace = {
        "shortlist = 100": f"shortlist = {size}",
        "count = 3\n": "count = 1\n",
        "count = 10\n": "count = 1\n",
        "count = 20\n": "count = 1\n",
        "count = 30\n": "count = 1\n",
        "count = 37\n": f"count = {size - 4}\n",
    }
    return campaigns.campaign(**{"replace": replace, **values})


def clerk_of(unit: Organisation) -> Account:
    """The unit's clerk; appointed where there is none."""
    serving = memberships.clerks_of(organisation=unit)
    return serving[0] if serving else orgs.clerk(unit)


def organiser() -> Account:
    serving = memberships.people_with_role(role=Role.ORGANISER)
    return serving[0] if serving else orgs.organiser()


def version(
    *,
    campaign: Campaign,
    unit: Organisation | None = None,
    entry: Entry | None = None,
    now: datetime | None = None,
    cleared: bool = True,
    title: str = "",
    theme: str = "",
    owner: Account | None = None,
    **fields: Any,
) -> Version:
    """A submitted version: of a new entry from `unit` (none: the individual route), or the next
    of `entry`; cleared by the gate unless told otherwise."""
    now = now or moment(campaign, "submit")
    number = next(_number)
    entry = entry or _entry(campaign, unit, owner, now, title or f"第{number}个故事", theme, fields)
    film = media.sealed_object(
        content=f"film {number}".encode(), owner=entry.owner, subject_id=entry.pk, now=now
    )
    Entry.objects.filter(pk=entry.pk).update(film=film)
    named = organisations.body_of(entry.unit) if entry.unit else None
    inspection = Inspection.objects.create(
        film=film, limits={}, requested_at=now, finished_at=now, outcome="pass" if cleared else ""
    )
    return Version.objects.create(
        entry=entry,
        number=entry.versions.count() + 1,
        film=film,
        inspection=inspection,
        composed_title=f"{named.short_name if named else entry.workplace} {entry.title}",
        snapshot={"title": entry.title, "theme": entry.theme, "credit": entry.credit},
        submitted_at=now,
        cleared_at=now if cleared else None,
    )


def _entry(
    campaign: Campaign,
    unit: Organisation | None,
    owner: Account | None,
    now: datetime,
    title: str,
    theme: str,
    fields: dict[str, Any],
) -> Entry:
    rulebook = campaign_queries.rulebook_of(campaign)
    return Entry.objects.create(
        campaign=campaign,
        owner=owner or Account.objects.create(created_at=now),
        number=Entry.objects.filter(campaign=campaign, number__isnull=False).count() + 1,
        created_at=now,
        updated_at=now,
        route=Route.RECOMMENDED if unit else Route.INDIVIDUAL,
        unit=unit,
        workplace="" if unit else "长江航道局",
        theme=theme or rulebook.themes[0].key,
        title=title,
        synopsis="一个人，一辈子，一件事。",
        credit_kind="authors",
        credit="张三",
        **fields,
    )


def waiting(*, campaign: Campaign, unit: Organisation | None = None, **values: Any) -> Referral:
    """A work that waits at its first unit (none given: at the undertaker's desk)."""
    if unit is None:
        orgs.tree()
    made = version(campaign=campaign, unit=unit, **values)
    opened = referrals.open_first(version_id=made.pk, now=made.submitted_at)
    assert opened is not None
    return opened


def accepted(*, campaign: Campaign, unit: Organisation | None = None, **values: Any) -> Entry:
    """A work that every unit on its road accepted: a candidate for its body's list, or, on the
    individual route, for the shortlist."""
    now = moment(campaign, "review")
    referral: Referral | None = waiting(campaign=campaign, unit=unit, **values)
    assert referral is not None
    entry = referral.entry
    while referral is not None and referral.closed_at is None:
        clerk = clerk_of(referral.unit)
        decisions.decide(referral_id=referral.pk, outcome="accept", by=clerk, now=now)
        referral = referral_queries.latest(entry_id=entry.pk)
    return entry


def recommendation_list(
    *,
    campaign: Campaign,
    body: Organisation | None = None,
    ranked: int = 3,
    reserve: int = 0,
    submitted: bool = True,
    **values: Any,
) -> RecommendationList:
    """A body's list (Guangdong unless told otherwise) with new works on it."""
    body = body or orgs.body()
    clerk, now = clerk_of(body), moment(campaign, "recommend")
    for place in range(ranked + reserve):
        entry = accepted(campaign=campaign, unit=body, **values)
        kept = lists.of_body(campaign_id=campaign.pk, body_id=body.pk)
        assert kept is not None
        recommendation_lists.add(
            list_id=kept.pk, entry_id=entry.pk, by=clerk, now=now, reserve=place >= ranked
        )
    kept = recommendation_lists.ensure(campaign=campaign, body=body, now=now)
    if submitted:
        return recommendation_lists.submit(list_id=kept.pk, by=clerk, now=now)
    return kept


def recommended(*, campaign: Campaign, number: int, **values: Any) -> list[Entry]:
    """Works on submitted lists, spread over as many bodies as the quota needs."""
    orgs.tree()
    rulebook = campaign_queries.rulebook_of(campaign)
    funnel, bodies = rulebook.funnel, iter(organisations.bodies(rulebook))
    left = number
    while left > 0:
        most = funnel.recommend_max
        rest = left - most
        share = (
            left if left <= most else most if rest >= funnel.recommend_min else funnel.recommend_min
        )
        ranked = max(share, funnel.recommend_min)
        recommendation_list(campaign=campaign, body=next(bodies), ranked=ranked, **values)
        left -= share
    return [row.entry for row in lists.recommended(campaign_id=campaign.pk)][:number]


def shortlist(
    *, campaign: Campaign, sealed: bool = True, individuals: int = 0, **values: Any
) -> Shortlist:
    """The call's shortlist, full and, unless told otherwise, sealed."""
    by, now = organiser(), moment(campaign, "shortlist")
    size = campaign_queries.rulebook_of(campaign).funnel.shortlist
    chosen = [accepted(campaign=campaign, **values) for _ in range(individuals)]
    chosen += recommended(campaign=campaign, number=size - individuals, **values)
    shortlists.add(campaign_id=campaign.pk, entry_ids=[one.pk for one in chosen], by=by, now=now)
    if sealed:
        return shortlists.seal(campaign_id=campaign.pk, reason="评选会议一致通过。", by=by, now=now)
    made = shortlist_queries.of_campaign(campaign_id=campaign.pk)
    assert made is not None
    return made


def shortlisted(*, campaign: Campaign) -> list[Entry]:
    """The entries of the sealed shortlist by number."""
    ids = shortlist_queries.sealed_ids(campaign_id=campaign.pk)
    found = Entry.objects.in_bulk(ids)
    return [found[one] for one in ids]


def shortlistings(*, campaign: Campaign) -> list[Entry]:
    """What stands on the shortlist, sealed or not."""
    return [one.entry for one in shortlist_queries.shortlistings(campaign_id=campaign.pk)]
