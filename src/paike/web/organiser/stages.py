"""Extending a stage, and the amendments made in public so far."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from paike.campaigns.actions import amendments as actions
from paike.campaigns.queries import amendments, campaigns
from paike.campaigns.rules import faults, stages
from paike.kernel import clock
from paike.web.organiser import scope
from paike.web.organiser.forms import ExtensionForm
from paike.web.shared import gate, moments

REFUSALS = (
    actions.NotOpen,
    actions.NoReason,
    actions.NoSuchStage,
    actions.NotLater,
    actions.NothingChanged,
    actions.Forbidden,
    faults.Faulty,
)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.open_to(gate.strong)
def extend(request: HttpRequest, slug: str) -> HttpResponse:
    """A later end for a stage: a public, reasoned act."""
    campaign = scope.campaign(request, slug)
    rulebook = campaigns.rulebook_of(campaign)
    now = clock.now()
    zone = ZoneInfo(rulebook.timezone)
    language, here = get_language() or "zh-hans", now.astimezone(zone)
    choices = [
        (
            stage.key,
            " · ".join(
                (
                    stage.name.in_language(language),
                    moments.moment(stage.end.astimezone(zone), here).in_language(language),
                )
            ),
        )
        for stage in rulebook.stages
        if now < stage.end
    ]
    running = stages.at(rulebook, now)
    form = ExtensionForm(
        request.POST or None,
        stages=choices,
        initial={"stage": running.key, "new_end": running.end.astimezone(zone)} if running else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend_stage(
                campaign_id=campaign.pk,
                stage=form.cleaned_data["stage"],
                new_end=form.end_in(rulebook.timezone),
                reason=form.cleaned_data["reason"],
                by=gate.account(request),
                now=now,
            )
            messages.success(request, _("已延期，修订记录向公众公开。"))
            return redirect("amendments", slug)
        except REFUSALS as refusal:
            scope.say(request, refusal)
    return render(request, "organiser/extension.html", {"campaign": campaign, "form": form})


@require_safe
@gate.open_to(gate.strong)
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """All amendments, newest first."""
    campaign = scope.campaign(request, slug)
    context = {"campaign": campaign, "amendments": amendments.of_campaign(campaign)}
    return render(request, "organiser/amendments.html", context)
