"""Personal details are erased when they are no longer needed; those of the winners stay, for
certificates and prizes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from paike.audit.actions import records
from paike.awards.models import Award, Result
from paike.awards.rules import retention
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.actions import erasures
from paike.entries.models import Entry
from paike.entries.queries import entries


@transaction.atomic
def erase(*, campaign_id: UUID, now: datetime) -> int:
    """Empty the sealed fields of a call's works that hold no award, once that is due; how many
    were emptied. Run again it finds nothing left to do."""
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    result = Result.objects.filter(campaign=campaign).only("published_at").first()
    due = retention.due(
        published_at=result.published_at if result else None,
        call_ends=max(stage.end for stage in campaigns.rulebook_of(campaign).stages),
    )
    if now < due:
        return 0
    awarded = Award.objects.filter(entry=OuterRef("pk"), revoked_at__isnull=True)
    lost = entries.with_personal_data(campaign_id=campaign_id).filter(~Exists(awarded))
    ids = list(lost.values_list("pk", flat=True))
    erasures.empty(Entry.objects.filter(pk__in=ids), now=now)
    for entry_id in ids:
        records.write(
            now=now,
            act="personal-data.erased",
            thing="entry",
            thing_id=entry_id,
            campaign_id=campaign_id,
            entry_id=entry_id,
            details={"due": due.isoformat()},
        )
    return len(ids)
