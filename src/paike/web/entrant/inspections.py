"""Another look at a film whose inspection did not end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paike.accounts.actions import attempts
from paike.entries.actions import inspections
from paike.kernel import clock
from paike.media.actions import inspections as media
from paike.web.entrant import drafts, pages
from paike.web.entrant.forms import say
from paike.web.shared import gate


@require_POST
@gate.open_to(gate.signed_in)
def create(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Have the film inspected again; a few times a day."""
    account = gate.account(request)
    entry = pages.load(entry_id, account)
    drafts.save_along(request, entry, by=account)
    try:
        inspections.run_again(entry=entry, by=account, now=clock.now())
        messages.success(request, _("正在重新检测，结果会显示在这里。"))
    except (inspections.NothingToInspect, media.NothingToRepeat, attempts.TooMany) as refusal:
        messages.error(request, say(refusal.text))
    return redirect("entry", entry.pk)
