"""The entrant is asked where a film comes from that resembles another work's. Whose the other is
stays unsaid: no title, no name, no picture of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from paike.entries.models import Entry
from paike.kernel import clock
from paike.review.actions import likeness_cases
from paike.review.models import LikenessCase
from paike.review.queries import likeness_cases as found
from paike.web.entrant import forms, pages
from paike.web.shared import films, gate


@gate.open_to(gate.signed_in)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, entry_id: UUID, case_id: UUID) -> HttpResponse:
    """What was found in the own film, and the answer."""
    account = gate.account(request)
    entry = pages.load(entry_id, account)
    case = gate.find(found.by_id(case_id))
    gate.find(case if entry.pk in case.entry_ids else None)
    typed, status = request.POST.get("text", ""), 200
    if request.method == "POST":
        try:
            likeness_cases.answer(
                case_id=case.pk, entry=entry, text=typed, by=account, now=clock.now()
            )
        except (likeness_cases.AnswerMissing, likeness_cases.Decided) as fault:
            messages.error(request, forms.say(fault.text))
            status = 422
        else:
            messages.success(request, _("说明已送达。有人看过以后会告诉您结果。"))
            return redirect("likeness", entry.pk, case.pk)
    version = case.version_of(entry)
    context = {
        "entry": entry,
        "title": version.composed_title,
        "case": case,
        "answer": next((one for one in case.answers.all() if one.entry_id == entry.pk), None),
        "player": films.player(film_id=version.film_id, title=version.composed_title),
        "moments": _places(case, version.film_id),
        "typed": typed,
        "most": likeness_cases.ANSWER_MOST,
        "left": case.out_id == entry.pk,
    }
    return render(request, "entrant/likeness.html", context, status=status)


def asked(entry: Entry) -> LikenessCase | None:
    """The case that waits for this entrant's answer."""
    for case in found.of_entry(entry):
        if not case.outcome and all(one.entry_id != entry.pk for one in case.answers.all()):
            return case
    return None


def _places(case: LikenessCase, film_id: UUID) -> list[tuple[str, str]]:
    """From when to when the own film shows what the other shows."""
    if case.likeness is None:
        return []
    own = "" if case.likeness.film_id == film_id else "other_"
    return [
        (_clock(float(one[f"{own}start"])), _clock(float(one[f"{own}end"])))
        for one in case.likeness.stretches
    ]


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
