"""Staff and jurors sign in: user name and password, then the authenticator app."""

from datetime import datetime

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from paike.accounts.actions import attempts, recovery_codes
from paike.accounts.actions import staff as staff_actions
from paike.accounts.models import Account
from paike.kernel import clock
from paike.web.account import pending
from paike.web.account.forms import CodeForm, RecoveryForm, StaffSignInForm, say
from paike.web.shared import errors, gate, network


@gate.open_to(gate.anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_sign_in(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    next_url = pending.safe_next(request, wanted, otherwise="/")
    form, wait = StaffSignInForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        try:
            account = staff_actions.sign_in(
                username=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
                network=network.of(request),
                now=now,
            )
        except staff_actions.WrongCredentials as fault:
            form.add_error(None, say(fault.text))
        except attempts.TooMany as fault:
            form.add_error(None, say(fault.text))
            wait = fault.wait
        else:
            pending.remember_staff(request, account, next_url=next_url, now=now)
            return redirect("totp" if account.totp_confirmed_at else "totp-setup")
    context = {"form": form, "next": next_url}
    answer = render(request, "account/staff_sign_in.html", context)
    return errors.limited(answer, wait) if wait else answer


@gate.open_to(gate.anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def totp(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the app, or a recovery code."""
    now = clock.now()
    waiting = pending.staff(request, now=now)
    if waiting is None or waiting[0].totp_confirmed_at is None:
        return redirect("staff-sign-in")
    account, next_url = waiting
    code, recovery = CodeForm(), RecoveryForm()
    if "recovery_code" in request.POST:
        recovery = RecoveryForm(request.POST)
        is_right = recovery.is_valid() and _check_recovery(recovery, account, now)
    elif request.method == "POST":
        code = CodeForm(request.POST)
        is_right = code.is_valid() and _check_code(code, account, now)
    else:
        is_right = False
    if is_right:
        staff_actions.signed_in(account=account, now=now)
        pending.enter(request, account, strong=True)
        return redirect(next_url)
    return render(request, "account/totp.html", {"form": code, "recovery": recovery})


@gate.open_to(gate.anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def totp_setup(request: HttpRequest) -> HttpResponse:
    """The first sign-in: scan the picture, type the code, keep the recovery codes."""
    now = clock.now()
    waiting = pending.staff(request, now=now)
    if waiting is None or waiting[0].totp_confirmed_at is not None:
        return redirect("staff-sign-in")
    account, next_url = waiting
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plain = staff_actions.confirm_totp(
                account=account, code=form.cleaned_data["code"], now=now
            )
        except staff_actions.WrongCode as fault:
            form.add_error("code", say(fault.text))
        else:
            staff_actions.signed_in(account=account, now=now)
            pending.enter(request, account, strong=True)
            return render(
                request, "account/recovery_codes.html", {"codes": plain, "next": next_url}
            )
    uri = staff_actions.begin_totp(account=account, now=now)
    picture = segno.make(uri, error="m").svg_data_uri(scale=5, border=2, dark="#1c1917")
    secret = uri.split("secret=")[1].split("&")[0]
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    context = {"form": form, "picture": picture, "uri": uri, "secret": grouped}
    return render(request, "account/totp_setup.html", context)


def _check_code(form: CodeForm, account: Account, now: datetime) -> bool:
    try:
        staff_actions.check_totp(account=account, code=form.cleaned_data["code"], now=now)
    except staff_actions.WrongCode as fault:
        form.add_error("code", say(fault.text))
        return False
    return True


def _check_recovery(form: RecoveryForm, account: Account, now: datetime) -> bool:
    try:
        recovery_codes.use(account=account, code=form.cleaned_data["recovery_code"], now=now)
    except recovery_codes.WrongCode as fault:
        form.add_error("recovery_code", say(fault.text))
        return False
    return True
