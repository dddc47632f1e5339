"""An entrant asks for another look at a film whose inspection did not end."""

from datetime import datetime, timedelta

from django.db import transaction

from paike.accounts.actions import attempts
from paike.accounts.models import Account
from paike.accounts.rules.limits import Limit
from paike.entries import access
from paike.entries.models import Entry
from paike.kernel.text import Text
from paike.media.actions import inspections
from paike.media.models import Inspection
from paike.media.queries import inspections as queries

OFTEN = (Limit(1, timedelta(minutes=1)), Limit(5, timedelta(days=1)))


class NothingToInspect(Exception):
    """The entry has no film, or it is somebody else's."""

    text = Text(zh="还没有影片可以检测。", en="There is no film to check yet.")


@transaction.atomic
def run_again(*, entry: Entry, by: Account, now: datetime) -> Inspection:
    """Have the film inspected anew after its inspection was given up. Raises NothingToInspect,
    media.actions.inspections.NothingToRepeat, attempts.TooMany."""
    inspection = queries.latest_of(entry.film_id) if entry.film_id else None
    if inspection is None or not access.is_owner(by, entry):
        raise NothingToInspect
    attempts.count(kind="inspection.again", subject=str(entry.pk), allowed=OFTEN, now=now)
    return inspections.run_again(inspection=inspection, by=by, now=now)
