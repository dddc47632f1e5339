"""Withdraw a work."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from paike.entries import access
from paike.entries.actions import withdrawals
from paike.kernel import clock
from paike.web.entrant import forms, pages
from paike.web.shared import gate

REASON_MAX = 500


@gate.open_to(gate.signed_in)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """What withdrawing means, and the button that does it."""
    account = gate.account(request)
    entry = pages.load(entry_id, account)
    if request.method != "POST" and access.may_withdraw(account, entry):
        context = {"entry": entry, "campaign": entry.campaign, "reason_max": REASON_MAX}
        return render(request, "entrant/withdrawal.html", context)
    if request.method != "POST":
        return redirect("entry", entry_id=entry.pk)
    reason = request.POST.get("reason", "")[:REASON_MAX]
    try:
        withdrawals.withdraw(entry=entry, by=account, reason=reason, now=clock.now())
    except (withdrawals.NotPossible, withdrawals.AlreadyShortlisted) as fault:
        messages.error(request, forms.say(fault.text))
        return redirect("entry", entry_id=entry.pk)
    messages.success(request, _("作品已撤回。"))
    return redirect("my-entries")
