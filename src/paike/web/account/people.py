"""Registration and sign-in of entrants and voters: a number, a code, and they are in."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from paike.accounts.actions import attempts, one_time_codes, persons
from paike.accounts.rules import contacts, limits, privacy
from paike.kernel import clock
from paike.web.account import pending
from paike.web.account.forms import CodeForm, SignInForm, say
from paike.web.shared import errors, gate, network

PURPOSE = "sign-in"


@gate.open_to(gate.anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Registration is the sign-in flow with other words over it."""
    return _ask_for_contact(request, is_new=True)


@gate.open_to(gate.anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    return _ask_for_contact(request, is_new=False)


def _ask_for_contact(request: HttpRequest, *, is_new: bool) -> HttpResponse:
    next_url = _next(request)
    if request.user.is_authenticated and request.method != "POST":
        return redirect(next_url)
    by_mail, wait = request.GET.get("by") == "email", None
    form = SignInForm(request.POST or None)
    if by_mail:
        form.expect_mail()
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, form.kind, form.cleaned_data["contact"], next_url)
        except attempts.TooMany as fault:
            form.add_error("contact", say(fault.text))
            wait = fault.wait
        else:
            return redirect("sign-in-code")
    context = {
        "form": form,
        "is_new": is_new,
        "by_mail": by_mail,
        "next": next_url,
        "notice": privacy.NOTICE,
    }
    answer = render(request, "account/sign_in.html", context)
    return errors.limited(answer, wait) if wait else answer


@gate.open_to(gate.anyone)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Type the code that was sent."""
    sent = pending.sent_code(request)
    if sent is None:
        return redirect("sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = one_time_codes.confirm(
                kind=sent.kind,
                value=sent.value,
                code=form.cleaned_data["code"],
                session_key=pending.session_key(request),
                purpose=PURPOSE,
                now=clock.now(),
            )
        except one_time_codes.WrongCode as fault:
            form.add_error("code", say(fault.text))
        else:
            if account.last_login is None:  # new: letters come in the language of the visit
                persons.choose_language(account=account, language=_language())
            pending.enter(request, account, strong=False)
            return redirect(sent.next_url)
    return render(request, "account/sign_in_code.html", _waiting(sent) | {"form": form})


@gate.open_to(gate.anyone)
@require_POST
def sign_in_resend(request: HttpRequest) -> HttpResponse:
    """Send another code to the same contact."""
    sent = pending.sent_code(request)
    if sent is None:
        return redirect("sign-in")
    try:
        _send(request, sent.kind, sent.value, sent.next_url)
    except attempts.TooMany as fault:
        form = CodeForm({"code": ""})
        form.errors.clear()
        form.add_error("code", say(fault.text))
        context = _waiting(sent) | {"form": form}
        return errors.limited(render(request, "account/sign_in_code.html", context), fault.wait)
    return redirect("sign-in-code")


def _send(request: HttpRequest, kind: str, value: str, next_url: str) -> None:
    now = clock.now()
    one_time_codes.send(
        kind=kind,
        value=value,
        session_key=pending.session_key(request),
        purpose=PURPOSE,
        network=network.of(request),
        language=_language(),
        now=now,
    )
    pending.remember_code(
        request, pending.SentCode(kind=kind, value=value, sent_at=now, next_url=next_url)
    )


def _waiting(sent: pending.SentCode) -> dict[str, object]:
    left = sent.sent_at + limits.RESEND.span - clock.now()
    return {
        "kind": sent.kind,
        "masked": contacts.masked(sent.kind, sent.value),
        "resend_after": max(0, -(-left // timedelta(seconds=1))),
        "next": sent.next_url,
    }


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return pending.safe_next(request, wanted, otherwise="/")


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh-hans"
