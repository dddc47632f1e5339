"""A step of the rulebook's ladder falls on a work."""

from datetime import datetime

from django.db import transaction

from paike.audit.actions import records
from paike.audit.models import Audience
from paike.campaigns.queries import campaigns
from paike.entries.actions import disqualifications
from paike.entries.models import Entry
from paike.voting.actions import statements
from paike.voting.models import Ruling, Sanction
from paike.voting.rules import sanctioning


@transaction.atomic
def apply(*, ruling: Ruling, now: datetime) -> Sanction | None:
    """Carry out what the rulebook says for the work's next offence, on a confirmed ruling; None
    where the rulebook says nothing. Paused works reach the intake with its next look, a second or
    two later. A work that has left already is not disqualified again."""
    quarantine = ruling.quarantine
    campaign = quarantine.campaign
    # One work's offences are counted in line.
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=quarantine.entry_id)
    earlier = Sanction.objects.filter(campaign=campaign, work=quarantine.work).count()
    step = sanctioning.step(campaigns.rulebook_of(campaign).ballot.sanctions, earlier + 1)
    if step is None:
        return None
    made = Sanction.objects.create(
        campaign=campaign,
        ruling=ruling,
        entry=entry,
        work=quarantine.work,
        offence=earlier + 1,
        act=step.act,
        at=now,
        until=sanctioning.until(step, now),
    )
    _state(made, ruling, now)
    records.write(
        now=now,
        act="sanction.applied",
        thing="entry",
        thing_id=entry.pk,
        audience=Audience.CONCERNED,
        actor=ruling.confirmed_by,
        role="organiser",
        campaign_id=campaign.pk,
        entry_id=entry.pk,
        details={"act": made.act, "offence": made.offence, "reason": ruling.reason},
    )
    if step.act == "disqualify" and ruling.confirmed_by is not None:
        _disqualify(entry, ruling, now)
    return made


def _state(made: Sanction, ruling: Ruling, now: datetime) -> None:
    confirmed = ruling.confirmed_by
    body = {
        "work": made.work,
        "offence": made.offence,
        "act": made.act,
        "quarantine": str(ruling.quarantine_id),
        "by": sanctioning.signatures(
            ruling.proposed_by.display_name, confirmed.display_name if confirmed else ""
        ),
        "reason": ruling.reason,
        "at": statements.moment(now),
    }
    if made.until is not None:
        body["until"] = statements.moment(made.until)
    statements.put(campaign_id=made.campaign_id, kind="sanction", body=body, now=now)


def _disqualify(entry: Entry, ruling: Ruling, now: datetime) -> None:
    by = ruling.confirmed_by
    if by is None:
        return
    try:
        disqualifications.disqualify(entry=entry, by=by, reason=ruling.reason, now=now)
    except disqualifications.NotInTheCall:
        return  # withdrawn meanwhile: the sanction stands in the record all the same
