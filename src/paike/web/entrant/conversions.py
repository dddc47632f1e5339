"""A film that is wrong in form only: have it converted, compare, take it or not."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from paike.accounts.actions import attempts
from paike.accounts.models import Account
from paike.entries.actions import conversions
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.kernel import clock
from paike.media.actions import conversions as media
from paike.media.models import Conversion
from paike.media.queries import conversions as queries
from paike.web.entrant import comparing, drafts, pages
from paike.web.entrant.forms import say
from paike.web.shared import gate

REFUSALS = (conversions.NotNow, media.NothingToConvert, media.NotReady, attempts.TooMany)


@require_POST
@gate.open_to(gate.signed_in)
def create(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Have the form's film converted. The button stands in the form, whose fields are saved along."""
    account = gate.account(request)
    entry = pages.load(entry_id, account)
    drafts.save_along(request, entry, by=account)
    try:
        conversions.request(entry=entry, by=account, now=clock.now())
    except REFUSALS as refusal:
        messages.error(request, say(refusal.text))
    return redirect("entry", entry.pk)


@gate.open_to(gate.signed_in)
@never_cache
@require_safe
def show(request: HttpRequest, entry_id: UUID, conversion_id: UUID) -> HttpResponse:
    """Both films side by side, and what changed."""
    entry, conversion = _load(entry_id, conversion_id, gate.account(request))
    gate.find(conversion if conversion.finished_at else None)
    title = entries.preview_title(entry)
    context = {
        "campaign": entry.campaign,
        "entry": entry,
        "title": title,
        "decidable": entry.film_id == conversion.film.pk,
        **comparing.page(conversion, title=title),
    }
    return render(request, "entrant/comparison.html", context)


@require_POST
@gate.open_to(gate.signed_in)
def approve(request: HttpRequest, entry_id: UUID, conversion_id: UUID) -> HttpResponse:
    """Take the converted film."""
    account = gate.account(request)
    entry, conversion = _load(entry_id, conversion_id, account)
    try:
        conversions.approve(entry=entry, conversion=conversion, by=account, now=clock.now())
        messages.success(request, _("已采用转换后的影片，正在检测。原片保留着。"))
    except REFUSALS as refusal:
        messages.error(request, say(refusal.text))
    return redirect("entry", entry.pk)


@require_POST
@gate.open_to(gate.signed_in)
def refuse(request: HttpRequest, entry_id: UUID, conversion_id: UUID) -> HttpResponse:
    """Leave it."""
    account = gate.account(request)
    entry, conversion = _load(entry_id, conversion_id, account)
    try:
        conversions.refuse(entry=entry, conversion=conversion, by=account, now=clock.now())
        messages.success(request, _("没有采用。请换一个影片文件上传，已填写的内容都在。"))
    except REFUSALS as refusal:
        messages.error(request, say(refusal.text))
    return redirect("entry", entry.pk)


def _load(entry_id: UUID, conversion_id: UUID, account: Account) -> tuple[Entry, Conversion]:
    """The owner's entry and a conversion of one of its films, or 404."""
    entry = pages.load(entry_id, account)
    found = gate.find(queries.by_id(conversion_id))
    gate.find(found if found.film.upload.subject_id == entry.pk else None)
    return entry, found
