"""The page on which captions are corrected: the film beside its lines."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from paike.campaigns.models import Campaign
from paike.entries.actions import captions, transcripts
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.kernel import clock
from paike.kernel.text import Text
from paike.media.queries import captions as live_captions
from paike.media.queries import transcripts as queries
from paike.media.rules import captions as rules
from paike.media.rules.captions import Row
from paike.web.editor import packages
from paike.web.shared import films, gate

FIELDS = ("start", "end", "words")
MOST = rules.MOST_CUES
LONG = 2000  # characters of a field that are kept at all


@require_safe
@never_cache
@gate.open_to(gate.strong)
def show(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    """The lines: what was typed, else the captions, else what the inspection read."""
    campaign = packages.campaign_of(request, slug)
    entry = _entry(campaign, entry_id)
    version = gate.find(entries.latest_version(entry))
    return _page(request, campaign, entry, version.film_id, queries.rows(version.film_id))


@require_POST
@gate.open_to(gate.strong)
def keep(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    """Keep what is typed; a script asks for JSON, a person without one comes back to the page."""
    campaign = packages.campaign_of(request, slug)
    entry = _entry(campaign, entry_id)
    scripted = request.accepts("application/json") and not request.accepts("text/html")
    try:
        kept = transcripts.keep(
            entry=entry, rows=_rows(request), by=gate.account(request), now=clock.now()
        )
    except (captions.NotNow, captions.NoFilm) as refusal:
        if scripted:
            return JsonResponse({"fault": _say(refusal.text)}, status=409)
        messages.error(request, _say(refusal.text))
        return redirect("publication", campaign.slug, entry_id)
    if scripted:
        return JsonResponse({"kept": len(kept.rows)})
    messages.success(request, _("已保存，还没有发布。"))
    return redirect("transcript", campaign.slug, entry_id)


@require_POST
@gate.open_to(gate.strong)
def publish(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    """The lines become the work's captions; a faulty line is named and everything typed stays."""
    campaign = packages.campaign_of(request, slug)
    entry, rows = _entry(campaign, entry_id), _rows(request)
    by, now = gate.account(request), clock.now()
    try:
        transcripts.keep(entry=entry, rows=rows, by=by, now=now)
        made = transcripts.publish(entry=entry, rows=rows, by=by, now=now)
    except rules.Unreadable as fault:
        version = gate.find(entries.latest_version(entry))
        return _page(request, campaign, entry, version.film_id, rows, fault=_say(fault.text))
    except (captions.NotNow, captions.NoFilm) as refusal:
        messages.error(request, _say(refusal.text))
        return redirect("publication", campaign.slug, entry_id)
    messages.success(request, _("字幕已发布，共 %(number)s 条。") % {"number": made.cues})
    return redirect("publication", campaign.slug, entry_id)


def _page(
    request: HttpRequest,
    campaign: Campaign,
    entry: Entry,
    film_id: UUID,
    rows: Sequence[Row],
    *,
    fault: str = "",
) -> HttpResponse:
    title = entries.title_of(entry)
    context = {
        "campaign": campaign,
        "entry": entry,
        "title": title,
        "rows": [*rows, Row("", "", "")],
        "kept": queries.kept(film_id),
        "live": live_captions.of_film(film_id),
        "was_read": queries.was_read(film_id),
        "player": films.player(film_id=film_id, title=title),
        "fault": fault,
    }
    return render(request, "editor/transcript.html", context, status=422 if fault else 200)


def _rows(request: HttpRequest) -> list[Row]:
    """The rows as they stand on the page, the wholly empty ones left out."""
    columns = [[value[:LONG] for value in request.POST.getlist(name)[:MOST]] for name in FIELDS]
    rows = [Row(*row) for row in zip(*columns, strict=False)]
    return [row for row in rows if row.start.strip() or row.end.strip() or row.words.strip()]


def _entry(campaign: Campaign, entry_id: UUID) -> Entry:
    entry = gate.find(entries.by_id(entry_id))
    return gate.find(entry if entry.campaign_id == campaign.pk else None)


def _say(text: Text) -> str:
    return text.in_language(get_language() or "zh-hans")
