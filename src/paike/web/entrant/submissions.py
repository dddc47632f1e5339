"""Submit a work."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paike.entries.actions import entries as drafts
from paike.entries.actions import versions
from paike.kernel import clock
from paike.web.entrant import forms, pages
from paike.web.shared import gate


@gate.open_to(gate.signed_in)
@require_POST
def create(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Save what stands in the form, then submit it. Every fault comes back at its field at once,
    and what was typed stays."""
    account, now = gate.account(request), clock.now()
    entry = pages.load(entry_id, account)
    signed = request.POST.getlist("declarations")
    sent = forms.changes(request.POST)
    try:
        saved = drafts.save_draft(entry=entry, by=account, changes=sent, now=now) if sent else None
        if saved is not None and saved.faults:
            raise versions.Incomplete(saved.faults)
        versions.submit(entry=entry, by=account, declarations=signed, now=now)
    except versions.Incomplete as fault:
        fresh = pages.load(entry_id, account)
        context = pages.whole(fresh, now, faults=fault.faults, signed=signed)
        return render(request, "entrant/entry.html", context, status=422)
    except drafts.Locked:
        pass  # a second tap: the page shows that the work is in
    except drafts.Closed as fault:
        messages.error(request, forms.say(fault.text))
    else:
        messages.success(request, _("作品已提交。每一步结果都会通知您。"))
    return redirect("entry", entry_id=entry_id)
