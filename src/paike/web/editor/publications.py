"""The editor's desk: works to publish, works before the public, works taken down."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paike.campaigns.models import Campaign
from paike.entries.queries import entries
from paike.exhibition.actions import publications
from paike.exhibition.models import Publication
from paike.exhibition.queries import publications as queries
from paike.exhibition.queries.publications import Waiting
from paike.kernel import clock
from paike.kernel.text import Text
from paike.media.queries import storyboards, transcripts
from paike.web.editor import packages
from paike.web.editor.forms import ConfirmedForm, PublicationForm, ReasonForm
from paike.web.shared import cards, films, gate, media_links
from paike.web.shared.templatetags.paike import in_language

PER_PAGE = 24
SHELVES = {
    "waiting": Text("待发布", "To publish"),
    "shown": Text("已发布", "Published"),
    "hidden": Text("已下架", "Taken down"),
}
PUBLISHED = cards.Chip(SHELVES["shown"], "good", "circle-check")


@require_safe
@gate.open_to(gate.strong)
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Three shelves: `?shelf=waiting|shown|hidden`; or all of them, by words: `?q=`."""
    campaign = packages.campaign_of(request, slug)
    shelf = request.GET.get("shelf", "waiting")
    shelf = shelf if shelf in SHELVES else "waiting"
    words = request.GET.get("q", "").strip()[:60]
    works = _found(campaign, words) if words else [card for _, card in _shelf(campaign, shelf)]
    return render(
        request,
        "editor/desk.html",
        {
            "campaign": campaign,
            "shelf": "" if words else shelf,
            "shelves": SHELVES,
            "words": words,
            "page_obj": Paginator(works, PER_PAGE).get_page(request.GET.get("page")),
            **packages.shown(campaign),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@gate.open_to(gate.strong)
def publication(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    """One work exactly as the public will see it, and the button that publishes it."""
    campaign = packages.campaign_of(request, slug)
    work = gate.find(queries.preview(campaign_id=campaign.pk, entry_id=entry_id))
    known = queries.of_entry(entry_id)
    texts = {
        "synopsis": known.synopsis if known else work.synopsis,
        "credit": known.credit if known else work.credit,
    }
    form = PublicationForm(request.POST or None, initial=texts)
    if request.method == "POST" and form.is_valid():
        answer = _publish(request, campaign, entry_id)
        if isinstance(answer, HttpResponse):
            return answer
        form = answer
    return _show(request, campaign, work, known, form)


@require_POST
@gate.open_to(gate.strong)
def hiding(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    """Take the work down, with a reason."""
    campaign = packages.campaign_of(request, slug)
    known = gate.find(queries.of_entry(entry_id))
    form = ReasonForm(request.POST)
    if form.is_valid():
        publications.hide(
            publication_id=known.pk,
            by=gate.account(request),
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        )
        messages.success(request, _("已下架。展播里的这部作品随后自动去掉。"))
    else:
        messages.error(request, in_language(publications.NoReason.text))
    return redirect("publication", campaign.slug, entry_id)


@require_POST
@gate.open_to(gate.strong)
def showing(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    """Show a work again that was taken down."""
    campaign = packages.campaign_of(request, slug)
    known = gate.find(queries.of_entry(entry_id))
    publications.unhide(publication_id=known.pk, by=gate.account(request), now=clock.now())
    messages.success(request, _("已恢复展示。"))
    return redirect("publication", campaign.slug, entry_id)


def _publish(
    request: HttpRequest, campaign: Campaign, entry_id: UUID
) -> HttpResponse | PublicationForm:
    """Publish and go on to the next; or the form again, asking to confirm."""
    entry = gate.find(entries.by_id(entry_id))
    form = ConfirmedForm(request.POST)
    confirmed = form.is_valid()
    plain = PublicationForm(request.POST)
    plain.is_valid()
    try:
        publications.publish(
            entry=entry,
            by=gate.account(request),
            now=clock.now(),
            synopsis=plain.cleaned_data["synopsis"],
            credit=plain.cleaned_data["credit"],
            confirmed=confirmed,
        )
    except publications.LooksPersonal as refusal:
        messages.warning(request, in_language(refusal.text))
        return ConfirmedForm(initial=plain.cleaned_data)
    except publications.NotForTheOpen as refusal:
        messages.error(request, in_language(refusal.text))
        return plain
    messages.success(request, _("已发布。"))
    left = queries.waiting(campaign_id=campaign.pk)
    if left:
        return redirect("publication", campaign.slug, left[0].entry_id)
    return redirect("editor-desk", campaign.slug)


def _show(
    request: HttpRequest,
    campaign: Campaign,
    work: Waiting,
    known: Publication | None,
    form: PublicationForm,
) -> HttpResponse:
    film = media_links.film(work.film)
    version = entries.latest_versions([work.entry_id])[work.entry_id]
    return render(
        request,
        "editor/publication.html",
        {
            "campaign": campaign,
            "work": work,
            "publication": known,
            "published": PUBLISHED,
            "form": form,
            "verdicts": films.verdict_lines(
                version.inspection, films.declared_in(version.snapshot)
            ),
            "looking": films.is_looked_at(version.inspection),
            "player": cards.Player(
                title=work.title,
                sources=(cards.Source(film, height=576),) if film else (),
                poster=media_links.poster(work.poster),
                captions=media_links.captions(work.captions),
                board=films.board(storyboards.of_film(work.film.film_id) if work.film else None),
            ),
        },
    )


def _found(campaign: Campaign, words: str) -> list[cards.WorkCard]:
    """Works of all shelves with these words in their title or in what is said in them."""
    works = [one for shelf in SHELVES for one in _shelf(campaign, shelf)]
    versions = entries.latest_versions([entry_id for entry_id, _ in works])
    film_of = {entry_id: one.film_id for entry_id, one in versions.items()}
    saying = transcripts.saying(film_of.values(), words)
    said = {entry_id: saying.get(film_id, ()) for entry_id, film_id in film_of.items()}
    found = [
        replace(card, moments=films.moments(said.get(entry_id, ()), url=card.url))
        for entry_id, card in works
    ]
    return [card for card in found if card.moments or words in card.title]


def _shelf(campaign: Campaign, shelf: str) -> list[tuple[UUID, cards.WorkCard]]:
    """entry id and card of each work on a shelf."""
    if shelf == "waiting":
        return [
            _card(campaign, one.entry_id, one.title, one.credit, media_links.poster(one.poster))
            for one in queries.waiting(campaign_id=campaign.pk)
        ]
    if shelf == "shown":
        return [
            _card(campaign, one.entry_id, one.title, one.credit, media_links.poster(one.poster))
            for one in queries.shown(campaign_id=campaign.pk)
        ]
    return [
        _card(campaign, one.entry_id, one.title, one.hidden_why, "")
        for one in queries.hidden(campaign_id=campaign.pk)
    ]


def _card(
    campaign: Campaign, entry_id: UUID, title: str, credit: str, poster: str
) -> tuple[UUID, cards.WorkCard]:
    url = f"/editor/{campaign.slug}/works/{entry_id}/"
    return entry_id, cards.WorkCard(title=title, url=url, credit=credit, poster=poster)
