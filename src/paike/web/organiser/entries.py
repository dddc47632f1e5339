"""All works of a call: found, filtered, opened, exported, disqualified."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from paike.accounts.actions import reveals
from paike.audit.models import Audience
from paike.audit.queries import records
from paike.awards.models import Award
from paike.awards.queries import results
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries import access as entries_access
from paike.entries.actions import disqualifications
from paike.entries.models import Entry, Route, Version
from paike.entries.queries import entries
from paike.kernel import clock
from paike.kernel.text import Text
from paike.media.queries import transcripts
from paike.orgs.queries import organisations
from paike.review import access
from paike.review.queries import likeness_cases, referrals, states, works
from paike.review.queries.states import EntryState
from paike.review.rules.states import OVER, StateKey
from paike.web.organiser import scope
from paike.web.organiser.forms import ReasonForm
from paike.web.organiser.overview import STEPS
from paike.web.shared import decisions as words
from paike.web.shared import films, gate, road
from paike.web.shared.cards import Chip, WorkCard

PAGE = 48
PERSONAL = ["real_name", "phone", "email", "reporting_unit", "subject_name", "subject_unit"]
VERDICTS = {
    "pass": Text("符合要求", "Meets the rules"),
    "warn": Text("有提示", "With hints"),
    "refuse": Text("不符合", "Refused"),
}


def read_filter(request: HttpRequest) -> works.Filter:
    """The filter as it stands in the address."""
    asked = {key: request.GET.get(key, "").strip()[:100] for key in asdict(works.Filter())}
    return works.Filter(**asked)


@require_safe
@gate.open_to(gate.strong)
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Works as cards; the filter is in the address, so that a view can be sent to a colleague."""
    campaign = scope.campaign(request, slug)
    rulebook = campaigns.rulebook_of(campaign)
    wanted = read_filter(request)
    page = Paginator(works.find(campaign_id=campaign.pk, wanted=wanted), PAGE).get_page(
        request.GET.get("page")
    )
    rows = list(page.object_list)
    said = transcripts.saying((row.film_of_version for row in rows), wanted.text)
    context = {
        "campaign": campaign,
        "page_obj": page,
        "cards": [
            replace(card, moments=films.moments(said.get(row.film_of_version, ()), url=card.url))
            for card, row in zip(
                cards(rows, campaign=campaign, rulebook=rulebook), rows, strict=True
            )
        ],
        "wanted": wanted,
        "query": urlencode({key: value for key, value in asdict(wanted).items() if value}),
        "choices": _choices(rulebook),
    }
    return render(request, "organiser/entries.html", context)


def _choices(rulebook: Rulebook) -> list[tuple[str, Text, list[tuple[str, Any]]]]:
    """Filter name, its label, its options."""
    bodies = [(one.code, one.short_words) for one in organisations.bodies(rulebook)]
    individual = (works.INDIVIDUAL, Text("个人报送", "Individuals"))
    return [
        ("body", Text("推荐单位", "Body"), [individual, *bodies]),
        ("theme", Text("主题", "Theme"), [(one.key, one.name) for one in rulebook.themes]),
        ("step", Text("进展", "Step"), list(STEPS.items())),
        (
            "state",
            Text("状态", "State"),
            [(key.value, chip.label) for key, chip in road.CHIPS.items() if key != "draft"],
        ),
        ("verdict", Text("检测", "Check"), list(VERDICTS.items())),
    ]


def cards(rows: Sequence[Any], *, campaign: Campaign, rulebook: Rulebook) -> list[WorkCard]:
    """Work cards of annotated entries (`works.find`)."""
    posters = films.posters(row.film_of_version for row in rows)
    held = results.of_entries(row.pk for row in rows)
    themes: dict[str, Any] = {theme.key: theme.name for theme in rulebook.themes}
    return [
        WorkCard(
            title=row.composed_title,
            url=reverse("organise-entry", args=[campaign.slug, row.pk]),
            poster=posters[row.film_of_version],
            theme=themes.get(row.theme, row.theme),
            credit=row.credit,
            chip=_chip(
                EntryState(key=StateKey(row.state), unit=None, since=row.state_since),
                held.get(row.pk),
                rulebook,
            ),
            number=f"№ {row.number:03d}",
        )
        for row in rows
    ]


