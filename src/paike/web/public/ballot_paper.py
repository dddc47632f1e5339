"""The ballot as a page shows it: the works in this visit's order, what is chosen, what is counted."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.queries import entries
from paike.exhibition.queries import publications
from paike.kernel.text import Text
from paike.media.models import RenditionKind
from paike.media.queries import renditions
from paike.voting.queries import candidates, tallies
from paike.web.shared import cards, media_links


@dataclass(frozen=True)
class Line:
    """A work on the ballot. `votes` is None where the rulebook shows no figures; `chosen` is how
    often this ballot names it. A work the editor took down stands there by its title alone."""

    id: UUID
    number: int
    title: str
    theme: cards.Words
    poster: str
    film: str
    small_film: str
    votes: int | None
    chosen: int


@dataclass(frozen=True)
class Paper:
    """The whole ballot. `as_of`: of when the figures are."""

    lines: list[Line]
    as_of: datetime | None

    @property
    def chosen(self) -> int:
        """Votes on this ballot; for works that have left since there are none."""
        return sum(line.chosen for line in self.lines)


def of_campaign(
    campaign: Campaign, *, seed: str, chosen: Iterable[UUID] = (), now: datetime
) -> Paper:
    """The ballot of a call in the order of `seed`: the same seed, the same order. `chosen` names a
    work once per vote for it."""
    rulebook = campaigns.rulebook_of(campaign)
    themes = {theme.key: theme.name for theme in rulebook.themes}
    found = list(candidates.of_campaign(campaign.pk))
    versions = entries.latest_versions(entry.pk for entry in found)
    films = renditions.of(version.film_id for version in versions.values())
    shown = tallies.shown(campaign.pk, rule=rulebook.ballot, now=now)
    hidden = {one.entry_id for one in publications.hidden(campaign_id=campaign.pk)}
    marked = Counter(chosen)
    lines = []
    for entry in sorted(found, key=lambda each: _place(seed, each.pk)):
        version = versions[entry.pk]
        made = {} if entry.pk in hidden else films[version.film_id]
        lines.append(
            Line(
                id=entry.pk,
                number=entry.number or 0,
                title=version.composed_title,
                theme=themes.get(version.snapshot.get("theme", ""), Text("", "")),
                poster=media_links.poster(made.get(RenditionKind.POSTER)),
                film=media_links.film(made.get(RenditionKind.FILM_576)),
                small_film=media_links.film(made.get(RenditionKind.FILM_360)),
                votes=shown.votes.get(entry.pk, 0) if shown else None,
                chosen=marked[entry.pk],
            )
        )
    return Paper(lines, shown.as_of if shown else None)


def _place(seed: str, entry_id: UUID) -> bytes:
    """Where a work stands for this seed: as good as shuffled, and stable while voting."""
    return hashlib.sha256(f"{seed}/{entry_id}".encode()).digest()
