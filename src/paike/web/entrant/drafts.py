"""Begin a work and save it while it is typed."""

import re
from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.entries.actions import entries as actions
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.entries.rules import form as rules
from paike.kernel import clock
from paike.orgs.models import Organisation
from paike.orgs.queries import invitations
from paike.web.entrant import forms, pages
from paike.web.shared import gate

REVISION = re.compile(r"[0-9]{1,9}")
INVITE = "invite_code"  # the session key that the unit's invite page sets


@gate.open_to(gate.signed_in)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """What to have ready, and the button that begins a draft. Fields sent along are saved in it."""
    account, campaign = gate.account(request), gate.find(campaigns.by_slug(slug))
    gate.find(campaign.opened_at)
    rulebook, unit = campaigns.rulebook_of(campaign), _invited_by(request, campaign)
    takes = stages.allows(rulebook, "submit", clock.now())
    if request.method != "POST" or not takes:
        window = stages.window(rulebook, "submit")
        context = {
            "campaign": campaign,
            "rulebook": rulebook,
            "unit": unit,
            "takes": takes,
            "window": window,
        }
        return render(request, "entrant/entry_new.html", context)
    try:
        entry = actions.begin(campaign=campaign, owner=account, unit=unit, now=clock.now())
    except (actions.Closed, actions.TooManyDrafts) as fault:
        messages.error(request, forms.say(fault.text))
        return redirect("my-entries")
    sent = forms.changes(request.POST)
    if sent:
        actions.save_draft(entry=entry, by=account, changes=sent, now=clock.now())
    return redirect("entry", entry_id=entry.pk)


@gate.open_to(gate.signed_in)
@require_POST
def save(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Save the fields that were sent. The page's script sends the changed ones as they are typed
    and reads JSON; without script the form's button sends all."""
    account = gate.account(request)
    entry = pages.load(entry_id, account)
    by_script = "application/json" in request.headers.get("Accept", "")
    seen = request.POST.get("seen", "")
    try:
        saved = actions.save_draft(
            entry=entry,
            by=account,
            changes=forms.changes(request.POST),
            seen=int(seen) if REVISION.fullmatch(seen) else None,
            now=clock.now(),
        )
    except actions.Locked as fault:
        if by_script:
            return JsonResponse({"locked": forms.say(fault.text)}, status=409)
        messages.error(request, forms.say(fault.text))
        return redirect("entry", entry_id=entry.pk)
    return _told(saved) if by_script else _shown(request, saved)


def save_along(request: HttpRequest, entry: Entry, *, by: Account) -> None:
    """Keep what stands in the form when another of its buttons was pressed: without a script
    nothing else would. Faults wait for the submission, a locked form is as it was."""
    sent = forms.changes(request.POST)
    if sent:
        with suppress(actions.Locked):
            actions.save_draft(entry=entry, by=by, changes=sent, now=clock.now())


def _told(saved: actions.Saved) -> JsonResponse:
    return JsonResponse(
        {
            "revision": saved.entry.revision,
            "title": entries.preview_title(saved.entry),
            "faults": {fault.field: forms.say(fault.text) for fault in saved.faults},
            "overwritten": [forms.say(rules.NAMES[field]) for field in saved.overwritten],
        }
    )


def _shown(request: HttpRequest, saved: actions.Saved) -> HttpResponse:
    if saved.faults:
        context = pages.whole(saved.entry, clock.now(), faults=saved.faults)
        return render(request, "entrant/entry.html", context, status=422)
    messages.success(request, _("草稿已保存。"))
    return redirect("entry", entry_id=saved.entry.pk)


def _invited_by(request: HttpRequest, campaign: Campaign) -> Organisation | None:
    """The unit whose link or QR brought this person here."""
    code = request.session.get(INVITE)
    link = invitations.by_code(code) if isinstance(code, str) else None
    if link is None or link.campaign_id != campaign.pk:
        return None
    return link.organisation
