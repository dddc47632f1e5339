"""The inbox, and the way out."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from paike.kernel import clock
from paike.notify.actions import messages
from paike.notify.queries import inbox as letters
from paike.web.account.leaving import leave
from paike.web.shared import gate

PER_PAGE = 30


@gate.open_to(gate.signed_in)
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    account = gate.account(request)
    pages = Paginator(letters.of(recipient_id=account.id), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "account/inbox.html", {"page_obj": page})


@gate.open_to(gate.signed_in)
@require_POST
def inbox_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as seen."""
    messages.mark_read(recipient_id=gate.account(request).id, now=clock.now())
    return redirect("inbox")


@gate.open_to(gate.anyone)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    return leave(request)
