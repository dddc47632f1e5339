"""Bind one more phone or mail address to one's account."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from paike.accounts.actions import attempts, one_time_codes, registrations
from paike.accounts.rules import contacts, limits
from paike.kernel import clock
from paike.web.account import pending
from paike.web.account.forms import CodeForm, ContactForm, say
from paike.web.shared import gate, network

PURPOSE = "contact"


@gate.open_to(gate.signed_in)
@require_POST
def contact(request: HttpRequest) -> HttpResponse:
    """Send a code to the new contact."""
    form = ContactForm(request.POST)
    now = clock.now()
    if not form.is_valid():
        messages.error(request, str(form.errors["contact"][0]))
        return redirect("me")
    try:
        one_time_codes.send(
            kind=form.kind,
            value=form.cleaned_data["contact"],
            session_key=pending.session_key(request),
            purpose=PURPOSE,
            network=network.of(request),
            language=gate.account(request).language,
            now=now,
        )
    except attempts.TooMany as fault:
        messages.error(request, say(fault.text))
        return redirect("me")
    sent = pending.SentCode(
        kind=form.kind, value=form.cleaned_data["contact"], sent_at=now, next_url=""
    )
    pending.remember_code(request, sent, key=pending.CONTACT_KEY)
    return redirect("me-contact-code")


@gate.open_to(gate.signed_in)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_code(request: HttpRequest) -> HttpResponse:
    """Type the code that was sent to it."""
    sent = pending.sent_code(request, key=pending.CONTACT_KEY)
    if sent is None:
        return redirect("me")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            one_time_codes.confirm_contact(
                account=gate.account(request),
                kind=sent.kind,
                value=sent.value,
                code=form.cleaned_data["code"],
                session_key=pending.session_key(request),
                now=clock.now(),
            )
        except (one_time_codes.WrongCode, registrations.ContactTaken) as fault:
            form.add_error("code", say(fault.text))
        else:
            pending.forget_code(request, key=pending.CONTACT_KEY)
            messages.success(request, _("已绑定。"))
            return redirect("me")
    left = sent.sent_at + limits.RESEND.span - clock.now()
    context = {
        "form": form,
        "kind": sent.kind,
        "masked": contacts.masked(sent.kind, sent.value),
        "resend_after": max(0, -(-left // timedelta(seconds=1))),
        "binding": True,
    }
    return render(request, "account/sign_in_code.html", context)
