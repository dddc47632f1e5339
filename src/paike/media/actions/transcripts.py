"""An editor's work on a film's captions, kept while it is typed. Who may is the caller's to know."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from paike.accounts.models import Account
from paike.media.actions import captions
from paike.media.models import Captions, Transcript
from paike.media.queries import transcripts
from paike.media.rules import captions as rules
from paike.media.rules.captions import Row
from paike.uploads.models import SealedObject


@transaction.atomic
def keep(*, film: SealedObject, rows: Sequence[Row], by: Account, now: datetime) -> Transcript:
    """Keep the rows as they are typed, right or wrong; only `publish` judges them."""
    SealedObject.objects.select_for_update(no_key=True).get(pk=film.pk)
    kept, _new = Transcript.objects.update_or_create(
        film=film, defaults={"rows": [asdict(row) for row in rows], "by": by, "at": now}
    )
    return kept


@transaction.atomic
def publish(*, film: SealedObject, rows: Sequence[Row], by: Account, now: datetime) -> Captions:
    """The rows become the film's captions, in place of those before. Raises rules.Unreadable, and
    then everything stays as it was."""
    cues = rules.from_rows(rows, film_ms=transcripts.length(film.pk))
    made = captions.put(film=film, source=rules.write(cues).encode(), by=by, now=now)
    Transcript.objects.filter(film=film).delete()
    return made
