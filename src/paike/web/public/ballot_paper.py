"""The ballot as a page shows it: the works with posters and films, and what is counted."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.exhibition.queries import publications
from paike.kernel.text import Text
from paike.media.models import RenditionKind
from paike.media.queries import captions, renditions
from paike.voting.queries import candidates, tallies
from paike.web.shared import cards, media_links


@dataclass(frozen=True)
class Line:
    """A work on the ballot, named by its number. `votes` is None where the rulebook shows no
    figures. A work the editor took down stands there by its title alone."""

    number: int
    title: str
    theme: cards.Words
    poster: str
    film: str
    small_film: str
    captions: str
    votes: int | None


@dataclass(frozen=True)
class Paper:
    """The whole ballot. `as_of`: of when the figures are."""

    lines: list[Line]
    as_of: datetime | None


def of_campaign(campaign: Campaign, *, now: datetime) -> Paper:
    """The ballot of a call. The order is another every hour: the page's script shuffles the works
    for each visit, and where there is none, no work stands first for longer than the others."""
    rulebook = campaigns.rulebook_of(campaign)
    themes = {theme.key: theme.name for theme in rulebook.themes}
    found = list(candidates.of_campaign(campaign.pk).exclude(number=None))
    versions = entries.latest_versions(entry.pk for entry in found)
    films = renditions.of(version.film_id for version in versions.values())
    words = captions.of_films(version.film_id for version in versions.values())
    shown = tallies.shown(campaign.pk, rule=rulebook.ballot, now=now)
    hidden = {one.entry_id for one in publications.hidden(campaign_id=campaign.pk)}
    lines = []
    for entry in sorted(found, key=lambda each: _place(each, now)):
        version = versions[entry.pk]
        made = {} if entry.pk in hidden else films[version.film_id]
        lines.append(
            Line(
                number=entry.number or 0,
                title=version.composed_title,
                theme=themes.get(version.snapshot.get("theme", ""), Text("", "")),
                poster=media_links.poster(made.get(RenditionKind.POSTER)),
                film=media_links.film(made.get(RenditionKind.FILM_576)),
                small_film=media_links.film(made.get(RenditionKind.FILM_360)),
                captions=media_links.captions(words.get(version.film_id)) if made else "",
                votes=shown.votes.get(entry.pk, 0) if shown else None,
            )
        )
    return Paper(lines, shown.as_of if shown else None)


def titles(campaign: Campaign, *, numbers: set[int]) -> dict[int, str]:
    """Titles by number of works that were on a ballot, whether they are still in the vote or not."""
    named: dict[UUID, int] = entries.ids_by_number(campaign_id=campaign.pk, numbers=numbers)
    composed = entries.composed_titles(named)
    return {number: composed.get(entry, "") for entry, number in named.items()}


def all_titles(campaign: Campaign) -> dict[int, str]:
    """Titles by number of the works in the vote."""
    named = candidates.numbers(campaign.pk)
    composed = entries.composed_titles(named)
    return {number: composed.get(entry, "") for entry, number in named.items()}


def _place(entry: Entry, now: datetime) -> bytes:
    return hashlib.sha256(f"{now:%Y%m%d%H}/{entry.pk}".encode()).digest()
