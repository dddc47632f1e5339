"""An entrant takes another picture as the work's poster."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.entries import access
from paike.entries.actions import entries as drafts
from paike.entries.models import Entry
from paike.kernel.text import Text
from paike.media.actions import renditions
from paike.media.models import Rendition


class NotNow(Exception):
    """The form is not the entrant's to change."""

    text = Text(
        "作品已提交或已退出，现在不能换封面。",
        "The work was submitted or has left the call; its poster can't be changed now.",
    )


@transaction.atomic
def choose(*, entry: Entry, rendition_id: UUID, by: Account, now: datetime) -> Rendition:
    """Raises NotNow, renditions.NoSuchPoster."""
    locked = drafts.lock(entry.pk)
    if not access.may_edit(by, locked):
        raise NotNow
    if locked.film_id is None:
        raise renditions.NoSuchPoster
    poster = renditions.choose_poster(film_id=locked.film_id, rendition_id=rendition_id)
    records.write(
        now=now,
        act="poster.chosen",
        thing="entry",
        thing_id=locked.pk,
        actor=by,
        role="entrant",
        campaign_id=locked.campaign_id,
        entry_id=locked.pk,
        details={"poster_sha256": poster.sha256},
    )
    return poster
