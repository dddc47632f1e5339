"""A work that resembles another goes back to its entrant, to be changed."""

from datetime import datetime

from django.db import transaction

from paike.accounts.models import Account
from paike.entries.actions import reopenings
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.kernel.text import Text
from paike.review.actions import letters, referrals, stage_checks
from paike.review.queries import states
from paike.review.rules.refusals import Refusal
from paike.review.rules.states import StateKey

STILL_WITH_UNITS = (StateKey.WAITING, StateKey.ACCEPTED)


class TooFar(Refusal):
    """The work is on a list by now, or is not with the units."""


@transaction.atomic
def give_back(*, entry: Entry, by: Account, reason: str, now: datetime) -> None:
    """Open the form of the work's latest version again; whoever had it waits for the next one.

    Raises TooFar, stage_checks.Closed.
    """
    locked = Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    latest = entries.latest_versions([entry.pk]).get(entry.pk)
    state = states.of_entries([entry.pk])[entry.pk].key
    if latest is None or state not in STILL_WITH_UNITS:
        raise TooFar(
            Text(
                zh="这部作品已列入名单，或不在审核中，不能退回修改。",
                en="This work is on a list by now, or not under review; it can't be given back.",
            )
        )
    stage_checks.require(locked.campaign, "review", now)
    reopenings.reopen(version_id=latest.pk, by=by, reason=reason, now=now)
    referrals.close(entry_id=entry.pk, now=now)
    letters.to_entrant(
        latest,
        subject=letters.LIKENESS_RETURNED,
        body=letters.LIKENESS_RETURNED_WHY,
        now=now,
        reason=reason,
    )
