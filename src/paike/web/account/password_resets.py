"""The way back in for staff who forgot the password: name and contact, the code, a new password."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from paike.accounts.actions import (
    attempts,
    one_time_codes,
    password_resets,
    recovery_codes,
)
from paike.accounts.actions import staff as staff_actions
from paike.accounts.models import Account
from paike.accounts.rules import contacts
from paike.kernel import clock
from paike.web.account import pending
from paike.web.account.forms import CodeForm, LostPasswordForm, NewPasswordForm, say
from paike.web.shared import errors, gate, network


@gate.open_to(gate.anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for the name and a contact. What follows is the same whether or not they belong
    together: the page must not tell who works here."""
    form = LostPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        typed = form.cleaned_data
        try:
            password_resets.send(
                username=typed["username"],
                kind=form.kind,
                value=typed["contact"],
                session_key=pending.session_key(request),
                network=network.of(request),
                language=get_language() or "zh-hans",
                now=now,
            )
        except attempts.TooMany as fault:
            form.add_error(None, say(fault.text))
            answer = render(request, "account/password_reset.html", {"form": form})
            return errors.limited(answer, fault.wait)
        # The name rides where other sign-ins keep the page that was wanted.
        sent = pending.SentCode(form.kind, typed["contact"], now, next_url=typed["username"])
        pending.remember_code(request, sent, key=pending.RESET_CODE_KEY)
        return redirect("password-reset-code")
    return render(request, "account/password_reset.html", {"form": form})


@gate.open_to(gate.anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code that reached the contact."""
    sent = pending.sent_code(request, key=pending.RESET_CODE_KEY)
    if sent is None:
        return redirect("password-reset")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        try:
            account = password_resets.confirm(
                username=sent.next_url,
                kind=sent.kind,
                value=sent.value,
                code=form.cleaned_data["code"],
                session_key=pending.session_key(request),
                now=now,
            )
        except one_time_codes.WrongCode as fault:
            form.add_error("code", say(fault.text))
        else:
            pending.forget_code(request, key=pending.RESET_CODE_KEY)
            pending.remember_staff(request, account, next_url="/", now=now, key=pending.RESET_KEY)
            return redirect("password-reset-new")
    context = {
        "form": form,
        "kind": sent.kind,
        "masked": contacts.masked(sent.kind, sent.value),
    }
    return render(request, "account/password_reset_code.html", context)


@gate.open_to(gate.anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The new password and the second factor; then the person is in."""
    now = clock.now()
    waiting = pending.staff(request, now=now, key=pending.RESET_KEY)
    if waiting is None:
        return redirect("password-reset")
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _finish(form, waiting[0], now)
        if account is not None:
            staff_actions.signed_in(account=account, now=now)
            pending.enter(request, account, strong=True)
            messages.success(request, _("密码已重设，其他设备都已退出登录。"))
            return redirect("me")
    return render(request, "account/password_reset_new.html", {"form": form})


def _finish(form: NewPasswordForm, account: Account, now: datetime) -> Account | None:
    typed = form.cleaned_data
    by_recovery = not typed["code"]
    try:
        return password_resets.finish(
            account=account,
            new=typed["new"],
            code=typed["code"],
            recovery_code=typed["recovery_code"] if by_recovery else "",
            now=now,
        )
    except staff_actions.WeakPassword as weak:
        form.add_error("new", list(weak.messages))
    except (staff_actions.WrongCode, recovery_codes.WrongCode) as fault:
        form.add_error("recovery_code" if by_recovery else "code", say(fault.text))
    return None
