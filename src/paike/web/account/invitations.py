"""A colleague accepts an invitation: with a new account, or with the one they are signed in with."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from paike.accounts.actions import staff as staff_actions
from paike.accounts.models import Account
from paike.accounts.rules import usernames
from paike.kernel import clock
from paike.orgs.actions import staff_invitations
from paike.web.account import pending
from paike.web.account.forms import StaffAccountForm, say
from paike.web.shared import gate


@gate.open_to(gate.anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose name and password; the authenticator app follows at once."""
    now = clock.now()
    invitation = staff_invitations.find(token, now)
    if invitation is None:
        return render(request, "account/invitation_gone.html", status=410)
    form = StaffAccountForm(request.POST if "username" in request.POST else None)
    if request.method == "POST" and "with_this_account" in request.POST:
        gate.require(gate.is_strong(request))
        try:
            staff_invitations.accept(token, gate.account(request), now)
        except staff_invitations.Expired:  # accepted in another window a moment ago
            return render(request, "account/invitation_gone.html", status=410)
        messages.success(request, _("已加入。"))
        return redirect("/")
    if request.method == "POST" and form.is_valid():
        account = _create(form, token, now)
        if account is not None:
            pending.remember_staff(request, account, next_url="/", now=now)
            return redirect("totp-setup")
    context = {"form": form, "invitation": invitation, "is_strong": gate.is_strong(request)}
    return render(request, "account/invitation.html", context)


def _create(form: StaffAccountForm, token: str, now: datetime) -> Account | None:
    """The new account, or None with the reason in the form."""
    try:
        with transaction.atomic():
            account = staff_actions.create(now=now, **form.cleaned_data)
            staff_invitations.accept(token, account, now)
    except (usernames.NotAUsername, staff_actions.UsernameTaken) as fault:
        form.add_error("username", say(fault.text))
    except staff_actions.WeakPassword as fault:
        form.add_error("password", list(fault.messages))
    except staff_invitations.Expired as fault:
        form.add_error(None, say(fault.text))
    else:
        return account
    return None
