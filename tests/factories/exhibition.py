"""Published works with films, posters and all."""

import io
from datetime import datetime

from PIL import Image

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.exhibition.actions import publications
from paike.exhibition.models import Publication
from paike.media.models import RenditionKind
from paike.review.queries import shortlists as shortlist_queries
from tests.factories import media, orgs, review


def poster(seed: int = 0) -> bytes:
    """A JPEG with a picture in it: soft noise, so that it does not compress to nothing."""
    small = Image.effect_noise((48, 36), 90).convert("RGB")
    tint = Image.new("RGB", small.size, ((40 + seed * 37) % 200, 60, (120 + seed * 53) % 200))
    picture = Image.blend(small, tint, 0.6).resize((768, 576), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def renditions(entry: Entry, *, seed: int = 0) -> None:
    """The copies of the film of an entry's latest version."""
    film = entries.latest_versions([entry.pk])[entry.pk].film
    content = media.tiny_mp4(seconds=2, seed=seed)
    media.rendition(film=film, kind=RenditionKind.FILM_576, content=content)
    small = media.rendition(film=film, kind=RenditionKind.FILM_360, content=content)
    small.height = 360
    small.save(update_fields=["height"])
    media.rendition(film=film, kind=RenditionKind.POSTER, content=poster(seed))
    media.storyboard(film=film)


def published(
    *, campaign: Campaign, by: Account | None = None, works: int = 6, now: datetime | None = None
) -> list[Publication]:
    """The first works of the sealed shortlist (made when there is none), published."""
    if not shortlist_queries.sealed_ids(campaign_id=campaign.pk):
        review.shortlist(campaign=campaign)
    moment = now or review.moment(campaign, "exhibit")
    editor = by or orgs.editor()
    found = []
    for seed, entry in enumerate(review.shortlisted(campaign=campaign)[:works]):
        renditions(entry, seed=seed)
        found.append(publications.publish(entry=entry, by=editor, now=moment))
    return found
