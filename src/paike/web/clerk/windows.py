"""Mobilisation windows: a unit says beforehand when its people will vote together."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.kernel import clock
from paike.kernel.period import Period
from paike.kernel.text import Text
from paike.orgs.models import Organisation
from paike.orgs.queries import organisations
from paike.review import access
from paike.review.queries import desks
from paike.voting.actions import mobilisation_windows as actions
from paike.voting.queries import mobilisation_windows as windows
from paike.voting.rules import grammar
from paike.web.shared import gate
from paike.web.shared.cards import Chip, Words

REFUSALS = (actions.NotAllowed, actions.NotPossible, actions.ReasonMissing)
WALL_CLOCK = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class CallLine:
    """A call in whose vote the unit has works, to go to."""

    name: Words
    vote: Period
    state: Chip
    url: str
    here: bool


RUNS = Chip(Text("投票进行中", "Vote under way"), "progress")
TO_COME = Chip(Text("投票未开始", "Vote to come"), "neutral")
OVER = Chip(Text("投票已结束", "Vote over"), "neutral")


class WindowForm(forms.Form):
    """Which work, from when to when by the call's wall clock, and what for."""

    entry = forms.ChoiceField(label=gettext_lazy("作品"))
    start = forms.DateTimeField(
        label=gettext_lazy("开始"),
        input_formats=[WALL_CLOCK],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WALL_CLOCK),
    )
    end = forms.DateTimeField(
        label=gettext_lazy("结束"),
        input_formats=[WALL_CLOCK],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WALL_CLOCK),
        help_text=gettext_lazy("一次最长 12 小时；一部作品合计最多占投票时间的四分之一。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("缘由（公开）"),
        max_length=200,
        help_text=gettext_lazy("例如：下班时在厂门口贴海报。"),
    )

    def __init__(self, *args: object, works: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        self.fields["entry"].choices = works  # type: ignore[attr-defined]  # a ChoiceField

    def moments(self, zone: str) -> tuple[datetime, datetime]:
        """Start and end as moments: what was typed is the wall clock of the call."""
        here = ZoneInfo(zone)
        typed = (self.cleaned_data["start"], self.cleaned_data["end"])
        return typed[0].replace(tzinfo=here), typed[1].replace(tzinfo=here)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.open_to(gate.strong)
def show(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The unit's windows, and the form for one more."""
    unit = gate.find(organisations.by_id(unit_id))
    gate.require(access.may_serve(gate.account(request), unit))
    now = clock.now()
    standing = windows.calls_of_unit(unit, now=now)
    campaign = _call(unit, standing, request.GET.get("call", ""))
    if campaign is None:
        return render(request, "clerk/windows.html", {"unit": unit})
    works = {str(one.pk): one for one in windows.works_of_unit(campaign_id=campaign.pk, unit=unit)}
    titles = entries.composed_titles(one.pk for one in works.values())
    form = WindowForm(
        request.POST or None, works=[(key, titles.get(one.pk, "")) for key, one in works.items()]
    )
    if request.method == "POST" and form.is_valid():
        entry = works[form.cleaned_data["entry"]]
        if _declare(request, form, campaign=campaign, unit=unit, entry=entry):
            return redirect(request.get_full_path())
    vote = grammar.window(campaigns.rulebook_of(campaign).ballot)
    context = {
        "unit": unit,
        "campaign": campaign,
        "calls": [_line(unit, one, here=one == campaign, now=now) for one in standing]
        if len(standing) > 1
        else [],
        "form": form if works and not vote.is_before(now) else None,
        "is_over": works and vote.is_before(now),
        "vote": vote,
        "windows": [
            (one, titles.get(one.entry_id, ""))
            for one in windows.of_unit(campaign_id=campaign.pk, unit=unit)
        ],
        "now": now,
    }
    return render(request, "clerk/windows.html", context)


def _call(unit: Organisation, standing: list[Campaign], slug: str) -> Campaign | None:
    """The call named in the address; without a name the first of those in whose vote the unit has
    works, or else the one on its desk."""
    found = next((one for one in standing if not slug or one.slug == slug), None)
    if found is not None:
        return found
    desk = desks.chosen(desks.of_units([unit]).get(unit.pk, []), slug)
    return desk.campaign if desk else None


def _line(unit: Organisation, call: Campaign, *, here: bool, now: datetime) -> CallLine:
    rulebook = campaigns.rulebook_of(call)
    vote = grammar.window(rulebook.ballot)
    state = RUNS if now in vote else TO_COME if vote.is_after(now) else OVER
    address = f"{reverse('unit-windows', args=[unit.pk])}?{urlencode({'call': call.slug})}"
    return CallLine(rulebook.name, vote, state, address, here)


def _declare(
    request: HttpRequest, form: WindowForm, *, campaign: Campaign, unit: Organisation, entry: Entry
) -> bool:
    start, end = form.moments(campaigns.rulebook_of(campaign).timezone)
    try:
        actions.declare(
            entry=entry,
            unit=unit,
            start=start,
            end=end,
            reason=form.cleaned_data["reason"],
            by=gate.account(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        messages.error(request, refusal.text.in_language(get_language() or "zh-hans"))
        return False
    messages.success(request, _("已声明，并已公开。"))
    return True
