"""The review desk: one work, its film, its report, its form, one decision; then the next one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from paike.accounts.actions import reveals
from paike.campaigns.queries import campaigns
from paike.entries import access as entries_access
from paike.entries.queries import entries
from paike.kernel import clock
from paike.kernel.text import Text
from paike.orgs.models import Organisation
from paike.review import access
from paike.review.actions import decisions, reversals
from paike.review.models import Decision, Referral
from paike.review.queries import referrals as queries
from paike.review.rules.refusals import Refusal
from paike.web.clerk import desk
from paike.web.clerk.forms import DecisionForm, RevealForm
from paike.web.shared import decisions as words
from paike.web.shared import films, gate, road

PERSONAL = ["real_name", "phone", "email", "reporting_unit", "subject_name", "subject_unit"]


@require_safe
@gate.open_to(gate.strong)
def show(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The desk; `after` in the address names the decision that was made just before."""
    referral = _mine(request, referral_id)
    return _page(request, referral, RevealForm())


@require_POST
@gate.open_to(gate.strong)
def decide(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Accept, return or decline; then the next work opens."""
    referral = _mine(request, referral_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择一种处理意见。"))
        return redirect("review-desk", referral.pk)
    following = _following(referral)
    try:
        made = decisions.decide(
            referral_id=referral.pk,
            outcome=form.cleaned_data["outcome"],
            reason=form.cleaned_data["reason"],
            by=gate.account(request),
            now=clock.now(),
        )
    except decisions.AlreadyDecided as late:
        messages.warning(request, _say(late.text))
        return redirect(following)
    except Refusal as refusal:
        messages.error(request, _say(refusal.text))
        return redirect("review-desk", referral.pk)
    return redirect(f"{following}?after={made.pk}")


@require_POST
@gate.open_to(gate.strong)
def take_back(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Undo: the work waits here again and opens."""
    decision = gate.find(queries.decision(decision_id))
    gate.require(access.may_decide(gate.account(request), decision.referral))
    try:
        again = reversals.take_back(
            decision_id=decision.pk, by=gate.account(request), now=clock.now()
        )
    except Refusal as refusal:
        messages.error(request, _say(refusal.text))
        return redirect(desk.queue_address(decision.referral))
    messages.success(request, _("已收回，请重新处理这部作品。"))
    return redirect("review-desk", again.pk)


@require_POST
@gate.open_to(gate.strong)
def reveal(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show the contacts, once, after the reason is on record. The answer is not kept anywhere."""
    referral = _mine(request, referral_id)
    gate.require(entries_access.may_see_personal_data(gate.account(request), referral.entry))
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, referral, form)
    opened = reveals.open_fields(
        thing=referral.entry,
        fields=PERSONAL,
        by=gate.account(request),
        reason=form.cleaned_data["reason"],
        now=clock.now(),
        role="clerk",
        unit_name=referral.unit.name,
        campaign_id=referral.entry.campaign_id,
        entry_id=referral.entry_id,
    )
    answer = _page(request, referral, form, opened)
    answer["Cache-Control"] = "no-store"
    return answer


def _mine(request: HttpRequest, referral_id: UUID) -> Referral:
    referral = gate.find(queries.by_id(referral_id))
    gate.require(access.may_decide(gate.account(request), referral))
    return referral


def _page(
    request: HttpRequest,
    referral: Referral,
    reveal_form: RevealForm,
    opened: dict[str, str] | None = None,
) -> HttpResponse:
    now = clock.now()
    entry = gate.find(entries.by_id(referral.entry_id))
    rulebook = campaigns.rulebook_of(entry.campaign)
    before, after = queries.neighbours(referral)
    themes = {theme.key: theme.name for theme in rulebook.themes}
    context: dict[str, Any] = {
        "referral": referral,
        "entry": entry,
        "version": referral.version,
        "snapshot": referral.version.snapshot,
        "theme": themes.get(referral.version.snapshot.get("theme", ""), entry.theme),
        "unit": referral.unit,
        "source": _source(entry.unit, entry.workplace),
        "player": films.player(
            film_id=referral.version.film_id, title=referral.version.composed_title
        ),
        "verdicts": films.version_lines(referral.version),
        "looking": films.is_looked_at(referral.version.inspection),
        "stations": road.of_entry(entry, now),
        "history": _history(referral),
        "decision": getattr(referral, "decision", None),
        "chips": words.CHIPS,
        "reasons": words.REASONS,
        "before": before,
        "after": after,
        "waiting": queries.number_waiting_with(referral),
        "last": _last(request, now),
        "reveal_form": reveal_form,
        "opened": opened,
        "queue": desk.queue_address(referral),
        "campaign": entry.campaign,
    }
    return render(request, "clerk/review.html", context)


def _history(referral: Referral) -> list[tuple[Referral, Any]]:
    """What other units, or this one before, decided; newest first."""
    found = [one for one in queries.of_entry(entry_id=referral.entry_id) if one.pk != referral.pk]
    decided = [one for one in found if hasattr(one, "decision")]
    return [
        (one, words.CHIPS[one.decision.outcome])
        for one in reversed(decided)
        if not hasattr(one.decision, "reversal")
    ]


def _last(request: HttpRequest, now: datetime) -> dict[str, Any] | None:
    """The decision made just before, as long as it can be taken back."""
    try:
        made: Decision | None = queries.decision(UUID(request.GET.get("after", "")))
    except ValueError:
        return None
    if made is None or not reversals.may_take_back(made, by=gate.account(request), now=now):
        return None
    return {"decision": made, "chip": words.CHIPS[made.outcome]}


def _following(referral: Referral) -> str:
    """The next one in the queue, else the one before, else the queue itself."""
    before, after = queries.neighbours(referral)
    target = after or before
    if target is None:
        return desk.queue_address(referral)
    return reverse("review-desk", args=[target.pk])


def _source(unit: Organisation | None, workplace: str) -> Text | str:
    return unit.words if unit is not None else workplace


def _say(text: Text) -> str:
    return text.in_language(get_language() or "zh-hans")
