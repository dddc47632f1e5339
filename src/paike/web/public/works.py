"""A published work's own page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from paike.awards.queries import results
from paike.campaigns.queries import campaigns
from paike.exhibition.queries import publications
from paike.kernel import clock
from paike.media.queries import storyboards
from paike.media.rules import captions
from paike.voting.queries import candidates
from paike.web.public import opened_calls
from paike.web.shared import cards, films, gate, media_links


@require_safe
@gate.open_to(gate.anyone)
def work(request: HttpRequest, slug: str, entry_id: UUID) -> HttpResponse:
    """Title, credit, film, licence; only what the editor published."""
    campaign = opened_calls.find(slug)
    shown = gate.find(publications.one_shown(campaign_id=campaign.pk, entry_id=entry_id))
    rulebook = campaigns.rulebook_of(campaign)
    made = (shown.film, shown.small_film)
    player = cards.Player(
        title=shown.title,
        sources=[
            cards.Source(media_links.film(one), height=one.height, size=one.size)
            for one in made
            if one is not None
        ],
        poster=media_links.poster(shown.poster),
        captions=media_links.captions(shown.captions),
        board=films.board(storyboards.of_film(shown.film.film_id) if shown.film else None),
    )
    award = results.of_entry(entry_id)
    context = {
        "campaign": campaign,
        "rulebook": rulebook,
        "work": shown,
        "player": player,
        "transcript": captions.plain(shown.captions.text) if shown.captions else "",
        "level": next((r.name for r in rulebook.ladder if award and r.key == award.level), None),
        "stands_for_vote": rulebook.ballot.opens <= clock.now() < rulebook.ballot.closes
        and entry_id in candidates.ids(campaign.pk),
    }
    return render(request, "public/work.html", context)