def _chip(state: EntryState, award: Award | None, rulebook: Rulebook) -> Chip:
    """What the work won says more than how far it came."""
    if award is not None:
        return road.award_chip(award.level, rulebook)
    return road.chip(state, inside=True)


@require_safe
@gate.open_to(gate.strong)
def show(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    """Everything about a work, the trail included."""
    campaign = scope.campaign(request, slug)
    return _page(request, _entry(campaign, entry_id), ReasonForm())


@require_POST
@gate.open_to(gate.strong)
def reveal(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    """Show the contacts, once, after the reason is on record."""
    campaign = scope.campaign(request, slug)
    entry = _entry(campaign, entry_id)
    account = gate.account(request)
    gate.require(entries_access.may_see_personal_data(account, entry))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, form)
    opened = reveals.open_fields(
        thing=entry,
        fields=PERSONAL,
        by=account,
        reason=form.cleaned_data["reason"],
        now=clock.now(),
        role="organiser",
        campaign_id=campaign.pk,
        entry_id=entry.pk,
    )
    answer = _page(request, entry, form, opened)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@gate.open_to(gate.strong)
def disqualify(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    """Take the work out of the call; its places are refilled or become vacant."""
    campaign = scope.campaign(request, slug)
    entry = _entry(campaign, entry_id)
    try:
        disqualifications.disqualify(
            entry=entry,
            by=gate.account(request),
            reason=request.POST.get("reason", ""),
            now=clock.now(),
        )
        messages.success(request, _("已取消资格，作者和推荐单位会收到通知。"))
    except (
        disqualifications.NotAllowed,
        disqualifications.NotInTheCall,
        disqualifications.ReasonMissing,
    ) as refusal:
        scope.say(request, refusal)
    return redirect("organise-entry", campaign.slug, entry.pk)


def _entry(campaign: Campaign, entry_id: UUID) -> Entry:
    entry = gate.find(entries.by_id(entry_id))
    gate.find(entry if entry.campaign_id == campaign.pk and entry.number is not None else None)
    return entry


def _beside(request: HttpRequest, version: Version) -> str:
    """Where both films are shown, when somebody is asked about this version's."""
    if not access.may_judge_likeness(gate.account(request)):
        return ""
    for case in likeness_cases.of_entry(version.entry):
        if version.pk in (case.earlier_id, case.later_id):
            return reverse("likeness-case", args=[case.campaign.slug, case.pk])
    return ""


def _page(
    request: HttpRequest,
    entry: Entry,
    reveal_form: ReasonForm,
    opened: dict[str, str] | None = None,
) -> HttpResponse:
    rulebook = campaigns.rulebook_of(entry.campaign)
    version = gate.find(entries.latest_version(entry))
    state = states.of_entries([entry.pk])[entry.pk]
    themes = {theme.key: theme.name for theme in rulebook.themes}
    waits = [one for one in referrals.of_entry(entry_id=entry.pk) if hasattr(one, "decision")]
    context = {
        "campaign": entry.campaign,
        "entry": entry,
        "version": version,
        "versions": sorted(entry.versions.all(), key=lambda one: -one.number),
        "theme": themes.get(entry.theme, entry.theme),
        "source": entry.workplace
        if entry.route == Route.INDIVIDUAL or entry.unit is None
        else entry.unit.words,
        "chip": _chip(state, results.of_entry(entry.pk), rulebook),
        "state": state,
        "in_call": state.key not in OVER,
        "player": films.player(film_id=version.film_id, title=version.composed_title),
        "verdicts": films.version_lines(version, beside=_beside(request, version)),
        "looking": films.is_looked_at(version.inspection),
        "stations": road.of_entry(entry, clock.now()),
        "history": [(one, words.CHIPS[one.decision.outcome]) for one in reversed(waits)],
        "trail": records.of_entry(entry_id=entry.pk, audiences=list(Audience)),
        "reveal_form": reveal_form,
        "opened": opened,
    }
    return render(request, "organiser/entry.html", context)
