"""An entrant has a film converted that is wrong in form only, compares, and takes it or not."""

from datetime import datetime, timedelta

from django.db import transaction

from paike.accounts.actions import attempts
from paike.accounts.models import Account
from paike.accounts.rules.limits import Limit
from paike.audit.actions import records
from paike.campaigns.queries import campaigns
from paike.entries import access
from paike.entries.actions import entries as drafts
from paike.entries.actions import films, letters
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.entries.rules import standing
from paike.kernel.text import Text
from paike.media.actions import conversions as media
from paike.media.events import ConversionFinished
from paike.media.models import Conversion
from paike.media.queries import conversions as queries
from paike.media.queries import inspections

OFTEN = (Limit(10, timedelta(days=1)),)


class NotNow(Exception):
    """The form is not the entrant's to change any more, or its film is another one by now."""

    text = Text(
        "作品已提交、征集已结束或影片已更换，现在不能转换这个影片。",
        "The work was submitted, the call has closed or the film was replaced; this film can't be "
        "converted now.",
    )


@transaction.atomic
def request(*, entry: Entry, by: Account, now: datetime) -> Conversion:
    """Have the form's film converted. Raises NotNow, media.NothingToConvert, attempts.TooMany."""
    locked = _lock(entry, by=by, now=now)
    inspection = inspections.latest_of(locked.film_id) if locked.film_id else None
    if inspection is None:
        raise media.NothingToConvert
    known = queries.of(inspection.pk)
    if known is None:
        attempts.count(kind="conversion", subject=str(by.pk), allowed=OFTEN, now=now)
    conversion = media.request(inspection=inspection, by=by, now=now)
    if known is None:
        _record(locked, conversion, act="conversion.requested", by=by, now=now)
    return conversion


@transaction.atomic
def approve(*, entry: Entry, conversion: Conversion, by: Account, now: datetime) -> Entry:
    """The converted film becomes the form's film and goes to the gate; the original stays sealed and
    its verdicts stay. A second click changes nothing. Raises NotNow, media.NotReady."""
    locked = _lock(entry, by=by, now=now)
    if conversion.copy_id is not None and locked.film_id == conversion.copy_id:
        return locked
    if locked.film_id != conversion.film.pk:
        raise NotNow
    copy = media.approve(
        conversion=conversion, by=by, purpose=films.PURPOSE, subject_id=locked.pk, now=now
    )
    taken = films.attach(film_id=copy.pk, entry_id=locked.pk, owner_id=by.pk, now=now)
    if taken is None:
        raise NotNow
    _record(locked, conversion, act="conversion.approved", by=by, now=now, copy_sha256=copy.sha256)
    return taken


@transaction.atomic
def refuse(*, entry: Entry, conversion: Conversion, by: Account, now: datetime) -> None:
    """The entrant would rather upload another film. Raises NotNow, media.NotReady."""
    locked = _lock(entry, by=by, now=now)
    if locked.film_id != conversion.film.pk:
        raise NotNow
    media.refuse(conversion=conversion, now=now)
    _record(locked, conversion, act="conversion.refused", by=by, now=now)


def tell(event: ConversionFinished) -> None:
    """The entrant whose form's film was converted is told, wherever they are by now."""
    for entry in Entry.objects.filter(film_id=event.film_id):
        letters.converted(entry, made=event.made, now=event.at)


def _lock(entry: Entry, *, by: Account, now: datetime) -> Entry:
    locked = drafts.lock(entry.pk)
    rulebook = campaigns.rulebook_of(locked.campaign)
    takes = standing.takes_submission(rulebook, entries.standing_of(locked), now)
    if not takes or not access.may_edit(by, locked):
        raise NotNow
    return locked


def _record(
    entry: Entry, conversion: Conversion, *, act: str, by: Account, now: datetime, **details: str
) -> None:
    records.write(
        now=now,
        act=act,
        thing="entry",
        thing_id=entry.pk,
        actor=by,
        role="entrant",
        campaign_id=entry.campaign_id,
        entry_id=entry.pk,
        details={"film_sha256": conversion.film.sha256, **details},
    )
