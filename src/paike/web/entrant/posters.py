"""The picture that stands for the work: its author takes another of the candidates."""

import contextlib
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paike.entries.actions import posters
from paike.kernel import clock
from paike.media.actions import renditions
from paike.web.entrant import drafts, pages
from paike.web.entrant.forms import say
from paike.web.shared import gate


@require_POST
@gate.open_to(gate.signed_in)
def choose(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The button of a candidate stands in the form, whose fields are saved along."""
    account = gate.account(request)
    entry = pages.load(entry_id, account)
    drafts.save_along(request, entry, by=account)
    wanted = UUID(int=0)
    with contextlib.suppress(ValueError):
        wanted = UUID(request.POST.get("poster", ""))
    try:
        posters.choose(entry=entry, rendition_id=wanted, by=account, now=clock.now())
        messages.success(request, _("封面已换。"))
    except (posters.NotNow, renditions.NoSuchPoster) as refusal:
        messages.error(request, say(refusal.text))
    return redirect("entry", entry.pk)
