"""The funnel: how far the works of each body have come."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel import clock
from paike.kernel.period import Period
from paike.kernel.text import Text
from paike.review.queries import recommendation_lists, works
from paike.review.rules import funnel
from paike.web.organiser import scope
from paike.web.shared import gate
from paike.web.shared.cards import Tile

STEPS = {
    "submitted": Text("报送", "Submitted"),
    "cleared": Text("检测通过", "Passed the check"),
    "accepted": Text("审核通过", "Accepted"),
    "recommended": Text("推荐", "Recommended"),
    "shortlisted": Text("入围", "Shortlisted"),
}


@require_safe
@gate.open_to(gate.strong)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Tiles for the whole call, a chart by body, the table behind it."""
    campaign = scope.campaign(request, slug)
    rulebook = campaigns.rulebook_of(campaign)
    rows = works.by_body(campaign)
    totals = funnel.total(row.counts for row in rows)
    address = reverse("organise-entries", args=[slug])
    submitted = [
        one
        for one in recommendation_lists.of_campaign(campaign_id=campaign.pk)
        if one.submitted_at is not None
    ]
    context = {
        "campaign": campaign,
        "stage": stages.at(rulebook, clock.now()),
        "tiles": [
            Tile(str(totals[step]), name, Text("部", ""), url=f"{address}?step={step}")
            for step, name in STEPS.items()
        ],
        "steps": STEPS,
        "rows": [_row(row) for row in rows],
        "totals": [totals[step] for step in STEPS],
        "chart": [
            {
                "name": _name(row),
                "parts": funnel.parts(row.counts),
                "total": row.counts.get("submitted", 0),
            }
            for row in rows
        ],
        "others": _others(campaign),
        "lists": len(submitted),
        "bodies": len(rulebook.bodies),
    }
    return render(request, "organiser/overview.html", context)


def _others(campaign: Campaign) -> list[tuple[str, Rulebook, Period | None]]:
    """The other calls of this installation; when they collect tells those of one name apart."""
    found = [one for one in campaigns.opened() if one.pk != campaign.pk]
    rulebooks = [(one.slug, campaigns.rulebook_of(one)) for one in found]
    return [(slug, rulebook, stages.window(rulebook, "submit")) for slug, rulebook in rulebooks]


def _row(row: works.Row) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": _name(row),
        "cells": [(step, name, row.counts.get(step, 0)) for step, name in STEPS.items()],
    }


def _name(row: works.Row) -> str:
    if row.body is None:
        return _("个人报送")
    english = (get_language() or "").startswith("en")
    return row.body.short_words.in_language("en" if english else "zh")
