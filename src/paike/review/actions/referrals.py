"""A version arrives at a unit and leaves it again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from paike.audit.actions import records
from paike.entries.events import ReadyForReview
from paike.entries.models import Entry, Reopening, Version
from paike.orgs.models import Organisation
from paike.review.actions import letters
from paike.review.models import Referral
from paike.review.queries import referrals as queries
from paike.review.queries import roads
from paike.review.rules import way_up


@transaction.atomic
def open_first(*, version_id: UUID, now: datetime) -> Referral | None:
    """A version passed the gate: it waits at its first unit, or at the one that returned the
    version before. Returns None when it has left the call or there is no unit to wait at; asking
    twice changes nothing."""
    version = Version.objects.select_related("entry", "entry__unit").get(pk=version_id)
    entry = Entry.objects.select_for_update(no_key=True).get(pk=version.entry_id)
    known = Referral.objects.filter(version_id=version_id).order_by("-number").first()
    if known is not None or _has_left(entry):
        return known
    before = queries.latest(entry_id=entry.pk)
    target = way_up.resumes_at(roads.stations_of(entry), _returned_by(before))
    close(entry_id=entry.pk, now=now)
    if target is None:
        return None
    return open_at(version=version, unit=Organisation.objects.get(pk=target.unit_id), now=now)


def when_ready(event: ReadyForReview) -> None:
    """Listener: see `open_first`."""
    open_first(version_id=event.version_id, now=event.at)


def open_at(*, version: Version, unit: Organisation, now: datetime) -> Referral:
    """Let a version wait at a unit; tells its clerks when nothing else of the
    call waited there. The caller
    holds the lock on the entry and has closed what was open."""
    campaign = version.entry.campaign
    was_idle = not queries.waiting(unit_id=unit.pk, campaign_id=campaign.pk).exists()
    referral = Referral.objects.create(
        entry_id=version.entry_id,
        version=version,
        unit=unit,
        number=_next_number(version.entry_id),
        arrived_at=now,
    )
    records.write(
        now=now,
        act="referral.opened",
        thing="referral",
        thing_id=referral.pk,
        unit_name=unit.name,
        campaign_id=campaign.pk,
        entry_id=version.entry_id,
        details={"version": version.number},
    )
    if was_idle:  # one message when work begins to wait, not one for each of two hundred
        letters.to_clerks(
            unit,
            subject=letters.WAITING,
            body=letters.WAITING_WHAT,
            link=letters.queue_link(unit, campaign),
            now=now,
            title=version.composed_title,
        )
    return referral


def close(*, entry_id: UUID, now: datetime) -> None:
    """Close what is open for an entry: it left, or a newer version takes its place."""
    Referral.objects.filter(entry_id=entry_id, closed_at__isnull=True).update(closed_at=now)


def _has_left(entry: Entry) -> bool:
    return any(hasattr(entry, fact) for fact in ("withdrawal", "disqualification", "merger"))


def _returned_by(before: Referral | None) -> UUID | None:
    """The unit that gave the work back, or that had it when somebody else did."""
    if before is None or not Reopening.objects.filter(version_id=before.version_id).exists():
        return None
    return before.unit_id


def _next_number(entry_id: UUID) -> int:
    found = Referral.objects.filter(entry_id=entry_id).aggregate(last=Max("number"))
    return (found["last"] or 0) + 1
