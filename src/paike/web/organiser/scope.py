"""What every page of the organiser begins with: the call, and whether the account runs it."""

from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.kernel.text import Text
from paike.review import access
from paike.web.shared import gate


class Refused(Protocol):
    """Any refusal of any room: it carries a text for the person."""

    text: Text


def campaign(request: HttpRequest, slug: str) -> Campaign:
    """The call of the address, for its organisers only."""
    found = gate.find(campaigns.by_slug(slug))
    gate.require(access.may_organise(gate.account(request)))
    return found


def say(request: HttpRequest, refusal: Refused) -> None:
    """Show why an act was refused, in the reader's language."""
    messages.error(request, refusal.text.in_language(get_language() or "zh-hans"))
