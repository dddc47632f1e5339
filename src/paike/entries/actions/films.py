"""A film has arrived whole: it becomes the entry's film and goes to the gate at once, so that its
entrant knows the verdicts before submitting."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.audit.actions import records
from paike.campaigns.queries import campaigns
from paike.entries.actions import entries as drafts
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.entries.rules import standing
from paike.media.actions import inspections
from paike.uploads.models import SealedObject

PURPOSE = "film"


@transaction.atomic
def attach(*, film_id: UUID, entry_id: UUID, owner_id: UUID, now: datetime) -> Entry | None:
    """Make the sealed film the working copy's film and have it inspected.

    None where the film is not this entry's owner's, or the form was submitted or left the call
    while the film was on its way: the version that counts keeps the film it was submitted with.
    """
    if not Entry.objects.filter(pk=entry_id, owner_id=owner_id).exists():
        return None
    entry = drafts.lock(entry_id)
    if entries.standing_of(entry) not in standing.EDITABLE:
        return None
    film = SealedObject.objects.get(pk=film_id)
    if entry.film_id == film.pk:
        return entry
    entry.film, entry.updated_at = film, now
    entry.save(update_fields=["film", "updated_at"])
    inspections.request(film=film, limits=campaigns.rulebook_of(entry.campaign).film, now=now)
    records.write(
        now=now,
        act="film.attached",
        thing="entry",
        thing_id=entry.pk,
        actor=entry.owner,
        role="entrant",
        campaign_id=entry.campaign_id,
        entry_id=entry.pk,
        details={"film_sha256": film.sha256, "size": film.size},
    )
    return entry
