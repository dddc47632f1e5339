"""For development only: what was sent by SMS and mail, and the demo's clock."""

import os
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.kernel import clock
from paike.notify.queries import outbox
from paike.web.shared import gate
from paike.web.shared.cards import Words

INTO = timedelta(hours=1)  # presets go a little past the border


@dataclass(frozen=True)
class Preset:
    """A moment worth looking at."""

    name: Words
    at: datetime


class ClockForm(forms.Form):
    moment = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )


@gate.open_to(gate.development)
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("to", "").strip()
    context = {
        "letters": [
            (letter, datetime.fromisoformat(letter.at)) for letter in outbox.letters(to=wanted)
        ],
        "to": wanted,
        "now": clock.now(),
        "can_move": bool(os.environ.get("PAIKE_CLOCK_FILE")),
        "presets": _presets(campaigns.current()),
    }
    return render(request, "development/home.html", context)


@gate.open_to(gate.development)
@never_cache
@require_safe
def outbox_json(request: HttpRequest) -> HttpResponse:
    """The outbox for scripts, latest first: `{"letters": [{at, channel, to, subject, text}]}`."""
    found = outbox.letters(to=request.GET.get("to", "").strip())
    return JsonResponse({"letters": [asdict(letter) for letter in found]})


@gate.open_to(gate.development)
@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Move the demo's clock. Without PAIKE_CLOCK_FILE it does not exist."""
    gate.require(bool(os.environ.get("PAIKE_CLOCK_FILE")))
    form = ClockForm(request.POST)
    if form.is_valid():
        clock.move_to(form.cleaned_data["moment"])
        messages.success(request, _("时钟已调整。"))
    else:
        messages.error(request, _("时间格式不对，例如 2021-03-01T09:00。"))
    return redirect("dev-home")


def _presets(campaign: Campaign | None) -> list[Preset]:
    if campaign is None:
        return []
    book = campaigns.rulebook_of(campaign)
    presets = [Preset(name=stage.name, at=stage.start + INTO) for stage in book.stages]
    return sorted(presets, key=lambda preset: preset.at)
