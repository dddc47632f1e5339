"""Ballots for a work that were set aside: what it means, and the entrant's explanation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from paike.entries.queries import entries
from paike.kernel import clock
from paike.voting.actions import explanations
from paike.voting.models import Explanation, Quarantine, Ruling
from paike.voting.queries import standings
from paike.web.entrant import forms, pages
from paike.web.shared import gate

REFUSALS = (
    explanations.NotYours,
    explanations.Empty,
    explanations.TooLong,
    explanations.Decided,
)


@dataclass(frozen=True)
class Case:
    """Ballots set aside together. `typed`: what was sent and could not be kept."""

    quarantine: Quarantine
    state: str
    explanation: Explanation | None
    ruling: Ruling | None
    until: datetime | None
    is_late: bool
    typed: str


@gate.open_to(gate.signed_in)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The cases of the entrant's own work; an answer on POST."""
    account = gate.account(request)
    entry = pages.load(entry_id, account)
    found = standings.of_entry(entry.pk)
    typed: dict[str, str] = {}
    if request.method == "POST":
        one = gate.find(next((q for q in found if str(q.pk) == request.POST.get("case")), None))
        text = request.POST.get("text", "")
        try:
            explanations.answer(quarantine_id=one.pk, by=account, text=text, now=clock.now())
            messages.success(request, _("已收到您的说明，决定的人会看到。"))
            return redirect("entry-votes", entry_id=entry.pk)
        except REFUSALS as fault:
            messages.error(request, forms.say(fault.text))
            typed = {str(one.pk): text}
    now = clock.now()
    context = {
        "campaign": entry.campaign,
        "entry": entry,
        "title": entries.title_of(entry),
        "longest": explanations.LONGEST,
        "cases": [
            Case(
                quarantine=one,
                state=standings.of_quarantine(one),
                explanation=getattr(one, "explanation", None),
                ruling=standings.ruling_of(one),
                until=standings.answer_until(one),
                is_late=standings.may_void(one, now=now),
                typed=typed.get(str(one.pk), ""),
            )
            for one in found
        ],
    }
    return render(request, "entrant/votes.html", context)
