"""One's own account: see, correct, export, withdraw consent, leave."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paike.accounts.actions import persons
from paike.accounts.actions import staff as staff_actions
from paike.accounts.models import Account
from paike.accounts.queries import contacts
from paike.audit.queries import records
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.kernel import clock
from paike.web.account.forms import ClosingForm, ContactForm, DetailsForm, PasswordForm, say
from paike.web.account.leaving import leave
from paike.web.shared import gate


@gate.open_to(gate.signed_in)
@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    return _page(request, gate.account(request))


@gate.open_to(gate.signed_in)
@require_POST
def details(request: HttpRequest) -> HttpResponse:
    """Correct name and workplace."""
    account = gate.account(request)
    form = DetailsForm(request.POST)
    if not form.is_valid():
        return _page(request, account, details=form)
    persons.correct(account=account, now=clock.now(), **form.cleaned_data)
    messages.success(request, _("已保存。"))
    return redirect("me")


@gate.open_to(gate.signed_in)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of letters, and of pages where no choice was made in this browser."""
    wanted = request.POST.get("language", "")
    if wanted in persons.LANGUAGES:
        persons.choose_language(account=gate.account(request), language=wanted)
        messages.success(request, _("已保存。"))
    return redirect("me")


@gate.open_to(gate.signed_in)
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; sessions on other devices end."""
    account = gate.account(request)
    gate.require(account.has_usable_password() and gate.is_strong(request))
    form = PasswordForm(request.POST)
    if form.is_valid():
        try:
            changed = staff_actions.change_password(
                account=account, now=clock.now(), **form.cleaned_data
            )
        except staff_actions.WrongCredentials as fault:
            form.add_error("old", say(fault.text))
        except staff_actions.WeakPassword as fault:
            form.add_error("new", list(fault.messages))
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, _("密码已修改，其他设备上的登录已退出。"))
            return redirect("me")
    return _page(request, account, password=form)


@gate.open_to(gate.signed_in)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Everything about oneself, as a file."""
    account, now = gate.account(request), clock.now()
    body = persons.export(account=account, now=now)
    body["entries"] = [_exported_entry(entry) for entry in entries.of_owner(owner_id=account.id)]
    body["acts"] = [
        {"at": line.at.isoformat(), "act": line.act}
        for line in records.of_actor(actor_id=account.id)
    ]
    return JsonResponse(
        body,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={
            "Content-Disposition": f'attachment; filename="paike-me-{now:%Y%m%d}.json"',
            "Cache-Control": "no-store",
        },
    )


@gate.open_to(gate.signed_in)
@require_POST
def withdraw_consent(request: HttpRequest) -> HttpResponse:
    """Take back the consent to the privacy notice; the person is signed out."""
    persons.withdraw_consent(account=gate.account(request), now=clock.now())
    answer = leave(request)
    messages.info(request, _("已撤回同意并退出登录。再次登录时可以重新同意，也可以注销账号。"))
    return answer


@gate.open_to(gate.signed_in)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest) -> HttpResponse:
    """Close the account. Works that stand in a call are named, with what happens to them."""
    account = gate.account(request)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        persons.close(account=account, now=clock.now())
        answer = leave(request)
        messages.success(request, _("账号已注销，您的个人信息已删除。"))
        return answer
    standing = [
        entry
        for entry in entries.of_owner(owner_id=account.id)
        if entry.number is not None and not hasattr(entry, "withdrawal")
    ]
    return render(request, "account/closing.html", {"form": form, "entries": standing})


def _page(
    request: HttpRequest,
    account: Account,
    *,
    details: DetailsForm | None = None,
    password: PasswordForm | None = None,
) -> HttpResponse:
    known = {
        "real_name": account.real_name.open() if account.real_name else "",
        "unit_name": account.unit_name.open() if account.unit_name else "",
    }
    contact_form = ContactForm()
    contact_form.expect_mail()
    is_staff = account.has_usable_password()
    context = {
        "details": details or DetailsForm(initial=known),
        "contacts": contacts.of(account=account),
        "contact_form": contact_form,
        "password": (password or PasswordForm()) if is_staff and gate.is_strong(request) else None,
        "is_staff": is_staff,
    }
    return render(request, "account/me.html", context)


def _exported_entry(entry: Entry) -> dict[str, str]:
    """The owner's own words and personal data in an entry."""
    plain = ("number", "route", "workplace", "theme", "title", "synopsis", "credit")
    sealed = ("subject_name", "subject_unit", "real_name", "phone", "email", "reporting_unit")
    body = {name: str(getattr(entry, name) or "") for name in plain}
    for name in sealed:
        value = getattr(entry, name)
        body[name] = value.open() if value else ""
    return body | {"created_at": entry.created_at.isoformat()}
