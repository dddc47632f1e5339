"""What every page knows: the reader, the language, the ways through the house."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from paike.accounts.models import Account
from paike.campaigns.queries import campaigns
from paike.notify.queries import inbox
from paike.web.shared import faces, ways


def page(request: HttpRequest) -> dict[str, Any]:
    """Template context shared by all pages. `face` and `look` are those of the featured call;
    a page that passes its own `campaign` gets that call's through the `face` tag."""
    account = request.user
    face = faces.featured()
    known: dict[str, Any] = {
        "account": account,
        "language": get_language() or "zh-hans",
        "look": face.look,
    }
    if isinstance(account, Account):
        known["unread"] = inbox.unread(recipient_id=account.pk)
        known["places"] = ways.open_to(account, request, slug=_slug(request) or face.slug)
    return known


def _slug(request: HttpRequest) -> str:
    """The call of the address, so that who works in an older call stays in it."""
    slug = request.resolver_match.kwargs.get("slug", "") if request.resolver_match else ""
    return slug if slug and campaigns.by_slug(slug) is not None else ""
