"""Works before the public, and works that may be put there. Nothing here loads personal data: a
publication is read with its film's renditions only."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from paike.campaigns.queries import campaigns
from paike.campaigns.rules.parts import Words
from paike.entries.models import Entry, Version
from paike.entries.queries import entries, mergers, race
from paike.exhibition.models import Publication
from paike.media.models import Captions, Rendition, RenditionKind
from paike.media.queries import captions, renditions
from paike.review.queries import shortlists


@dataclass(frozen=True)
class Shown:
    """A published work as pages show it."""

    publication_id: UUID
    entry_id: UUID
    title: str
    synopsis: str
    credit: str
    theme: Words | None
    film: Rendition | None
    small_film: Rendition | None
    poster: Rendition | None
    captions: Captions | None = None


@dataclass(frozen=True)
class Waiting:
    """A shortlisted work that the editor has not published yet: what would become public."""

    entry_id: UUID
    title: str
    synopsis: str
    credit: str
    theme: Words | None
    film: Rendition | None
    poster: Rendition | None
    captions: Captions | None = None


def of_entry(entry_id: UUID) -> Publication | None:
    return Publication.objects.filter(entry_id=entry_id).select_related("version").first()


def by_id(publication_id: UUID) -> Publication | None:
    return Publication.objects.filter(pk=publication_id).select_related("version").first()


def visible(*, campaign_id: UUID) -> QuerySet[Publication]:
    """Publications the public may see, latest first: not hidden, withdrawn, disqualified or merged."""
    return (
        Publication.objects.filter(
            race.still_in("entry"), entry__campaign_id=campaign_id, hidden_at__isnull=True
        )
        .select_related("version")
        .order_by("-published_at", "pk")
    )


def hidden(*, campaign_id: UUID) -> list[Publication]:
    """Publications the editor took down, latest first."""
    found = Publication.objects.filter(entry__campaign_id=campaign_id, hidden_at__isnull=False)
    return list(found.order_by("-hidden_at", "pk"))


def shown(
    *, campaign_id: UUID, entry_ids: Iterable[UUID] | None = None, limit: int | None = None
) -> list[Shown]:
    """What the public may see; of the given entries only, if any are given."""
    found = visible(campaign_id=campaign_id)
    if entry_ids is not None:
        found = found.filter(entry_id__in=set(entry_ids))
    rows = list(found[:limit] if limit else found)
    films = [row.version.film_id for row in rows]
    made, words, themes = renditions.of(films), captions.of_films(films), _themes(campaign_id)
    credited = mergers.credited({row.entry_id: row.credit for row in rows})
    return [
        replace(
            _shown(row, made[row.version.film_id], words.get(row.version.film_id), themes),
            credit=credited[row.entry_id],
        )
        for row in rows
    ]


def one_shown(*, campaign_id: UUID, entry_id: UUID) -> Shown | None:
    """One work the public may see."""
    return next(iter(shown(campaign_id=campaign_id, entry_ids=[entry_id])), None)


def preview(*, campaign_id: UUID, entry_id: UUID) -> Waiting | None:
    """What would become public of a work submitted to this call."""
    latest = entries.latest_versions([entry_id]).get(entry_id)
    is_of_call = Entry.objects.filter(pk=entry_id, campaign_id=campaign_id).exists()
    if latest is None or not is_of_call:
        return None
    made = renditions.of([latest.film_id])
    found = _waiting(latest, made[latest.film_id], _themes(campaign_id))
    return replace(found, captions=captions.of_film(latest.film_id))


def waiting(*, campaign_id: UUID) -> list[Waiting]:
    """Shortlisted works that are not published yet, by number."""
    chosen = shortlists.sealed_ids(campaign_id=campaign_id)
    done = set(Publication.objects.filter(entry_id__in=chosen).values_list("entry_id", flat=True))
    left = [entry_id for entry_id in chosen if entry_id not in done]
    versions = entries.latest_versions(left)
    made = renditions.of([version.film_id for version in versions.values()])
    themes = _themes(campaign_id)
    return [
        _waiting(versions[one], made[versions[one].film_id], themes)
        for one in left
        if one in versions
    ]


def _themes(campaign_id: UUID) -> dict[str, Words]:
    campaign = campaigns.by_id(campaign_id)
    if campaign is None:
        return {}
    return {theme.key: theme.name for theme in campaigns.rulebook_of(campaign).themes}


def _shown(
    row: Publication,
    made: dict[str, Rendition],
    words: Captions | None,
    themes: dict[str, Words],
) -> Shown:
    return Shown(
        publication_id=row.pk,
        entry_id=row.entry_id,
        title=row.title,
        synopsis=row.synopsis,
        credit=row.credit,
        theme=themes.get(row.version.snapshot.get("theme", "")),
        film=_ready(made, RenditionKind.FILM_576),
        small_film=_ready(made, RenditionKind.FILM_360),
        poster=_ready(made, RenditionKind.POSTER),
        captions=words,
    )


def _waiting(version: Version, made: dict[str, Rendition], themes: dict[str, Words]) -> Waiting:
    return Waiting(
        entry_id=version.entry_id,
        title=version.composed_title,
        synopsis=version.snapshot.get("synopsis", ""),
        credit=version.snapshot.get("credit", ""),
        theme=themes.get(version.snapshot.get("theme", "")),
        film=_ready(made, RenditionKind.FILM_576),
        poster=_ready(made, RenditionKind.POSTER),
    )


def _ready(made: dict[str, Rendition], kind: RenditionKind) -> Rendition | None:
    rendition = made.get(kind.value)
    return rendition if rendition and rendition.key else None
