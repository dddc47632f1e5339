"""Asking the entrant: one letter for everything new about a work, a day apart at least."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.voting.actions import standing_letters
from paike.voting.models import Inquiry
from paike.voting.queries import standings

APART = timedelta(days=1)  # a flood of letters explains nothing


def ask_due(*, now: datetime) -> None:
    """Ask about what had to wait for its day."""
    for entry_id in set(standings.unasked().values_list("entry_id", flat=True)):
        ask(entry_id=entry_id, now=now)


@transaction.atomic
def ask(*, entry_id: UUID, now: datetime) -> list[Inquiry]:
    """Ask about every quarantine of a work that nobody asked about yet, and give time to answer from
    now on. Empty: there is none, or the last letter is not a day old."""
    entry = Entry.objects.select_for_update(no_key=True, of=("self",)).get(pk=entry_id)
    last = Inquiry.objects.filter(quarantine__entry=entry).order_by("-at").first()
    new = list(standings.unasked().filter(entry=entry))
    if not new or (last is not None and now < last.at + APART):
        return []
    hours = campaigns.rulebook_of(entry.campaign).ballot.detection.answer_hours
    made = [
        Inquiry.objects.create(quarantine=one, at=now, answer_until=now + timedelta(hours=hours))
        for one in new
    ]
    standing_letters.asked(entry, ballots=sum(one.ballots for one in new), hours=hours, now=now)
    return made
