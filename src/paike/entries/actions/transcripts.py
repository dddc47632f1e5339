"""The editor corrects a work's captions, and publishes them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from paike.accounts.models import Account
from paike.entries.actions import captions
from paike.entries.models import Entry
from paike.media.actions import transcripts as media
from paike.media.models import Captions, Transcript
from paike.media.rules.captions import Row


@transaction.atomic
def keep(*, entry: Entry, rows: Sequence[Row], by: Account, now: datetime) -> Transcript:
    """Keep what is typed. Raises captions.NotNow, captions.NoFilm."""
    _, film = captions.lock(entry, by=by)
    return media.keep(film=film, rows=rows, by=by, now=now)


@transaction.atomic
def publish(*, entry: Entry, rows: Sequence[Row], by: Account, now: datetime) -> Captions:
    """What is typed becomes the captions of the work. Raises captions.NotNow, captions.NoFilm and
    media.rules.captions.Unreadable, and then the earlier ones stay."""
    locked, film = captions.lock(entry, by=by)
    made = media.publish(film=film, rows=rows, by=by, now=now)
    captions.record_put(locked, made, by=by, now=now)
    return made
